import type { Product } from "../domain/entry.ts";
import type { LimitRule, Limits } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type Finding, money, named, percent } from "./finding.ts";
import { type Choice, gainOf, ISSUES, type Mode, type Modes, modesOf } from "./modes.ts";
import { keptOf, type Place, placeOf } from "./place.ts";
import { matches, netOf, unitFloor, unitLimit } from "./rules.ts";

/** One product in one market, with all that its limits depend on. */
export interface Sale {
  readonly product: Product;
  readonly rule: LimitRule;
  /** Where the rule stands. */
  readonly at: number;
  readonly currency: string;
  readonly place: Place;
  readonly list: number;
  /** The list price less the tax inside it, and the floor it is held against. */
  readonly kept: number;
  readonly floor: number;
  /** The floor and the most that may be kept back above it: what holds against this holds whatever is drawn. */
  readonly limit: number;
  readonly modes: Modes;
  /** Units that one order may hold. */
  readonly most: number;
  /** The terms that a list price means. */
  readonly listed: Choice;
}

/** Every market a product is sold in, without those the vendor's terms leave nothing to sell with. */
export function salesOf(vendor: Vendor, limits: Limits, product: Product): Sale[] {
  const at = limits.rules.findIndex(({ match }) => matches(match, product));
  const rule = limits.rules[at];
  const policy = { vendor, limits, draws: { key: 0, rules: limits.rules.map(() => 1_000_000) } };
  return vendor.markets.flatMap(({ country, currency }): Sale[] => {
    const list = product.price[currency];
    const place = placeOf(vendor, currency, { country });
    if (list === undefined || !place || !rule) return [];
    const modes = modesOf(vendor, limits, currency, place);
    const listed = chosen(modes, ([first]) => first);
    if (!listed) return [];
    const kept = keptOf(place.tax, list);
    const floor = unitFloor(rule, list, place.tax, currency);
    const limit = unitLimit(policy, product, list, place.tax, currency);
    return [
      {
        product,
        rule,
        at,
        currency,
        place,
        list,
        kept,
        floor,
        limit,
        modes,
        listed,
        most: vendor.max_quantity,
      },
    ];
  });
}

/** The terms that cost the vendor least beyond their fees with goods of `after`, any fee charged in full. */
export function easiest({ modes, place }: Pick<Sale, "modes" | "place">, after: number): Choice | null {
  return chosen(modes, (all) =>
    all
      .filter((mode) => !mode.waived)
      .reduce<Mode | undefined>(
        (best, mode) =>
          best && Math.min(0, gainOf(best, place, after)) >= Math.min(0, gainOf(mode, place, after))
            ? best
            : mode,
        undefined,
      ),
  );
}

function chosen(modes: Modes, pick: (all: readonly Mode[]) => Mode | undefined): Choice | null {
  const [delivery, warranty, payment, returns] = ISSUES.map((issue) => pick(modes[issue]));
  return delivery && warranty && payment && returns ? { delivery, warranty, payment, returns } : null;
}

type Check = (sale: Sale) => Finding | null;

/** What can be wrong between one product and its rule; each is asked of every product in every market. */
export const PRODUCT_CHECKS: readonly Check[] = [
  unpriced,
  tooHigh,
  tooCostly,
  slipped,
  untenable,
  unpaid,
  tier,
];

/** What is wrong with one product, market by market. */
export function productProblems(vendor: Vendor, limits: Limits, product: Product): Finding[] {
  const sales = salesOf(vendor, limits, product);
  return PRODUCT_CHECKS.flatMap((check) => sales.flatMap((sale) => check(sale) ?? []));
}

function found({ at, rule, currency }: Sale, problem: string, odd = false): Finding {
  const path = rule.floor ? ["rules", at, "floor", currency] : ["rules", at, "floor_bp"];
  return { file: "limits.yaml", path, problem, ...(odd ? { odd } : {}) };
}

/** "$899.00", or what is left of it: "₩1,081,818 (₩1,190,000 less VAT)". */
function listPrice({ kept, list, currency, place }: Sale): string {
  return kept === list
    ? money(list, currency)
    : `${money(kept, currency)} (${money(list, currency)} less ${place.tax.name})`;
}

function unpriced(sale: Sale): Finding | null {
  const { rule, product, currency, list } = sale;
  if (rule.floor === undefined || rule.floor[currency] !== undefined) return null;
  return found(
    sale,
    `${named(product)} is sold for ${money(list, currency)}, but its floor names no ${currency}; add one`,
  );
}

function tooHigh(sale: Sale): Finding | null {
  const { product, floor, kept, currency } = sale;
  if (floor <= kept) return null;
  return found(
    sale,
    `the floor of ${money(floor, currency)} is above the list price of ${named(product)}, ${listPrice(sale)}; ` +
      "lower the floor or raise the price",
  );
}

