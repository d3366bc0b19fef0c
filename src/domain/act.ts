import { z } from "zod";
import { BOUNDS } from "./bounds.ts";
import { Sku } from "./entry.ts";
import { Filters } from "./lookup.ts";
import { Amount, BasisPoints } from "./money.ts";
import { OrderDetails, PartialDetails } from "./order.ts";
import { Priorities, TermsWanted } from "./terms.ts";
import { Lang } from "./text.ts";

/**
 * How a message names a product: by code; by words (a look-up finds it); or by pointing at what was shown.
 * `first` ... `last` count the products last shown; `that` is the one spoken of; `cheaper`, `dearer` and `other`
 * choose among those shown; `offer` means the lines of the live offer.
 */
export const Item = z.union(
  [
    z.strictObject({ sku: Sku }),
    z.strictObject({
      query: z.string().min(1).max(400),
      filters: Filters.optional(),
      options: z.record(z.string().max(60), z.string().max(120)).optional(),
    }),
    z.strictObject({
      ref: z.enum(["that", "first", "second", "third", "last", "cheaper", "dearer", "other", "offer"]),
      options: z.record(z.string().max(60), z.string().max(120)).optional(),
    }),
  ],
  'an item is {sku}, {query} or {ref}, as in {"sku": "HS-B1"}, and nothing else',
);
export type Item = z.infer<typeof Item>;

const text = z.string().max(BOUNDS.text_chars);

/** A line somebody asks for. `unit_price` is what they would pay for each; without it the vendor names the price. */
export const WantedLine = z.strictObject({
  item: Item,
  quantity: z.int().min(1).max(BOUNDS.quantity).optional(),
  unit_price: Amount.optional(),
});
export type WantedLine = z.infer<typeof WantedLine>;

/**
 * Ask for an offer, or answer one with a counter-offer. Everything left out stays as it stands in the live offer,
 * or as the vendor lists it. `total` is all-in for the whole order. `lower` asks for a better price without
 * naming one. `remove` takes items off the order. `priorities` says what matters, most first; alone it asks for nothing.
 */
export const Propose = z.strictObject({
  act: z.literal("propose"),
  lines: z.array(WantedLine).max(BOUNDS.lines).optional(),
  remove: z.array(Item).max(BOUNDS.lines).optional(),
  total: Amount.optional(),
  off_bp: BasisPoints.optional(),
  lower: z.boolean().optional(),
  terms: TermsWanted.optional(),
  codes: z.array(z.string().min(1).max(60)).max(5).optional(),
  /** The offer that is countered; the latest live one when absent. */
  counters: z.string().optional(),
  /** They say it is their last word. */
  final: z.boolean().optional(),
  priorities: Priorities.optional(),
});
export type Propose = z.infer<typeof Propose>;

/** Says what matters and asks for nothing: no proposal to bargain over. */
export function onlyTells(act: Propose): boolean {
  return act.priorities !== undefined && Object.keys(act).every((key) => TELLS.has(key));
}

const TELLS: ReadonlySet<string> = new Set(["act", "priorities", "counters"]);

/** What a counterpart may do, typed. Free text is read into the same acts. */
export const Act = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("greet") }),
  /** A question about a product (`item`) or about the shop; `topic` is a spec key or policy topic when known. */
  z.strictObject({
    act: z.literal("ask"),
    item: Item.optional(),
    topic: z.string().max(120).optional(),
    question: text.optional(),
  }),
  z.strictObject({
    act: z.literal("search"),
    query: z.string().max(400),
    filters: Filters.optional(),
    limit: z.int().min(1).max(BOUNDS.results).optional(),
    /** Of what fits, the cheapest first. */
    cheapest: z.literal(true).optional(),
  }),
  /**
   * Products side by side; `question` says what is asked of them ("which is lighter?"). Of more than three those that
   * answer it best are shown.
   */
  z.strictObject({
    act: z.literal("compare"),
    items: z.array(Item).max(BOUNDS.results),
    question: text.optional(),
  }),
  Propose,
  /**
   * Take an offer. On the wire `offer` and `hash` are both needed to bind, and `details` unless told before;
   * read from words, both are absent and the one live offer is read back first.
   */
  z.strictObject({
    act: z.literal("accept"),
    offer: z.string().optional(),
    hash: z.string().optional(),
    details: OrderDetails.optional(),
    item: Item.optional(),
  }),
  /** Yes to a read-back. */
  z.strictObject({ act: z.literal("confirm"), offer: z.string().optional(), hash: z.string().optional() }),
  /** No to an offer or a read-back; the talk may go on. */
  z.strictObject({
    act: z.literal("reject"),
    offer: z.string().optional(),
    reason: z
      .enum([
        "price_sensitivity",
        "shipping_cost",
        "shipping_speed",
        "product_fit",
        "trust_security",
        "returns_policy",
        "payment_options",
        "comparison",
        "timing_deferred",
        "other",
      ])
      .optional(),
  }),
  /** Take back one's own standing proposal. */
  z.strictObject({ act: z.literal("withdraw") }),
  /** Tell what an order needs. */
  z.strictObject({ act: z.literal("inform"), details: PartialDetails }),
  z.strictObject({ act: z.literal("order_status"), intent: z.string().max(80).optional() }),
  z.strictObject({ act: z.literal("cancel_order"), intent: z.string().max(80).optional() }),
  /** Ask for a person: as it is read from words, and as a machine says it. */
  z.strictObject({ act: z.literal("handoff"), reason: z.string().max(400).optional() }),
  z.strictObject({ act: z.literal("ask_person"), reason: z.string().max(400).optional() }),
  /** Say how one can be reached, and when it suits, for a person to get back. */
  z.strictObject({
    act: z.literal("leave_contact"),
    contact: z.string().trim().min(3).max(200),
    when: z.string().max(200).optional(),
    note: z.string().max(BOUNDS.note_chars).optional(),
  }),
  z.strictObject({ act: z.literal("leave"), reason: z.string().max(400).optional() }),
  z.strictObject({ act: z.literal("thank") }),
  /** Ask what can be done here. */
  z.strictObject({ act: z.literal("help") }),
]);
export type Act = z.infer<typeof Act>;
export type ActName = Act["act"];
export type ActOf<N extends ActName> = Extract<Act, { act: N }>;

/**
 * What a free-text message was understood as: a closed schema for grammar and model alike. No act with `unsure`
 * set binds anything. `confidence` is the probability that every act is right.
 */
export const Reading = z.strictObject({
  lang: Lang,
  acts: z.array(Act).max(BOUNDS.acts),
  confidence: z.number().min(0).max(1),
  /** What keeps the reading from being sure; the counterpart is asked about it. */
  unsure: z.enum(["act", "item", "amount", "quantity", "condition", "out_of_scope"]).optional(),
  /** The words that could not be placed, for the question back. */
  words: z.string().max(400).optional(),
});
export type Reading = z.infer<typeof Reading>;

/**
 * Readings below `act` are asked about, not acted on; with a model configured, those below `alone` are read by it;
 * an act binds from `binding` on.
 */
export const SURE = { act: 0.6, alone: 0.75, binding: 0.85 } as const;
