import { NO_DRAWS } from "../domain/draws.ts";
import type { Known } from "../domain/evidence.ts";
import type { Offer } from "../domain/offer.ts";
import { ISSUES } from "./modes.ts";
import { keptOf } from "./place.ts";
import { type Policy, ruleFor, termCost, unitFloor, unitLimit } from "./rules.ts";

/**
 * `net` is what the offer brings, `limit` what it must bring, in minor units free of tax; `floor`, for staff alone, what
 * the vendor has set. Nothing that a counterpart can see may depend on it.
 */
export interface Verdict {
  readonly net: number;
  readonly limit: number;
  readonly floor: number;
  readonly holds: boolean;
}

type Judged = Pick<Offer, "currency" | "lines" | "terms" | "tax" | "totals">;

/**
 * The limit, as a predicate over a whole offer: goods less every discount, free of the tax inside them, less what
 * its terms cost beyond their fees, less its gifts, must reach the sum of the unit limits. A term that earns more
 * than it costs never lifts the goods over it, and neither do renewals that have not happened yet.
 *
 * An offer that concedes nothing (list prices, listed fees, no discount, no gift) is the vendor's own publication
 * and always holds: else goods too cheap to carry their delivery could not be sold at all.
 *
 * MUST be asked when an offer is built, when it is sent and when it is accepted, each time with the limits of then.
 */
export function verdictOn(offer: Judged, products: ReadonlyMap<string, Known>, policy: Policy): Verdict {
  const { currency, tax, totals, terms } = offer;
  const { limits } = policy;
  const after = totals.goods - totals.discounts;
  let net = keptOf(tax, after);
  let limit = 0;
  let floor = 0;
  let concedes = totals.discounts > 0;
  let known = true;
  for (const kind of ISSUES) {
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
      const { list_price, quantity } = line;
      limit += unitLimit(policy, product, list_price, tax, currency) * quantity;
      floor += unitFloor(ruleFor(limits, product), list_price, tax, currency) * quantity;
      if (line.unit_price < line.list_price) concedes = true;
    }
  }
  return { net, limit, floor, holds: known && (!concedes || net >= limit) };
}

/**
 * Whether an offer holds the floors as the vendor stated them, whatever its limits: MUST be asked once more where an
 * order binds. No limit lies below its floor, so that a no here is a fault of ours and tells nothing.
 */
export function holdsFloor(offer: Judged, products: ReadonlyMap<string, Known>, policy: Policy): boolean {
  return verdictOn(offer, products, { ...policy, draws: NO_DRAWS }).holds;
}
