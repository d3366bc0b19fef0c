import { z } from "zod";
import { BOUNDS } from "./bounds.ts";
import { Sku } from "./entry.ts";
import { Citation, Fact } from "./fact.ts";
import { Amount, Currency } from "./money.ts";
import { Offer } from "./offer.ts";
import { OrderDetails, OrderStatus } from "./order.ts";
import { Proposal } from "./proposal.ts";
import { Staffed } from "./shift.ts";
import { Lang } from "./text.ts";

/** What the vendor's side does in a reply. */
export const MoveAct = z.enum([
  "greet",
  "inform",
  "results",
  "comparison",
  "offer",
  "counter",
  "final_offer",
  "readback",
  "accepted",
  "approval_pending",
  "decline",
  "clarify",
  "unknown",
  "order_status",
  "cancelled",
  "handoff",
  "farewell",
  "help",
]);
export type MoveAct = z.infer<typeof MoveAct>;

/** What the counterpart is asked for next. */
export const Slot = z.enum([
  "item",
  "quantity",
  "price",
  "confirm",
  "ship_to",
  "payer",
  "choice",
  "rephrase",
  /** What is to be different, after a no to a read-back. */
  "change",
]);
export type Slot = z.infer<typeof Slot>;

/** Why, as far as the counterpart may know it. The secret side of a decision is `Reasons`. */
export const MoveReason = z.enum([
  "price_too_low",
  "terms_not_available",
  "out_of_stock",
  "too_many",
  "unknown_product",
  "product_withdrawn",
  "not_in_currency",
  "does_not_ship_there",
  "code_unknown",
  "code_not_applicable",
  "ambiguous_item",
  "ambiguous_offer",
  "conditional_accept",
  "offer_expired",
  "offer_superseded",
  "no_live_offer",
  "details_missing",
  "address_incomplete",
  "nothing_found",
  "nearest_only",
  "search_incomplete",
  /** What it asks for could not be looked up before the deadline: it may be there or not, and may be asked for again. */
  "not_in_time",
  "not_stated",
  "out_of_scope",
  "not_understood",
  "best_already",
  "unchanged",
  "price_changed",
  "discount_included",
  "rounds_over",
  "withdrawn",
  "status_unverified",
  "only_one_code",
  "no_order",
  "not_cancellable",
  "amount_unclear",
  /** The message held the number of a payment card, which was taken out and not kept. */
  "card_masked",
  "identity_required",
  /** How they can be reached was taken down. */
  "contact_left",
  /** They asked who speaks: no person does. */
  "automated",
]);
export type MoveReason = z.infer<typeof MoveReason>;

/** A product as a reply shows it. `stock` is what is free to sell now. */
export const Card = z.strictObject({
  sku: Sku,
  title: z.string(),
  brand: z.string().optional(),
  category: z.string(),
  list_price: Amount,
  currency: Currency,
  stock: z.int(),
  specs: z.array(Fact).max(12),
  /** Ratings of its reviews: the mean in tenths (43 is 4.3 of 5) and how many. */
  rating: z.strictObject({ mean10: z.int().min(0).max(50), count: z.int().min(1) }).optional(),
});
export type Card = z.infer<typeof Card>;

/** The answer to one question: facts it rests on, or none, which means "I don't know" and a recorded gap. */
export const Answer = z.strictObject({
  /** The question or topic as asked. */
  topic: z.string().max(400),
  about: z.string().nullable(),
  /** The product's title when `about` is a product. */
  title: z.string().optional(),
  facts: z.array(Fact).max(8),
  /** Facts that another contradicts, by id: `fact` counts, `with` says otherwise and is shown beside it. */
  conflicts: z
    .array(z.strictObject({ fact: z.string(), with: z.string() }))
    .max(4)
    .optional(),
});
export type Answer = z.infer<typeof Answer>;

/**
 * Products side by side: a row for each property, in it one typed fact for each product, in the order of `skus`, or null
 * where none is stated. Prices and stock are those of the moment.
 */
export const Comparison = z.strictObject({
  skus: z.array(Sku).min(2).max(BOUNDS.compared),
  rows: z
    .array(
      z.strictObject({ key: z.string().max(120), values: z.array(Fact.nullable()).max(BOUNDS.compared) }),
    )
    .max(BOUNDS.compared_rows),
  /**
   * What was asked of them ("which is lighter?"): `best` are those with the most or the least of it, several when they are
   * equal, none when that is not stated of every one in figures. `holds` answers a question whether it is the first.
   */
  verdict: z
    .strictObject({
      key: z.string().max(120),
      way: z.enum(["most", "least"]),
      best: z.array(Sku).max(BOUNDS.compared),
      holds: z.boolean().optional(),
      /** How many were compared, where they are more than are shown. */
      of: z.int().optional(),
    })
    .nullable(),
});
export type Comparison = z.infer<typeof Comparison>;

/** An order as a reply or event shows it. `jws` is the signed intent, in compact form. */
export const IntentView = z.strictObject({
  id: z.string(),
  kind: z.enum(["order", "subscription"]),
  offer: z.string(),
  status: OrderStatus,
  total: Amount,
  currency: Currency,
  jws: z.string().optional(),
});
export type IntentView = z.infer<typeof IntentView>;

/**
 * The typed face of a reply: everything a machine needs and everything the words may say. Nothing in it is secret.
 */
export const Move = z.strictObject({
  act: MoveAct,
  reasons: z.array(MoveReason).max(6),
  /** The proposal this answers, as it was understood. */
  proposal: Proposal.nullable(),
  answers: z.array(Answer).max(BOUNDS.acts),
  results: z.array(Card).max(BOUNDS.results),
  /** With the act `comparison`: the same products in typed rows. */
  comparison: Comparison.optional(),
  offers: z.array(Offer).max(BOUNDS.offers),
  /**
   * The offer whose acceptance is read back, by id and hash, and the details the order would have; without them it
   * only waits: for details, or for the answer to something else.
   */
  readback: z
    .strictObject({ offer: z.string(), hash: z.string(), details: OrderDetails.optional() })
    .nullable(),
  intents: z.array(IntentView).max(10),
  /** What is asked, if anything; one question a reply. */
  ask: Slot.nullable(),
  /** The words or items a question back is about: titles to choose from, the phrase not understood. */
  choices: z.array(z.string().max(400)).max(8),
  /** Bargaining rounds used and allowed; both 0 before the first offer. */
  round: z.strictObject({ n: z.int().min(0), of: z.int().min(0) }),
  citations: z.array(Citation).max(40),
  /** Where they stand who asked for a person, or are given to one: somebody is on the way, or will get back to them. */
  handoff: z.enum(["waiting", "callback"]).optional(),
  /** With a `callback`: by the vendor's hours, when people are there. Absent where it states none. */
  staffed: Staffed.optional(),
});
export type Move = z.infer<typeof Move>;

/** Whether the vendor did not know what to say. */
export function isUnsure({ act, reasons }: Move): boolean {
  return act === "unknown" || reasons.includes("not_understood") || reasons.includes("out_of_scope");
}

/** The other face: words. `speech` has no markup, URL or SKU and says prices last, in words; `reprompt` follows silence. */
export const Words = z.strictObject({
  lang: Lang,
  text: z.string().max(8_000),
  speech: z.string().max(2_000),
  reprompt: z.string().max(400),
});
export type Words = z.infer<typeof Words>;
