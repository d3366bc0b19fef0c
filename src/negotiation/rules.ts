import type { Draw, Draws } from "../domain/draws.ts";
import type { Product } from "../domain/entry.ts";
import type { LimitRule, Limits, TermKind } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Tax } from "../domain/offer.ts";
import { once } from "../domain/once.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type Choice, choiceOf, gainOf, ISSUES, type Mode, modesOf } from "./modes.ts";
import { keptOf, type Place } from "./place.ts";

/** The first rule that matches. Limits whose last rule does not match everything are refused at load (app/vendor-gaps.ts). */
export function ruleFor(limits: Limits, product: Product): LimitRule | undefined {
  return limits.rules[ruleAt(limits)(product)];
}

/** Asked for every line of every offer that is weighed, so it is looked for once; -1 where no rule matches. */
const ruleAt = once((limits: Limits) =>
  once((product: Product) => limits.rules.findIndex((rule) => matches(rule.match, product))),
);

/** Everything given must match; a category matches itself and what lies under it. */
export function matches(match: LimitRule["match"] | undefined, product: Product): boolean {
  if (!match) return true;
  return (
    (match.sku === undefined || match.sku === product.id) &&
    (match.category === undefined || within(product.category, match.category)) &&
    (match.brand === undefined || match.brand === product.brand)
  );
}

export function within(category: string, prefix: string): boolean {
  const path = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  return category === path || category.startsWith(`${path}/`);
}

/**
 * The lowest net revenue of one unit, free of tax; a share is of the list price without its tax. A rule that names
 * money but not in this currency leaves nothing to bargain: the floor is then the list price itself.
 */
export function unitFloor(
  rule: LimitRule | undefined,
  list: number,
  tax: Omit<Tax, "amount">,
  currency: string,
): number {
  const kept = keptOf(tax, list);
  if (!rule) return kept;
  if (rule.floor_bp !== undefined) return Math.ceil((kept * rule.floor_bp) / 10_000);
  return rule.floor?.[currency] ?? kept;
}

/** What floors are held against: as the value of an offer, but no term may earn and no renewal counts (guards.ts). */
export function netOf(
  { place }: { readonly place: Pick<Place, "tax"> },
  after: number,
  choice: Choice,
  gift: { readonly cost: number } | null,
): number {
  let net = keptOf(place.tax, after) - (gift?.cost ?? 0);
  for (const issue of ISSUES) net += Math.min(0, gainOf(choice[issue], place, after));
  return net;
}

/** What the vendor publishes, what it will not go below, and how it keeps that to itself. */
export interface Policy {
  readonly vendor: Vendor;
  readonly limits: Limits;
  readonly draws: Draws;
}

/** What is kept back above a floor in money is measured by this part of the floor: the room over it is seldom less. */
const MONEY_ROOM = 4;
const MILLION = 1_000_000;

/**
 * The net revenue a unit is bargained down to: its floor and what is kept back above it (draws.ts). Everything that a
 * counterpart can see MUST follow from this and public figures alone, never from the floor.
 *
 * Above a share of the list price a part of the room is kept back. Both make one share before anything is rounded: were
 * the floor rounded and the part of the room too, the limits of some thirty products would tell them apart to the last
 * basis point. Above a floor in money it is a part of the floor itself: room would change with the list price, and from
 * two limits over one floor both could be worked out. Where so much would leave no room, as in a sale, there is nothing
 * to bargain about.
 *
 * It is at most what the list price leaves, and what each published tier leaves with the listed terms, so that whatever
 * everybody may have is sold. Of the floor that cut says nothing: room measured from it would be another second limit.
 */
export function unitLimit(
  policy: Policy,
  product: Product,
  list: number,
  tax: Omit<Tax, "amount">,
  currency: string,
): number {
  const known = workedOut(policy.vendor)(policy.limits)(policy.draws)(product);
  const key = `${currency} ${list} ${tax.treatment} ${tax.rate_bp}`;
  const limit = known.get(key) ?? limitOf(policy, product, list, tax, currency);
  known.set(key, limit);
  return limit;
}

