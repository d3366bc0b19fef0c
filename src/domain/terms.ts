import { z } from "zod";
import { BOUNDS } from "./bounds.ts";
import { Amount } from "./money.ts";

/**
 * The issues an offer is bargained over besides price and quantity. Each chosen option carries its public meaning
 * (`days`, `months`), the fee charged in this offer and the listed fee, so that a waived fee shows.
 */
const chosen = { id: z.string().max(60), fee: Amount, list_fee: Amount };

export const Delivery = z.strictObject({ ...chosen, days_min: z.int().min(0), days_max: z.int().min(0) });
export const Warranty = z.strictObject({ ...chosen, months: z.int().min(0) });
/** `days`: the payment is due this many days after delivery; 0 is on ordering. */
export const Payment = z.strictObject({ ...chosen, days: z.int().min(0) });
export const Returns = z.strictObject({ ...chosen, days: z.int().min(0) });
/** The whole order again every `every_months`, at least `commitment` times in all. */
export const Subscription = z.strictObject({
  id: z.string().max(60),
  every_months: z.int().min(1),
  commitment: z.int().min(1),
});

export const Terms = z.strictObject({
  delivery: Delivery,
  warranty: Warranty,
  payment: Payment,
  returns: Returns,
  /** Null for a single purchase. */
  subscription: Subscription.nullable(),
});
export type Terms = z.infer<typeof Terms>;

/** Names of what can be bargained over; the vendor lists those that are open in every offer. */
export const Issue = z.enum([
  "price",
  "quantity",
  "delivery",
  "delivery_fee",
  "warranty",
  "warranty_fee",
  "payment",
  "returns",
  "subscription",
  "gift",
]);
export type Issue = z.infer<typeof Issue>;

/**
 * What a counterpart says matters to it, most important first. Nobody has to mean it: it is a hint about taste, never a
 * proposal and no concession.
 */
export const Priorities = z
  .array(Issue)
  .min(1)
  .max(BOUNDS.priorities)
  .refine((issues) => new Set(issues).size === issues.length, "each issue at most once");
export type Priorities = z.infer<typeof Priorities>;

/** Two statements of one message as one: what is said first matters most. */
export function prioritiesOf(first: Priorities = [], second: Priorities = []): Priorities | undefined {
  const issues = [...new Set([...first, ...second])].slice(0, BOUNDS.priorities);
  return issues.length === 0 ? undefined : issues;
}

/**
 * What a counterpart asks of the terms: bounds, not option ids, unless it knows the ids. A least of 0 months or days
 * asks for the listed option again.
 */
export const TermsWanted = z.strictObject({
  delivery: z
    .strictObject({
      id: z.string().max(60).optional(),
      days_max: z.int().min(0).max(365).optional(),
      free: z.boolean().optional(),
    })
    .optional(),
  warranty: z
    .strictObject({
      id: z.string().max(60).optional(),
      months_min: z.int().min(0).max(240).optional(),
      free: z.boolean().optional(),
    })
    .optional(),
  payment: z
    .strictObject({ id: z.string().max(60).optional(), days_min: z.int().min(0).max(365).optional() })
    .optional(),
  returns: z
    .strictObject({ id: z.string().max(60).optional(), days_min: z.int().min(0).max(365).optional() })
    .optional(),
  /** Null asks for a single purchase again. */
  subscription: z
    .strictObject({
      id: z.string().max(60).optional(),
      every_months: z.int().min(1).max(24).optional(),
      commitment_max: z.int().min(1).max(60).optional(),
    })
    .nullable()
    .optional(),
  /** A free accessory beside the goods, by SKU or simply wished for. */
  gift: z.union([z.literal(true), z.string().max(80)]).optional(),
});
export type TermsWanted = z.infer<typeof TermsWanted>;
