import type { Tax } from "../domain/offer.ts";
import type { ShipTo } from "../domain/order.ts";
import type { Vendor } from "../domain/vendor.ts";
import { normalised, prefixesOf } from "./postal.ts";

/** Where an order goes, as far as its price depends on it. */
export interface Place {
  readonly ship_to: ShipTo;
  readonly zone: string | null;
  readonly tax: Omit<Tax, "amount">;
}

/** Null when the vendor does not sell there in this currency. */
export function placeOf(vendor: Vendor, currency: string, ship_to: ShipTo): Place | null {
  const market = vendor.markets.find((m) => m.country === ship_to.country && m.currency === currency);
  if (!market) return null;
  // Only what prices depend on: a full address handed in here must not travel in an offer.
  const to = normalised(ship_to);
  const { region } = to;
  const { tax } = market;
  const own = region !== undefined && tax.regions && Object.hasOwn(tax.regions, region);
  const rate_bp = (own ? tax.regions?.[region] : undefined) ?? tax.rate_bp;
  const starts = prefixesOf(to);
  const within = (prefixes: readonly string[]) =>
    starts.length > 0 && starts.every((start) => prefixes.some((prefix) => start.startsWith(prefix)));
  const zone = market.zones?.find(({ postal_prefixes }) => within(postal_prefixes));
  return {
    ship_to: to,
    zone: zone?.id ?? null,
    tax: { treatment: tax.treatment, name: tax.name, rate_bp: tax.treatment === "exempt" ? 0 : rate_bp },
  };
}

/** Whether an offer to one place holds for the other: same country, zone and tax. */
export function samePlace(a: Place, b: Place): boolean {
  return (
    a.ship_to.country === b.ship_to.country &&
    a.zone === b.zone &&
    a.tax.treatment === b.tax.treatment &&
    a.tax.rate_bp === b.tax.rate_bp &&
    a.tax.name === b.tax.name
  );
}

/** The tax on an amount, halves up: contained in it when included, on top of it when added. */
export function taxOn(tax: Omit<Tax, "amount">, amount: number): number {
  if (tax.treatment === "exempt") return 0;
  const whole = tax.treatment === "included" ? 10_000 + tax.rate_bp : 10_000;
  return Math.floor((amount * tax.rate_bp + Math.floor(whole / 2)) / whole);
}

/**
 * What the vendor keeps of an amount on the price tag. Floors, costs and all comparing are in this money, so that
 * a price with the tax inside (KRW) and one without (USD) mean the same.
 */
export function keptOf(tax: Omit<Tax, "amount">, amount: number): number {
  return tax.treatment === "included" ? amount - taxOn(tax, amount) : amount;
}
