import { z } from "zod";
import { BOUNDS } from "./bounds.ts";
import { Sku } from "./entry.ts";
import { canonical, digest } from "./hash.ts";
import { Amount, BasisPoints, Currency } from "./money.ts";
import { ShipTo } from "./order.ts";
import { Issue, Terms } from "./terms.ts";

/** `unit_price` is what each unit costs in this offer, before order-level discounts; `list_price` what it lists at. */
export const Line = z.strictObject({
  sku: Sku,
  title: z.string(),
  quantity: z.int().min(1).max(BOUNDS.quantity),
  unit_price: Amount,
  list_price: Amount,
  /** Given free of charge with the rest. */
  gift: z.boolean().optional(),
  /** The version of the product entry this line was priced from. */
  version: z.string(),
});
export type Line = z.infer<typeof Line>;

/** A named reduction on the order: a quantity tier, a bundle, a code, a subscription. */
export const Discount = z.strictObject({
  kind: z.enum(["tier", "bundle", "code", "subscription"]),
  id: z.string().max(80),
  amount: Amount,
});
export type Discount = z.infer<typeof Discount>;

/** `included`: the prices contain it; `added`: it comes on top; `exempt`: none is due. */
export const Tax = z.strictObject({
  treatment: z.enum(["included", "added", "exempt"]),
  name: z.string().max(40),
  rate_bp: BasisPoints,
  amount: Amount,
});
export type Tax = z.infer<typeof Tax>;

/** All in minor units: `total = goods - discounts + fees + (tax when added)`. */
export const Totals = z.strictObject({
  goods: Amount,
  discounts: Amount,
  fees: Amount,
  tax: Amount,
  total: Amount,
});
export type Totals = z.infer<typeof Totals>;

/**
 * An immutable proposal of the vendor. A change makes a new offer that names the one it supersedes. `hash` is the
 * base64url SHA-256 of the RFC 8785 text of everything else; accepting needs `id` and `hash`.
 */
export const Offer = z.strictObject({
  id: z.string(),
  revision: z.int().min(1),
  supersedes: z.string().nullable(),
  currency: Currency,
  lines: z.array(Line).min(1).max(BOUNDS.lines),
  terms: Terms,
  discounts: z.array(Discount).max(8),
  /** Where the totals hold: the market, region and zone they were worked out for. */
  ship_to: ShipTo,
  tax: Tax,
  totals: Totals,
  /** The issues the vendor is still open on; empty for a final offer. */
  negotiable: z.array(Issue),
  final: z.boolean(),
  expires_at: z.iso.datetime(),
  hash: z.string(),
});
export type Offer = z.infer<typeof Offer>;

export function hashOf(offer: Omit<Offer, "hash">): string {
  return digest(canonical(offer));
}

/** The same offer with its hash, ready to be sent. */
export function sealed(offer: Omit<Offer, "hash">): Offer {
  return { ...offer, hash: hashOf(offer) };
}
