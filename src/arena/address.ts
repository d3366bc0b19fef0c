import { type Address, isComplete, type ShipTo } from "../domain/order.ts";
import type { Vendor } from "../domain/vendor.ts";
import { placeOf, samePlace } from "../negotiation/place.ts";

/**
 * A whole address at which goods cost what they cost at `ship_to`: where that names no postal code, one is looked for
 * with its tax and delivery zone, so that nobody buys at another price than was offered.
 */
export function addressAt(vendor: Vendor, currency: string, ship_to: ShipTo): Address {
  const street = { name: "A. Buyer", lines: ["1 Main Street"], city: "Springfield" };
  const stated: Address = { ...street, ...ship_to };
  const place = placeOf(vendor, currency, ship_to);
  if (!place || isComplete(stated)) return stated;
  for (let start = FIRST; start < CODES; start++) {
    const address = { ...stated, postal_code: `${start}01`.padStart(5, "0") };
    const there = placeOf(vendor, currency, address);
    if (there && samePlace(there, place)) return address;
  }
  return stated;
}

/** What five-digit postal codes begin with, in the United States and in Korea alike. */
const [FIRST, CODES] = [10, 1_000];
