import type { Known } from "../domain/evidence.ts";
import type { Limits } from "../domain/limits.ts";
import type { Offer } from "../domain/offer.ts";
import { keptOf } from "./place.ts";
import { ruleFor, type TermKind, termCost, unitFloor } from "./rules.ts";

/** `net` is what the offer brings, `floor` what it must bring, in minor units free of tax. */
export interface Verdict {
  readonly net: number;
  readonly floor: number;
  readonly holds: boolean;
}

const KINDS: readonly TermKind[] = ["delivery", "warranty", "payment", "returns"];

/**
 * The floor, as a predicate over a whole offer: goods less every discount, free of the tax inside them, less what
 * its terms cost beyond their fees, less its gifts, must reach the sum of the unit floors. A term that earns more
 * than it costs never lifts the goods over the floor, and neither do renewals that have not happened yet.
 *
 * An offer that concedes nothing (list prices, listed fees, no discount, no gift) is the vendor's own publication
 * and always holds: else goods too cheap to carry their delivery could not be sold at all.
 *
 * MUST be asked when an offer is built, when it is sent and when it is accepted, each time with the limits of then.
 */
export function verdictOn(
  offer: Pick<Offer, "currency" | "lines" | "terms" | "tax" | "totals">,
  products: ReadonlyMap<string, Known>,
  limits: Limits,
): Verdict {
  const { currency, tax, totals, terms } = offer;
  const after = totals.goods - totals.discounts;
  let net = keptOf(tax, after);
  let floor = 0;
  let concedes = totals.discounts > 0;
  let known = true;
  for (const kind of KINDS) {
    const { id, fee, list_fee } = terms[kind];
    const cost = termCost(limits, kind, id, currency, after);
    if (cost === null) known = false;
    else net -= Math.max(0, cost - keptOf(tax, fee));
    if (fee < list_fee) concedes = true;
  }
  for (const line of offer.lines) {
    const product = products.get(line.sku)?.product;
    if (line.gift) {
      const cost = limits.gifts.find((gift) => gift.sku === line.sku)?.cost[currency];
      if (cost === undefined) known = false;
      else net -= cost * line.quantity;
      concedes = true;
    } else if (!product) known = false;
    else {
      floor += unitFloor(ruleFor(limits, product), line.list_price, tax, currency) * line.quantity;
      if (line.unit_price < line.list_price) concedes = true;
    }
  }
  return { net, floor, holds: known && (!concedes || net >= floor) };
}
