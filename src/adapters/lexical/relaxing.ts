import type { Filters } from "../../domain/lookup.ts";

/**
 * What is given up, in this order, when no product meets every condition. Brand, category and stock stay: another
 * brand, another kind of thing or one that cannot be had is not nearly what was asked for.
 */
export const RELAXATIONS: readonly (readonly (keyof Filters)[])[] = [
  ["specs"],
  ["price_min", "price_max"],
  ["specs", "price_min", "price_max"],
  ["specs", "price_min", "price_max", "options"],
];

/** The filters without these, or null when none of them was there. */
export function without(filters: Filters, dropped: readonly (keyof Filters)[]): Filters | null {
  const kept = Object.entries(filters).filter(([name]) => !dropped.some((key) => key === name));
  return kept.length === Object.keys(filters).length ? null : (Object.fromEntries(kept) as Filters);
}
