import { share } from "../domain/money.ts";
import { type Choice, choiceOf, feeOf, gainOf, ISSUES } from "./modes.ts";
import type { Gift, Order } from "./order.ts";
import { keptOf, taxOn } from "./place.ts";

/** Parts per million: 0 is the limit, 1,000,000 the list price with the listed terms. */
export const WHOLE = 1_000_000;

/**
 * What an order at `after` (goods less discounts, as on the tag) is worth to the vendor: its goods free of tax,
 * every term's fee less its cost, less the gift, plus what committed renewals and winning it are worth.
 */
export function worthOf(order: Order, after: number, choice: Choice, gift: Gift | null): number {
  const kept = keptOf(order.place.tax, after);
  let value = kept + share(kept, order.renewals_bp) + order.acquisition - (gift?.cost ?? 0);
  for (const issue of ISSUES) value += gainOf(choice[issue], order.place, after);
  return value;
}

/**
 * The two ends utility is measured between. What winning the order is worth lifts `list` alone: an offer at the limit
 * then is worth more than 0, so that every target is reached at a lower price. `list` lies below `limit` where list prices
 * with the listed terms leave no room.
 */
export interface Range {
  readonly limit: number;
  readonly list: number;
}

export function rangeOf(order: Order): Range {
  const listed = choiceOf(order.modes, null) ?? order.usual;
  return {
    limit: order.limit + share(order.limit, order.renewals_bp),
    list: worthOf(order, order.list - order.off, listed, null),
  };
}

/** Utility of a value in parts per million, cut to [-1, 1]; without room everything at the list is worth 1. */
export function utilityOf(range: Range, value: number): number {
  if (range.list <= range.limit) return value >= range.list ? WHOLE : -WHOLE;
  const span = range.list - range.limit;
  // Divided before it is scaled where the product would leave 2^53.
  const scale =
    span > 4_000_000_000
      ? Math.floor((value - range.limit) / Math.floor(span / WHOLE))
      : Math.floor(((value - range.limit) * WHOLE) / span);
  return Math.max(-WHOLE, Math.min(WHOLE, scale));
}

/** The least value that has this utility. */
export function valueAt(range: Range, utility: number): number {
  const span = Math.max(0, range.list - range.limit);
  const part =
    span > 4_000_000_000 ? Math.floor(span / WHOLE) * utility : Math.ceil((span * utility) / WHOLE);
  return range.limit + part;
}

/** All a buyer pays. */
export function totalOf(order: Order, after: number, choice: Choice): number {
  let before = after;
  for (const issue of ISSUES) before += feeOf(choice[issue], after);
  return order.place.tax.treatment === "added" ? before + taxOn(order.place.tax, before) : before;
}

/** The most goods (less discounts) that an all-in total pays for with these terms. */
export function afterFor(order: Order, total: number, choice: Choice): number {
  const { tax } = order.place;
  const bp = ISSUES.reduce((sum, issue) => sum + (choice[issue].waived ? 0 : choice[issue].fee_bp), 0);
  const before = tax.treatment === "added" ? Math.ceil((total * 10_000) / (10_000 + tax.rate_bp)) : total;
  const { delivery } = choice;
  // The fee falls away where there are goods enough; what the place adds never does.
  for (const fee of [delivery.waived ? 0 : delivery.surcharge, feeOf(delivery, 0)]) {
    const guess = Math.ceil(((before - fee) * 10_000) / (10_000 + bp));
    // Rounding of three fees and a tax moves the answer by a few minor units at most.
    for (let after = guess + 3; after > guess - 6; after--) {
      if (after >= 0 && totalOf(order, after, choice) <= total) return after;
    }
  }
  return 0;
}
