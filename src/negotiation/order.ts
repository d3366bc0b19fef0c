import type { Known } from "../domain/evidence.ts";
import type { Discount, Offer } from "../domain/offer.ts";
import type { BasketLine } from "./basket.ts";
import type { SubscriptionOption } from "./discounts.ts";
import type { Choice, Modes } from "./modes.ts";
import type { Place } from "./place.ts";

export interface Gift {
  readonly known: Known;
  readonly cost: number;
  readonly min_goods: number;
}

/** All that is settled about an order before prices and terms are chosen. `list` is its goods at list prices. */
export interface Order {
  readonly currency: string;
  readonly place: Place;
  readonly lines: readonly BasketLine[];
  readonly list: number;
  /** Sum of the unit limits, free of tax. */
  readonly limit: number;
  readonly discounts: readonly Discount[];
  readonly off: number;
  readonly offByLine: readonly number[];
  readonly subscription: SubscriptionOption | null;
  /** What the committed renewals are worth, in basis points of the goods kept. */
  readonly renewals_bp: number;
  /** What winning it is worth beyond its margin. */
  readonly acquisition: number;
  /** The gift asked for, when it may be given. */
  readonly gift: Gift | null;
  readonly modes: Modes;
  /** The terms a list-price offer of this order has. */
  readonly usual: Choice;
  readonly negotiable: boolean;
}

/** Whether two offers or orders hold the same goods: same products, same quantities, whatever they cost. */
export function sameGoods(order: Order, offer: Offer): boolean {
  const goods = offer.lines.filter((line) => !line.gift);
  return (
    goods.length === order.lines.length &&
    order.lines.every((line) =>
      goods.some((other) => other.sku === line.known.product.id && other.quantity === line.quantity),
    )
  );
}

/** What the goods of an offer list at, gifts left out. */
export function listOf({ lines }: Pick<Offer, "lines">): number {
  return lines.reduce((sum, line) => sum + (line.gift ? 0 : line.list_price * line.quantity), 0);
}

/** How far the goods of an offer, less its discounts, lie below what they list at. */
export function reductionOf(offer: Pick<Offer, "lines" | "totals">): number {
  return listOf(offer) - offer.totals.goods + offer.totals.discounts;
}
