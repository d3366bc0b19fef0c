import { NAMED } from "./weights.ts";

/** A product that holds enough of a query, as far as it tells whether the shop has what was asked for. */
export interface Held {
  /** Shares of the query's worth: what it has anywhere, and what it is named by. */
  readonly covered: number;
  readonly named: number;
  /** One bit for each word of the query that it is named by. */
  readonly names: number;
  /** Bought for another thing, of another brand than was asked for. */
  readonly aside: boolean;
}

/**
 * Whether the shop has such a thing. One product at least must be named so; and who says more than a bare name and asks
 * for no accessory wants the thing itself: where "iphone xr" names nothing but cases, cases are no answer. Words that
 * other products are named by too ("wall" beside "clock") do not make it so.
 */
export function isSold(found: readonly Held[], bare: boolean): boolean {
  const things = bare ? found : found.filter(({ aside }) => !aside);
  if (!things.some(({ named }) => named >= NAMED)) return false;
  const best = Math.max(...found.map(({ covered }) => covered));
  if (things.some(({ covered }) => covered > best - EPSILON)) return true;
  return (named(found) & ~named(things)) === 0;
}

const EPSILON = 1e-9;

function named(products: readonly Held[]): number {
  return products.reduce((all, { names }) => all | names, 0);
}
