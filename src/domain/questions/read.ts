import { z } from "zod";
import { BOUNDS } from "../bounds.ts";
import { Lang } from "../text.ts";

/** How words name a product: exactly one of the three is not null. */
const item = z.strictObject({
  sku: z.string().max(120).nullable(),
  words: z.string().max(400).nullable(),
  shown: z
    .enum(["that", "first", "second", "third", "last", "cheaper", "dearer", "other", "offer"])
    .nullable(),
});

/** In major units of the session's currency, as written: 45.5 or 15000. */
const price = z.number().min(0).nullable();
const quantity = z.int().min(1).max(BOUNDS.quantity).nullable();
const termId = z.string().max(60).nullable();

/** The issues that words of the message can bear out. */
export const STATED_ISSUES = ["price", "delivery", "delivery_fee", "warranty", "payment", "returns"] as const;

/**
 * What a model may understand a message as. Strict structured output wants every field present, so what was not said
 * is null. There is no act here that binds, cancels or ends anything: those take a typed act or words that the house
 * grammar is sure of. `agree` leads to a read-back and no further.
 */
export const ModelAct = z.union([
  z.strictObject({ act: z.enum(["greet", "thank", "help", "handoff", "agree", "refuse", "lower"]) }),
  z.strictObject({ act: z.literal("ask"), item: item.nullable(), question: z.string().max(400) }),
  z.strictObject({
    act: z.literal("search"),
    query: z.string().max(400),
    price_min: price,
    price_max: price,
    brand: z.string().max(200).nullable(),
    cheapest: z.boolean(),
  }),
  z.strictObject({ act: z.literal("compare"), items: z.array(item).max(BOUNDS.compared) }),
  z.strictObject({
    act: z.literal("propose"),
    lines: z.array(z.strictObject({ item, quantity, unit_price: price })).max(BOUNDS.lines),
    total: price,
    percent_off: z.number().min(0).max(100).nullable(),
    terms: z.strictObject({
      delivery: termId,
      warranty: termId,
      payment: termId,
      returns: termId,
      subscription: termId,
      /** What they want at no charge. */
      free: z.array(z.enum(["delivery", "warranty", "gift"])).max(3),
    }),
    final: z.boolean(),
    /** What they say matters to them, most important first. */
    priorities: z.array(z.enum(STATED_ISSUES)).max(BOUNDS.priorities).default([]),
  }),
]);
export type ModelAct = z.infer<typeof ModelAct>;

export const ModelReading = z.strictObject({
  lang: Lang,
  acts: z.array(ModelAct).max(BOUNDS.acts),
  /** What keeps it from being clear, in the counterpart's own words; null when it is clear. */
  unclear: z.string().max(400).nullable(),
});
export type ModelReading = z.infer<typeof ModelReading>;