/** Limits by policy and product, of which nothing changes: one turn asks for a product's a dozen times. */
const workedOut = once((_: Vendor) =>
  once((_: Limits) => once((_: Draws) => once((_: Product) => new Map<string, number>()))),
);

function limitOf(
  policy: Policy,
  product: Product,
  list: number,
  tax: Omit<Tax, "amount">,
  currency: string,
): number {
  const { limits, draws } = policy;
  const at = ruleAt(limits)(product);
  const rule = limits.rules[at];
  const floor = unitFloor(rule, list, tax, currency);
  const draw = draws.rules[at];
  if (!rule || draw === undefined) return floor;
  const kept = keptOf(tax, list);
  const held = millionthsOf(draw, currency, limits.conceal_bp);
  const limit =
    rule.floor_bp === undefined
      ? floor + partOf(Math.ceil(floor / MONEY_ROOM), held)
      : partOf(kept, shareWith(rule.floor_bp, held));
  const published = [kept, ...tierNets(policy, product, list, tax, currency, floor)];
  return Math.min(limit, ...published.filter((net) => net >= floor));
}

/** What rounding the figures of an order may make of it at most: seven units either way. */
const ROUNDING = 14;

/**
 * What a unit brings in each published tier that the floor carries, with the listed terms: at least, which is in its
 * smallest order, and where the delivery of that is free, as it may be beside other goods. A tier that the floor carries
 * only as long as a delivery fee is paid counts with the fee.
 */
function tierNets(
  { vendor, limits }: Policy,
  { tiers = [] }: Product,
  list: number,
  tax: Omit<Tax, "amount">,
  currency: string,
  floor: number,
): number[] {
  const listed =
    tiers.length === 0 ? null : choiceOf(modesOf(vendor, limits, currency, { zone: null }), null);
  if (!listed) return [];
  const free = { ...listed, delivery: unpaid(listed.delivery) };
  return tiers.map(({ from, off_bp }) => {
    const after = list * from - share(list * from, off_bp);
    const each = (choice: Choice, less = 0) =>
      Math.floor((netOf({ place: { tax } }, after, choice, null) - less) / from);
    return each(free) < floor ? each(listed) : Math.max(floor, each(free, ROUNDING));
  });
}

/** A way of delivery as little as is ever paid for it. */
function unpaid(mode: Mode): Mode {
  const always = mode.free_from === Number.MAX_SAFE_INTEGER && mode.cost_bp === 0;
  return always ? mode : { ...mode, fee: 0 };
}

/** Millionths of the list price: the floor's, and the part of the rest that is kept back. */
function shareWith(floor_bp: number, held: number): number {
  const floor = floor_bp * 100;
  return floor + Math.ceil(((MILLION - floor) * held) / MILLION);
}

/** A currency that a floor names nothing for is sold at list prices, and there is nothing to keep back. */
function millionthsOf(draw: Draw, currency: string, conceal_bp: number): number {
  const drawn = typeof draw === "number" ? draw : (draw[currency] ?? 0);
  return Math.ceil((drawn * conceal_bp) / 10_000);
}

/** Rounded up; in two steps, since the product of both may pass 2^53. */
function partOf(amount: number, millionths: number): number {
  const whole = Math.floor(amount / MILLION);
  return whole * millionths + Math.ceil(((amount % MILLION) * millionths) / MILLION);
}

/** What an option costs the vendor with goods of `after`; null when the limits do not say, and it cannot be given. */
export function termCost(
  limits: Limits,
  kind: TermKind,
  id: string,
  currency: string,
  after: number,
): number | null {
  const cost = limits.term_costs[kind][id];
  if (cost === undefined) return null;
  return typeof cost === "number" ? share(after, cost) : (cost[currency] ?? null);
}
