import type { Shop } from "../src/arena/conversation.ts";
import type { Offer } from "../src/domain/offer.ts";
import type { Vendor } from "../src/domain/vendor.ts";
import { leastOf } from "./floor-least.ts";
import { netAt, placeOf } from "./floor-oracle.ts";

/** What the goods of an offer list at. */
export function listOf({ lines }: Offer): number {
  let list = 0;
  for (const line of lines) if (!line.gift) list += line.list_price * line.quantity;
  return list;
}

/** What an offer's terms come to in all when its goods, less discounts, cost `after`: from public information alone. */
export function allIn(vendor: Vendor, offer: Offer, after: number): number {
  const { terms, currency, tax } = offer;
  let fees = 0;
  for (const kind of ["warranty", "payment", "returns"] as const) {
    const { id, fee, list_fee } = terms[kind];
    const option = vendor.terms[kind].find((one) => one.id === id);
    if (fee === list_fee) fees += Math.floor((after * (option?.fee_bp ?? 0) + 5_000) / 10_000);
  }
  const { id, fee, list_fee } = terms.delivery;
  const option = vendor.terms.delivery.find((one) => one.id === id);
  const zone = placeOf(vendor, currency, offer.ship_to)?.zone;
  const there = zone ? (option?.zone_fee?.[zone]?.[currency] ?? 0) : 0;
  const free = after >= (option?.free_from?.[currency] ?? Number.MAX_SAFE_INTEGER);
  if (fee === list_fee) fees += there + (free ? 0 : (option?.fee[currency] ?? 0));
  const before = after + fees;
  if (tax.treatment !== "added") return before;
  return before + Math.floor((before * tax.rate_bp + 5_000) / 10_000);
}

/** The least the goods of an offer may come to with its terms as they are: what nobody outside should ever know. */
export function leastAfter(offer: Offer, shop: Shop): number {
  const { limit } = leastOf(offer, shop);
  let low = 0;
  let high = listOf(offer);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (netAt(offer, middle, shop.limits) >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
