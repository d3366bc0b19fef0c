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
