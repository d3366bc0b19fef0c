import { z } from "zod";
import { Amount, BasisPoints, Currency } from "./money.ts";
import { ShipTo } from "./order.ts";
import { Access } from "./rights.ts";
import { Shift } from "./shift.ts";
import { Lang, Localized } from "./text.ts";

const fee = z.record(Currency, Amount);
const option = { id: z.string().min(1).max(60), label: Localized };

export const DeliveryOption = z.strictObject({
  ...option,
  days_min: z.int().min(0),
  days_max: z.int().min(0),
  fee,
  /** Free from this much of goods on. */
  free_from: fee.optional(),
  /** Added to the fee by zone id, also where the fee itself is free. */
  zone_fee: z.record(z.string(), fee).optional(),
});
export const WarrantyOption = z.strictObject({ ...option, months: z.int().min(0), fee_bp: BasisPoints });
export const PaymentOption = z.strictObject({ ...option, days: z.int().min(0), fee_bp: BasisPoints });
export const ReturnsOption = z.strictObject({ ...option, days: z.int().min(0), fee_bp: BasisPoints });
export const SubscriptionOption = z.strictObject({
  ...option,
  every_months: z.int().min(1),
  commitment: z.int().min(1),
  off_bp: BasisPoints,
});

/** A country the vendor sells to. `regions` override the tax rate by region code; `zones` match postal codes. */
export const Market = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: Currency,
  tax: z.strictObject({
    name: z.string().max(40),
    treatment: z.enum(["included", "added", "exempt"]),
    rate_bp: BasisPoints,
    regions: z.record(z.string(), BasisPoints).optional(),
  }),
  zones: z
    .array(z.strictObject({ id: z.string().max(60), postal_prefixes: z.array(z.string().max(10)).min(1) }))
    .optional(),
});
export type Market = z.infer<typeof Market>;

/**
 * The public half of a vendor: who it is, what terms it knows, where it sells. The first option of each kind is
 * the listed one. Percentages of fees are of the goods after discounts.
 */
export const Vendor = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/, "lower-case letters, digits and dashes"),
  name: Localized,
  /** Legal name, as it signs orders. */
  seller: z.string().max(200),
  greeting: Localized,
  /** The kinds of goods it sells, as it tells who asks what there is: "chairs and desks, laptops". */
  sells: Localized.optional(),
  languages: z.array(Lang).min(1),
  markets: z.array(Market).min(1),
  /** The market a session starts in, by currency, until a ship-to is told. */
  default_ship_to: z.record(Currency, ShipTo),
  terms: z.strictObject({
    delivery: z.array(DeliveryOption).min(1).max(6),
    warranty: z.array(WarrantyOption).min(1).max(6),
    payment: z.array(PaymentOption).min(1).max(6),
    returns: z.array(ReturnsOption).min(1).max(6),
    subscription: z.array(SubscriptionOption).max(6),
  }),
  /** Categories (prefixes) whose goods may be subscribed to. */
  subscribable: z.array(z.string()),
  /** Bargaining rounds of a session. */
  rounds: z.int().min(1).max(200),
  offer_minutes: z.int().min(1).max(10_080),
  /**
   * How long an offer that is read back, waits for details or is final keeps its units from other sessions, at most as
   * long as it stands; 0 never.
   */
  hold_minutes: z.int().min(0).max(10_080).default(10),
  /**
   * How long an order waits for the answer of the vendor's system, and one above the threshold for a person's approval
   * before that; then it expires. It is what an intent's `expires_at` is made of.
   */
  answer_hours: z.int().min(1).max(2_160).default(168),
  /** When an accept must be read back and confirmed: when it came as words, always, or never. */
  confirm: z.enum(["words", "always"]),
  /** Units on hand assumed for products that state none. */
  default_stock: z.int().min(0),
  /** Units of one product one order may hold. */
  max_quantity: z.int().min(1),
  contact: z.strictObject({
    email: z.email(),
    /** As people are told them in answer to a question. */
    hours: Localized,
    /** The same by the clock: who asks for a person while nobody is there is told when somebody will be. */
    shifts: z.array(Shift).max(20).default([]),
  }),
  handoff: z
    .strictObject({
      /** The agent asks for a person by itself after so many replies in a row in which it did not know what to say. Absent: never. */
      unsure: z.int().min(1).max(20).optional(),
      /** Who has waited for a person for so many minutes is asked how to be reached instead. */
      wait_minutes: z.int().min(1).max(1_440).default(5),
    })
    .prefault({}),
  /** Who of the vendor's people may decide orders above its threshold. */
  approve_as: z.enum(["agent", "manager"]).default("agent"),
  /** What each identity tier may do, how often, and for how much a day. Published. */
  access: Access.default({}),
});
export type Vendor = z.infer<typeof Vendor>;
