import { z } from "zod";
import { Amount, BasisPoints, Currency } from "./money.ts";
import { Lang, Localized } from "./text.ts";

/** A vendor's own product code, byte for byte as the vendor writes it. */
export const Sku = z.string().min(1).max(80);
export type Sku = z.infer<typeof Sku>;

/** Where an entry came from: `name` is a file as the vendor names it, `line` counts from 1. */
export const Source = z.strictObject({
  name: z.string().max(400),
  line: z.int().min(1).optional(),
  section: z.string().max(200).optional(),
});
export type Source = z.infer<typeof Source>;

/**
 * One typed attribute. `key` is snake_case English ("screen_size"); a numeric `value` is in `unit` (UCUM-like:
 * "in", "cm", "mm", "g", "kg", "GB", "TB", "W", "h", "ml", "Hz", "month"). `label` is what people call it.
 */
export const Spec = z.strictObject({
  key: z.string().min(1).max(120),
  value: z.union([z.string().max(4_000), z.number(), z.boolean()]),
  unit: z.string().max(20).optional(),
  label: Localized.optional(),
});
export type Spec = z.infer<typeof Spec>;

/** From `from` units on, this share of the list price is off, for every unit of the line. Public. */
export const Tier = z.strictObject({ from: z.int().min(2), off_bp: BasisPoints });
export type Tier = z.infer<typeof Tier>;

const base = {
  /** Stable over versions: a SKU for products, a slug path for texts. */
  id: z.string().min(1).max(200),
  source: Source,
};

export const Product = z.strictObject({
  ...base,
  kind: z.literal("product"),
  id: Sku,
  title: Localized,
  brand: z.string().max(200).optional(),
  /** Slash-separated, broadest first: "computers/laptops". */
  category: z.string().max(200),
  description: Localized.optional(),
  /** List price by currency, in minor units. A currency that is absent is one it is not sold in. */
  price: z.record(Currency, Amount),
  specs: z.array(Spec).max(400),
  /** What a buyer chooses between inside a group: { color: "black", size: "M" }. */
  options: z.record(z.string().max(60), z.string().max(120)).optional(),
  /** Products that differ only in `options` share a group. */
  group: z.string().max(200).optional(),
  tiers: z.array(Tier).max(10).optional(),
  /** Units on hand when it was loaded; undefined leaves it to the vendor's policy. */
  stock: z.int().min(0).optional(),
  /** Other words people use for it, in any language. */
  aliases: z.array(z.string().max(120)).max(40).optional(),
  gtin: z.array(z.string().max(20)).max(20).optional(),
  mpn: z.string().max(120).optional(),
});
export type Product = z.infer<typeof Product>;

/** Several products for one price: `off_bp` off the list total when every part is on the order. Public. */
export const Bundle = z.strictObject({
  ...base,
  kind: z.literal("bundle"),
  title: Localized,
  lines: z
    .array(z.strictObject({ sku: Sku, quantity: z.int().min(1).max(100) }))
    .min(2)
    .max(10),
  off_bp: BasisPoints,
});
export type Bundle = z.infer<typeof Bundle>;

/** One section of a policy or one question and answer of an FAQ, in the vendor's words. */
export const Passage = z.strictObject({
  ...base,
  kind: z.enum(["policy", "faq"]),
  /** "returns", "shipping", "warranty", "payment", "privacy" or the vendor's own. */
  topic: z.string().max(80),
  title: z.string().max(400),
  text: z.string().max(20_000),
  lang: Lang,
});
export type Passage = z.infer<typeof Passage>;

/** A customer's words about a product: a claim, never a fact about it. */
export const Review = z.strictObject({
  ...base,
  kind: z.literal("review"),
  sku: Sku,
  rating: z.number().min(0).max(5).optional(),
  title: z.string().max(400).optional(),
  text: z.string().max(20_000),
  author: z.string().max(120).optional(),
  date: z.iso.date().optional(),
  lang: Lang,
});
export type Review = z.infer<typeof Review>;

/** A question somebody asked about a product, and what was answered by whom. */
export const CommunityAnswer = z.strictObject({
  ...base,
  kind: z.literal("answer"),
  sku: Sku,
  question: z.string().max(4_000),
  text: z.string().max(20_000),
  /** "vendor" answers weigh more than "customer" answers. */
  by: z.enum(["vendor", "customer"]),
  date: z.iso.date().optional(),
  lang: Lang,
});
export type CommunityAnswer = z.infer<typeof CommunityAnswer>;

/** One record of the knowledge base. `version` is the digest of its canonical text, given when it is stored. */
export const Entry = z.discriminatedUnion("kind", [Product, Bundle, Passage, Review, CommunityAnswer]);
export type Entry = z.infer<typeof Entry>;

/** An entry at one version; old versions stay readable, so a past turn can be decided again. */
export interface Versioned<E extends Entry = Entry> {
  readonly entry: E;
  readonly version: string;
  /** False once the source no longer has it: it may be cited for the past, never offered. */
  readonly live: boolean;
}
