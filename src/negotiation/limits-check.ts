import type { Bundle, Product } from "../domain/entry.ts";
import type { LimitRule, Limits } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type Finding, firstOf, money, named, percent } from "./finding.ts";
import { PRODUCT_CHECKS, type Sale, salesOf } from "./limits-goods.ts";
import { promiseProblems } from "./limits-promises.ts";
import { matches, within } from "./rules.ts";

/**
 * What is wrong or odd in a vendor's limits, by themselves and against its goods; empty when they can be sold by. MUST
 * be asked when a vendor's files are loaded: the core takes for granted that nothing is wrong.
 */
export function checkLimits(
  vendor: Vendor,
  limits: Limits,
  products: readonly Product[] = [],
  bundles: readonly Bundle[] = [],
): Finding[] {
  const sales = products.flatMap((product) => salesOf(vendor, limits, product));
  const checks = PRODUCT_CHECKS.map((check) => firstOf(sales.flatMap((sale) => check(sale) ?? [])));
  const known = new Map(products.map((product) => [product.id, product]));
  return [
    ...limits.rules.flatMap((rule, i) => ruleProblems(limits, rule, i)),
    ...limits.codes.flatMap(codeProblems),
    ...steps(vendor, limits),
    ...checks.flat(),
    ...(products.length === 0 ? [] : promiseProblems({ vendor, limits, products: known, bundles, sales })),
    ...neverUsed(limits, sales),
    ...thresholds(limits, sales),
    ...budgetProblems(limits, sales),
  ];
}

function ruleProblems({ rules }: Limits, rule: LimitRule, i: number): Finding[] {
  const at = { file: "limits.yaml" };
  const findings: Finding[] = [];
  const before = rules.findIndex((one, j) => j < i && covers(one.match, rule.match));
  if (before >= 0) {
    const problem = `no product ever gets here: ${called(rules[before])} (rules.${before}) takes all of ${called(rule)}; put this rule before it, or drop one`;
    findings.push({ ...at, path: ["rules", i, "match"], problem });
  }
  const { floor_bp, cost_bp } = rule;
  if (floor_bp !== undefined && floor_bp > 0 && floor_bp <= 100) {
    const problem = `a floor of ${percent(floor_bp)} of the list price is next to nothing; basis points are hundredths of a percent: ${floor_bp * 100} is ${percent(floor_bp * 100)}; write 0 if any price will do`;
    findings.push({ ...at, path: ["rules", i, "floor_bp"], problem });
  }
  if (floor_bp !== undefined && cost_bp !== undefined && cost_bp > floor_bp) {
    const problem = `a cost of ${percent(cost_bp)} of the list price is above the floor of ${percent(floor_bp)}; raise floor_bp to ${cost_bp} or more`;
    findings.push({ ...at, path: ["rules", i, "cost_bp"], problem });
  }
  for (const [currency, floor] of Object.entries(rule.floor ?? {})) {
    const cost = rule.cost?.[currency] ?? 0;
    if (cost <= floor) continue;
    const problem = `a cost of ${money(cost, currency)} is above the floor of ${money(floor, currency)}; raise the floor to ${cost} or more`;
    findings.push({ ...at, path: ["rules", i, "cost", currency], problem });
  }
  return findings;
}

/** Whether everything that `narrow` matches, `wide` matches too. */
function covers(wide: LimitRule["match"], narrow: LimitRule["match"]): boolean {
  return (
    (wide.sku === undefined || wide.sku === narrow.sku) &&
    (wide.brand === undefined || wide.brand === narrow.brand) &&
    (wide.category === undefined ||
      (narrow.category !== undefined && within(narrow.category, wide.category.replace(/\/$/, ""))))
  );
}

function called(rule: LimitRule | undefined): string {
  const { sku, category, brand } = rule?.match ?? {};
  return [sku, category, brand].filter((one) => one !== undefined).join(", ") || "the rule for everything";
}

function codeProblems({ code, from, until, off_bp }: Limits["codes"][number], i: number): Finding[] {
  const at = { file: "limits.yaml" };
  const findings: Finding[] = [];
  if (from && until && Date.parse(from) >= Date.parse(until)) {
    const problem = `the code ${code} ends before it begins; put its dates in order`;
    findings.push({ ...at, path: ["codes", i, "until"], problem });
  }
  if (off_bp < 100) {
    const problem = `the code ${code} takes ${percent(off_bp)} off; basis points are hundredths of a percent: 1000 is 10%`;
    findings.push({ ...at, path: ["codes", i, "off_bp"], problem, odd: true });
  }
  return findings;
}

