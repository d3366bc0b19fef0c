import type { Product } from "../domain/entry.ts";
import type { Limits } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Vendor } from "../domain/vendor.ts";
import { keptOf } from "./place.ts";
import { ruleFor, type TermKind, unitFloor } from "./rules.ts";
import { STRATEGIES, strategyNamed } from "./strategies/index.ts";

const KINDS: readonly TermKind[] = ["delivery", "warranty", "payment", "returns"];
/** Problems named of one kind: the rest is likely more of the same. */
const NAMED = 5;

/**
 * What is wrong with a vendor's limits, one plain sentence each; empty when they can be sold by. Without products only
 * the files themselves are checked. MUST be asked at load: the core takes for granted that nothing is wrong.
 */
export function checkLimits(vendor: Vendor, limits: Limits, products: readonly Product[] = []): string[] {
  return [
    ...strategies(limits),
    ...rules(limits),
    ...termCosts(vendor, limits),
    ...codes(limits),
    ...gifts(limits, products),
    ...KINDS.flatMap((kind) =>
      twice(
        `terms.${kind}`,
        vendor.terms[kind].map((option) => option.id),
      ),
    ),
    ...floors(vendor, limits, products),
  ];
}

function strategies({ strategy }: Limits): string[] {
  const names = STRATEGIES.map(({ name }) => name).join(", ");
  return (["machine", "person"] as const)
    .filter((who) => !strategyNamed(strategy[who]))
    .map((who) => `strategy.${who}: there is no strategy "${strategy[who]}"; the strategies are ${names}`);
}

function rules({ rules }: Limits): string[] {
  const all = (match: object) => Object.values(match).every((value) => value === undefined);
  const problems = rules.flatMap((rule, i) => [
    ...(all(rule.match) && i < rules.length - 1
      ? [`rules.${i}: it matches everything, so no rule after it is ever used`]
      : []),
    ...(rule.floor_bp !== undefined && rule.cost_bp !== undefined && rule.cost_bp > rule.floor_bp
      ? [`rules.${i}: cost_bp ${rule.cost_bp} is above floor_bp ${rule.floor_bp}`]
      : []),
    ...Object.entries(rule.floor ?? {}).flatMap(([currency, floor]) => {
      const cost = rule.cost?.[currency];
      return cost !== undefined && cost > floor
        ? [`rules.${i}: the cost of ${cost} ${currency} is above the floor of ${floor}`]
        : [];
    }),
  ]);
  const last = rules.at(-1);
  if (last && !all(last.match)) problems.push("rules: the last rule must match everything (match: {})");
  return problems;
}

function termCosts({ terms, markets }: Vendor, { term_costs, approval_above }: Limits): string[] {
  const currencies = [...new Set(markets.map(({ currency }) => currency))];
  const problems = KINDS.flatMap((kind) =>
    terms[kind].flatMap(({ id }) => {
      const cost = term_costs[kind][id];
      if (cost === undefined) return [`term_costs.${kind}.${id}: the option has no cost`];
      if (typeof cost === "number") return [];
      const missing = currencies.filter((currency) => cost[currency] === undefined);
      return missing.map((currency) => `term_costs.${kind}.${id}: no cost in ${currency}`);
    }),
  );
  for (const currency of currencies) {
    if (!terms.delivery.some(({ fee }) => fee[currency] !== undefined)) {
      problems.push(`terms.delivery: no option has a fee in ${currency}`);
    }
    if (approval_above[currency] === undefined)
      problems.push(`approval_above: nothing is said for ${currency}`);
  }
  return problems;
}

function codes({ codes }: Limits): string[] {
  const backwards = codes.filter(({ from, until }) => from && until && Date.parse(from) >= Date.parse(until));
  return [
    ...twice(
      "codes",
      codes.map(({ code }) => code.toUpperCase()),
    ),
    ...backwards.map(({ code }) => `codes.${code}: it ends before it begins`),
  ];
}

function gifts({ gifts }: Limits, products: readonly Product[]): string[] {
  if (products.length === 0) return [];
  return gifts
    .filter(({ sku }) => !products.some(({ id }) => id === sku))
    .map(({ sku }) => `gifts: there is no product ${sku}`);
}

/** Floors against list prices, tiers and costs, in every market a product is sold in; all free of tax. */
function floors({ markets }: Vendor, limits: Limits, products: readonly Product[]): string[] {
  const above: string[] = [];
  const costly: string[] = [];
  const deep: string[] = [];
  for (const product of products) {
    const rule = ruleFor(limits, product);
    for (const { currency, tax } of markets) {
      const list = product.price[currency];
      if (list === undefined || !rule) continue;
      const kept = keptOf(tax, list);
      const floor = unitFloor(rule, list, tax, currency);
      const at = `${product.id} in ${currency}`;
      if (floor > kept) above.push(`${at}: the floor of ${floor} is above the list price less tax, ${kept}`);
      const cost = rule.cost_bp === undefined ? rule.cost?.[currency] : share(kept, rule.cost_bp);
      if (cost !== undefined && cost > floor)
        costly.push(`${at}: the cost of ${cost} is above the floor of ${floor}`);
      for (const tier of product.tiers ?? []) {
        if (keptOf(tax, list - share(list, tier.off_bp)) < floor) {
          deep.push(`${at}: the price from ${tier.from} units on is below the floor of ${floor}`);
        }
      }
    }
  }
  return [above, costly, deep].flatMap((some) => some.slice(0, NAMED));
}

function twice(where: string, ids: readonly string[]): string[] {
  const again = ids.filter((id, i) => ids.indexOf(id) !== i);
  return [...new Set(again)].map((id) => `${where}: ${id} is there twice`);
}
