import { z } from "zod";
import { BOUNDS } from "../bounds.ts";

/**
 * What else should be looked up before a question is answered. Strict structured output wants every field present, so
 * what is left out is null. None of these can do more than look something up in the vendor's own base.
 */
export const ModelLookup = z.union([
  z.strictObject({
    look: z.literal("search"),
    query: z.string().max(400),
    /** In major units of the session's currency, as 999.99. */
    price_max: z.number().min(0).nullable(),
  }),
  /** A question about one product, or with `sku` null about the shop. */
  z.strictObject({
    look: z.literal("ask"),
    sku: z.string().max(120).nullable(),
    question: z.string().max(400),
  }),
  z.strictObject({ look: z.literal("compare"), skus: z.array(z.string().max(120)).max(BOUNDS.compared) }),
]);
export type ModelLookup = z.infer<typeof ModelLookup>;

/** An empty list means that what is known answers the question, or that nothing here will. */
export const ModelResearch = z.strictObject({ look_ups: z.array(ModelLookup).max(4) });
export type ModelResearch = z.infer<typeof ModelResearch>;
