import { z } from "zod";
import { Source } from "./entry.ts";
import { Lang, Localized } from "./text.ts";

export const FactKind = z.enum([
  "spec",
  "price",
  "stock",
  "title",
  "option",
  "policy",
  "faq",
  "answer",
  "review",
  /** What all reviews of a product come to: counted from them, said by nobody. */
  "rating",
]);
export type FactKind = z.infer<typeof FactKind>;

/**
 * One citable statement with a stable id ("NB-14A#spec.weight", "policy/returns/en#2", "review/r-12",
 * "NB-14A#reviews.rating").
 * `value` with `unit` is the typed form; `text` is the source's wording where it has one.
 */
export const Fact = z.strictObject({
  id: z.string().min(1).max(300),
  kind: FactKind,
  /** The SKU it is about, or null for the shop as a whole. */
  about: z.string().nullable(),
  key: z.string().max(120),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  unit: z.string().max(20).optional(),
  label: Localized.optional(),
  text: z.string().max(20_000).optional(),
  lang: Lang.optional(),
  /** When a review or an answer was written. */
  date: z.iso.date().optional(),
  source: Source,
});
export type Fact = z.infer<typeof Fact>;

/** What a reply shows of a fact it rests on. `quote` is at most 300 characters of the source's own words. */
export const Citation = z.strictObject({
  fact: z.string(),
  source: z.string(),
  quote: z.string().max(300).optional(),
});
export type Citation = z.infer<typeof Citation>;