function tooCostly(sale: Sale): Finding | null {
  const { product, floor, kept, rule, currency } = sale;
  // Two shares, or two sums of money, are compared as they stand (limits-check.ts).
  const cost = rule.floor ? share(kept, rule.cost_bp ?? 0) : (rule.cost?.[currency] ?? 0);
  if (cost <= floor) return null;
  return found(
    sale,
    `${named(product)} costs ${money(cost, currency)}, more than its floor of ${money(floor, currency)}; ` +
      "raise the floor to what it costs or more",
  );
}

/** A floor of a hundredth of the price is dollars written for cents. */
function slipped(sale: Sale): Finding | null {
  const { product, floor, kept, rule, currency } = sale;
  if (rule.floor === undefined || floor === 0 || floor * 100 > kept) return null;
  return found(
    sale,
    `a floor of ${money(floor, currency)} is next to nothing for ${named(product)} at ${listPrice(sale)}; ` +
      `amounts are in the smallest unit: ${floor * 100} is ${money(floor * 100, currency)}; write 0 if any price will do`,
  );
}

/** With every way to sell it, some quantity at list price must bring the floor. */
function untenable(sale: Sale): Finding | null {
  const { product, floor, kept, currency, list } = sale;
  if (floor > kept || brings(sale, 1, "listed") >= floor) return null;
  if ([1, 10, 100].some((quantity) => brings(sale, quantity, "easiest") >= floor * quantity)) return null;
  return found(
    sale,
    `${named(product)} at its list price of ${money(list, currency)} brings ` +
      `${money(brings(sale, 1, "easiest"), currency)} after the cheapest delivery, warranty, payment and returns, ` +
      `less than its floor of ${money(floor, currency)}; lower the floor, or charge what the terms cost you`,
  );
}

/** The list price stands all the same, but nothing is ever conceded on it. */
function unpaid(sale: Sale): Finding | null {
  const { product, floor, kept, currency, rule } = sale;
  const net = brings(sale, 1, "listed");
  if (!rule.negotiable || floor >= kept || net >= floor || untenable(sale)) return null;
  return found(
    sale,
    `one ${named(product)} with the listed terms brings ${money(net, currency)}, less than its floor of ` +
      `${money(floor, currency)}, so that nothing is conceded on it; lower the floor or raise the fees`,
    true,
  );
}

/** A published price is kept down to the floor, and as far as what may be kept back above it leaves room. */
function tier(sale: Sale): Finding | null {
  const { product, limit, floor, kept, currency, place, listed } = sale;
  if (floor > kept) return null;
  for (const { from, off_bp, quantity } of tierOrders(sale)) {
    const net = netOf({ place }, tierGoods(sale, quantity, off_bp), listed, null);
    if (net >= limit * quantity) continue;
    const each = `each${quantity === from ? "" : ` of ${quantity}`} then brings ${money(Math.floor(net / quantity), currency)}`;
    const what = `${named(product)} is ${percent(off_bp)} off from ${from} units on: with the listed terms ${each}`;
    return net < floor * quantity
      ? found(
          sale,
          `${what}, less than its floor of ${money(floor, currency)}; lower the floor or the share off`,
        )
      : found(sale, `${what}; ${KEPT_BACK}`, true);
  }
  return null;
}

/** The orders of a tier that bring least: its smallest, and the smallest with free delivery. */
function tierOrders(sale: Sale): { from: number; off_bp: number; quantity: number }[] {
  const { product, listed, list, most } = sale;
  const { free_from } = listed.delivery;
  const tiers = product.tiers ?? [];
  return tiers.flatMap(({ from, off_bp }) => {
    const next = Math.min(most + 1, ...tiers.map((tier) => tier.from).filter((other) => other > from));
    let free = Math.ceil((free_from * 10_000) / (list * (10_000 - off_bp)));
    while (free < next && tierGoods(sale, free, off_bp) < free_from) free += 1;
    const quantities = free > from && free < next ? [from, free] : [from];
    return quantities.map((quantity) => ({ from, off_bp, quantity }));
  });
}

function tierGoods({ list }: Sale, quantity: number, off_bp: number): number {
  return list * quantity - share(list * quantity, off_bp);
}

/** Why something that the floor allows may still not be given. */
export const KEPT_BACK =
  "what is kept back above the floor (conceal_bp) may leave no room for it; lower the floor or conceal_bp";

function brings(sale: Sale, quantity: number, terms: "listed" | "easiest"): number {
  const { place, list, listed } = sale;
  const after = list * quantity;
  return netOf({ place }, after, terms === "listed" ? listed : (easiest(sale, after) ?? listed), null);
}
