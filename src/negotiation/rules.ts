import type { Draw, Draws } from "../domain/draws.ts";
import type { Product } from "../domain/entry.ts";
import type { LimitRule, Limits } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Tax } from "../domain/offer.ts";
import { keptOf } from "./place.ts";

export type TermKind = keyof Limits["term_costs"];

/** The first rule that matches. Limits without a catch-all are refused at load (limits-check.ts). */
export function ruleFor(limits: Limits, product: Product): LimitRule | undefined {
  return limits.rules.find((rule) => matches(rule.match, product));
}

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
  tax: Tax | Omit<Tax, "amount">,
  currency: string,
): number {
  const kept = keptOf(tax, list);
  if (!rule) return kept;
  if (rule.floor_bp !== undefined) return Math.ceil((kept * rule.floor_bp) / 10_000);
  return rule.floor?.[currency] ?? kept;
}

/** What the vendor will not go below, and how it keeps that to itself. */
export interface Policy {
  readonly limits: Limits;
  readonly draws: Draws;
}

/** What is kept back above a floor in money is measured by this part of the floor: the room over it is seldom less. */
const MONEY_ROOM = 4;

/**
 * The net revenue a unit is bargained down to: its floor and what is kept back above it (draws.ts). Everything that a
 * counterpart can see MUST follow from this and public figures alone, never from the floor.
 *
 * Above a share of the list price a part of the room is kept back. Above a floor in money it is a part of the floor
 * itself: room would change with the list price, and from two limits over one floor both could be worked out. Where so
 * much would leave no room, as in a sale, there is nothing to bargain about.
 *
 * It is at most what the deepest published tier leaves, so that published discounts are kept. That cut is public: room
 * measured from the tier would be another second limit.
 */
export function unitLimit(
  { limits, draws }: Policy,
  product: Product,
  list: number,
  tax: Tax | Omit<Tax, "amount">,
  currency: string,
): number {
  const at = limits.rules.findIndex((rule) => matches(rule.match, product));
  const floor = unitFloor(limits.rules[at], list, tax, currency);
  const draw = draws.rules[at];
  if (draw === undefined) return floor;
  const room = typeof draw === "number" ? keptOf(tax, list) - floor : Math.ceil(floor / MONEY_ROOM);
  const limit = floor + partOf(Math.max(0, room), millionthsOf(draw, currency, limits.conceal_bp));
  const off_bp = Math.max(0, ...(product.tiers ?? []).map((tier) => tier.off_bp));
  const published = keptOf(tax, list - share(list, off_bp));
  return published < floor ? limit : Math.min(limit, published);
}

/** A currency that a floor names nothing for is sold at list prices, and there is nothing to keep back. */
function millionthsOf(draw: Draw, currency: string, conceal_bp: number): number {
  const drawn = typeof draw === "number" ? draw : (draw[currency] ?? 0);
  return Math.ceil((drawn * conceal_bp) / 10_000);
}

/** Rounded up; in two steps, since the product of both may pass 2^53. */
function partOf(amount: number, millionths: number): number {
  const whole = Math.floor(amount / 1_000_000);
  return whole * millionths + Math.ceil(((amount % 1_000_000) * millionths) / 1_000_000);
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