/** Rounds below which MiCRO, which moves one small step for each new proposal, ends many sessions without a deal. */
const MICRO_ROUNDS = 100;

function steps({ rounds }: Vendor, { strategy, rules }: Limits): Finding[] {
  if (rounds >= MICRO_ROUNDS) return [];
  const stances = [
    { path: [] as (string | number)[], strategy },
    ...rules.map((rule, i) => ({ path: ["rules", i], strategy: rule.strategy ?? {} })),
  ];
  const findings = stances.flatMap(({ path, strategy }) =>
    (["machine", "person"] as const).flatMap((kind): Finding[] => {
      if (strategy[kind] !== "micro") return [];
      const problem = `micro moves one small step for each new proposal, so that many sessions of ${rounds} rounds end without a deal; give ${MICRO_ROUNDS} rounds or more (rounds in vendor.yaml), or take round-aware`;
      return [{ file: "limits.yaml", path: [...path, "strategy", kind], problem, odd: true }];
    }),
  );
  return firstOf(findings);
}

/** Rules whose products are all taken by rules before them, one by one. */
function neverUsed({ rules }: Limits, sales: readonly Sale[]): Finding[] {
  const used = new Set(sales.map(({ at }) => at));
  return rules.flatMap((rule, i): Finding[] => {
    if (used.has(i) || i === rules.length - 1) return [];
    const taken = sales.find(({ product }) => covers(rule.match, product));
    if (!taken || rules.some((one, j) => j < i && covers(one.match, rule.match))) return [];
    const problem = `every product it matches is taken by a rule before it (${taken.product.id} by rules.${taken.at}); put it before them, or drop it`;
    return [{ file: "limits.yaml", path: ["rules", i, "match"], problem, odd: true }];
  });
}

/** Figures for whole orders that no order, or every order, would ever reach. */
function thresholds({ approval_above, acquisition_value }: Limits, sales: readonly Sale[]): Finding[] {
  return [...new Set(sales.map(({ currency }) => currency))].flatMap((currency): Finding[] => {
    const ours = sales.filter((sale) => sale.currency === currency);
    const cheapest = ours.reduce((least, { list }) => Math.min(least, list), Number.POSITIVE_INFINITY);
    const roomiest = ours.reduce((most, { kept, floor }) => Math.max(most, kept - floor), 0);
    const approval = approval_above[currency] ?? 0;
    const prize = acquisition_value[currency] ?? 0;
    const at = { file: "limits.yaml", odd: true };
    const findings: Finding[] = [];
    if (approval > 0 && approval < cheapest) {
      const problem = `every order would wait for a person: ${money(approval, currency)} is less than the cheapest product, ${money(cheapest, currency)}; amounts are in the smallest unit`;
      findings.push({ ...at, path: ["approval_above", currency], problem });
    }
    if (prize > roomiest) {
      const problem = `winning an order is worth ${money(prize, currency)}, more than any product leaves between floor and list price (${money(roomiest, currency)}), so that most first offers are the lowest; lower it`;
      findings.push({ ...at, path: ["acquisition_value", currency], problem });
    }
    return findings;
  });
}

/** Basis points of a list price below which what may be given is next to nothing. */
const NEXT_TO_NOTHING_BP = 100;

/** Budgets that are empty from the start, or that even one unit of the cheapest goods they are for would not fit into. */
function budgetProblems({ budgets }: Limits, sales: readonly Sale[]): Finding[] {
  return budgets.flatMap(({ amount, match, every }, i) =>
    Object.entries(amount).flatMap(([currency, most]): Finding[] => {
      const at = { file: "limits.yaml", path: ["budgets", i, "amount", currency], odd: true };
      if (most === 0) {
        const problem = `it holds nothing, so that no order gets a lower price, a code, a waived fee or a gift in ${currency} on what it is for; raise it, or drop the budget if all of that needs no cap`;
        return [{ ...at, problem }];
      }
      const [first, ...rest] = sales.filter(
        (sale) => sale.currency === currency && matches(match, sale.product),
      );
      if (!first) return [];
      const cheapest = rest.reduce((least, sale) => (sale.list < least.list ? sale : least), first);
      const least = share(cheapest.list, NEXT_TO_NOTHING_BP);
      if (most >= least) return [];
      const period = every === "always" ? "in all" : `a ${every}`;
      const problem = `${money(most, currency)} ${period} is less than ${percent(NEXT_TO_NOTHING_BP)} of the cheapest thing it is for, ${named(cheapest.product)} at ${money(cheapest.list, currency)}, so that no order can have anything to speak of; amounts are in the smallest unit: ${most * 100} is ${money(most * 100, currency)}`;
      return [{ ...at, problem }];
    }),
  );
}
