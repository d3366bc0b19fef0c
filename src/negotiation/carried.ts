import type { Offer } from "../domain/offer.ts";
import type { BasketLine } from "./basket.ts";
import type { Input } from "./input.ts";
import { type Choice, choiceOf } from "./modes.ts";
import type { Order } from "./order.ts";
import { worthOf } from "./utility.ts";

/**
 * What was bargained for carries over to more of the same, and to fewer as long as they reach the same volume step: a
 * price agreed for each is agreed for each. Who falls below the step, or drops one of several goods, takes the bargain
 * apart, and bargains anew from the list.
 */
export function nothingLost(lines: readonly BasketLine[], offer: Offer): boolean {
  return offer.lines.every((before) => {
    const line = lines.find((one) => one.known.product.id === before.sku);
    if (before.gift || !line) return before.gift === true;
    return stepOf(line, line.quantity) >= stepOf(line, before.quantity);
  });
}

function stepOf({ known }: BasketLine, quantity: number): number {
  const reached = (known.product.tiers ?? []).filter(({ from }) => from <= quantity);
  return Math.max(0, ...reached.map(({ from }) => from));
}

/**
 * Unit prices as they stand, line by line: what was bargained for in `base` and in every other live offer whose goods are
 * all here, the list price for the rest. What is not bargained over costs what it lists at today.
 */
export function standingUnits(input: Input, order: Order, base: Offer | null, choice: Choice): number[] {
  const prices = new Map<string, number>();
  for (const offer of agreedIn(input, order, base)) {
    const goods = offer.lines.filter((line) => !line.gift);
    if (goods.some(({ sku }) => prices.has(sku))) continue;
    for (const [sku, price] of pricesUnder(order, offer, choice)) prices.set(sku, price);
  }
  return order.lines.map((line) => {
    const agreed = line.negotiable ? prices.get(line.known.product.id) : undefined;
    return Math.min(line.list, agreed ?? line.list);
  });
}

/** `base` first, then what else is live, in the order it was made. */
function agreedIn({ state, now }: Input, order: Order, base: Offer | null): readonly Offer[] {
  const others = state.standings.flatMap(({ offer, status }) => {
    const live = status === "live" && offer.expires_at > now && offer.currency === order.currency;
    return live && offer.id !== base?.id && nothingLost(order.lines, offer) ? [offer] : [];
  });
  return base ? [base, ...others] : others;
}

/**
 * The prices of an offer's goods under other terms: those that leave the vendor as much. Terms that earn are what a price
 * was given for, so it goes up when they are dropped, to the list at most; it never goes down by itself.
 */
function pricesUnder(order: Order, offer: Offer, choice: Choice): Map<string, number> {
  const cuts = offer.lines.flatMap(({ sku, quantity, unit_price, gift }) => {
    const line = order.lines.find(({ known }) => known.product.id === sku);
    return gift || !line ? [] : [{ sku, quantity, unit_price, cut: Math.max(0, line.list - unit_price) }];
  });
  const room = cuts.reduce((sum, { cut, quantity }) => sum + cut * quantity, 0);
  const raise = raiseFor(order, offer, choice, room);
  const part = room === 0 ? 0 : Math.ceil((raise * 10_000) / room);
  return new Map(
    cuts.map(({ sku, unit_price, cut }) => [sku, unit_price + Math.ceil((cut * part) / 10_000)] as const),
  );
}

/** What must come on top of the goods, `room` at most, for them to be worth as much under `choice` as in the offer. */
function raiseFor(order: Order, { terms, totals }: Offer, choice: Choice, room: number): number {
  const then = choiceOf(order.modes, terms);
  if (!then) return 0;
  const before = totals.goods - totals.discounts;
  const worth = worthOf(order, before, then, null);
  const { treatment, rate_bp } = order.place.tax;
  const tagged = 10_000 + (treatment === "included" ? rate_bp : 0);
  let raise = 0;
  while (raise < room) {
    const short = worth - worthOf(order, before + raise, choice, null);
    if (short <= 0) break;
    raise += Math.ceil((short * tagged) / 10_000);
  }
  return Math.min(raise, room);
}
