import { z } from "zod";
import { Currency } from "../money.ts";
import { Discount, Line, Tax, Totals } from "../offer.ts";
import { Address, Payer } from "../order.ts";
import { Terms } from "../terms.ts";

/** What every intent says of itself. The signed bytes are the RFC 8785 text of the whole. */
export const intentBase = {
  /** Follows from session and log position: the same turn always names the same intent. */
  id: z.string(),
  v: z.literal(1),
  session: z.string(),
  /** Position of the binding reply in the session's log. */
  seq: z.int().min(1),
  issued_at: z.iso.datetime(),
  /** From then on an order that the vendor's system has not answered is void; its goods are sold to others. */
  expires_at: z.iso.datetime(),
};

export const orderTerms = {
  seller: z.strictObject({ id: z.string(), name: z.string() }),
  /** `mandate` is the id of the mandate that the order was taken under. */
  buyer: z.strictObject({
    principal: z.string(),
    kind: z.enum(["machine", "person"]),
    tier: z.string(),
    mandate: z.string().optional(),
  }),
  /** The accepted offer, its hash, and the chain of offers it came from, oldest first. */
  offer: z.strictObject({
    id: z.string(),
    hash: z.string(),
    revision: z.int().min(1),
    lineage: z.array(z.string()),
  }),
  currency: Currency,
  lines: z.array(Line),
  terms: Terms,
  discounts: z.array(Discount),
  tax: Tax,
  totals: Totals,
  ship_to: Address,
  payer: Payer,
  purchase_order: z.string().nullable(),
  /** What the signature commits the seller to, and on whose say: code within policy, or a person. */
  scope: z.literal("sell_as_stated"),
  authority: z.strictObject({ by: z.enum(["policy", "operator"]), policy: z.string() }),
};

/** A single purchase, to be executed once. */
export const OrderIntent = z.strictObject({ ...intentBase, kind: z.literal("order"), ...orderTerms });
export type OrderIntent = z.infer<typeof OrderIntent>;
