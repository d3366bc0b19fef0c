import { z } from "zod";
import type { Bundle, Entry, Product, Versioned } from "./entry.ts";
import { Amount, Currency } from "./money.ts";
import { Lang } from "./text.ts";

/** A numeric or textual condition on one spec; numbers are in `unit`, converted by whoever compares. */
export const SpecFilter = z.strictObject({
  key: z.string().max(120).optional(),
  op: z.enum(["eq", "min", "max"]),
  value: z.union([z.number(), z.string().max(200), z.boolean()]),
  unit: z.string().max(20).optional(),
});
export type SpecFilter = z.infer<typeof SpecFilter>;

/** Typed conditions: they exclude, where words only rank. Prices are per unit in minor units of the session. */
export const Filters = z.strictObject({
  price_min: Amount.optional(),
  price_max: Amount.optional(),
  brand: z.string().max(200).optional(),
  category: z.string().max(200).optional(),
  in_stock: z.boolean().optional(),
  options: z.record(z.string().max(60), z.string().max(120)).optional(),
  specs: z.array(SpecFilter).max(8).optional(),
});
export type Filters = z.infer<typeof Filters>;

/** A question to the knowledge base, as a value: performed by a port, recorded with the turn. */
export const Lookup = z.discriminatedUnion("kind", [
  /** Products by words and conditions, best first. */
  z.strictObject({
    kind: z.literal("search"),
    text: z.string().max(400),
    lang: Lang,
    currency: Currency,
    filters: Filters,
    limit: z.int().min(1).max(50),
  }),
  /** Products by SKU; unknown ones are simply absent from what is found. */
  z.strictObject({ kind: z.literal("products"), skus: z.array(z.string()).min(1).max(20) }),
  /**
   * Reviews and community answers of one product, best first for the question; with `by` its reviews alone, in that
   * order, and what all of them come to.
   */
  z.strictObject({
    kind: z.literal("voices"),
    sku: z.string(),
    text: z.string().max(400),
    by: z.enum(["newest", "lowest", "highest"]).optional(),
    limit: z.int().min(1).max(20),
  }),
  /** Policy and FAQ passages for a question about the shop, best first. */
  z.strictObject({
    kind: z.literal("passages"),
    text: z.string().max(400),
    lang: Lang,
    limit: z.int().min(1).max(20),
  }),
  /** Bundles that hold any of these products. */
  z.strictObject({ kind: z.literal("bundles"), skus: z.array(z.string()).min(1).max(20) }),
  /**
   * What is used of the vendor's budgets, of the counterpart's day and of its mandate, by account: a question to the store,
   * for staff and the core alone.
   */
  z.strictObject({ kind: z.literal("budgets"), accounts: z.array(z.string()).min(1).max(12) }),
]);
export type Lookup = z.infer<typeof Lookup>;
export type BudgetsLookup = Extract<Lookup, { kind: "budgets" }>;
/** What the knowledge base can be asked. */
export type KnowledgeLookup = Exclude<Lookup, BudgetsLookup>;

/** All reviews of one product, counted. */
export const Tally = z.strictObject({
  count: z.int().min(0),
  /** How many gave a rating, their sum in tenths of a star, and how many gave 1, 2 ... 5 stars, rounded. */
  rated: z.int().min(0),
  sum10: z.int().min(0),
  stars: z.array(z.int().min(0)).length(5),
  /** Date of the newest that has one. */
  newest: z.iso.date().optional(),
});
export type Tally = z.infer<typeof Tally>;

/**
 * What one look-up found. `stock` holds the units free to sell now of each product among `entries`: on hand, less what
 * other sessions hold.
 */
export interface Found {
  readonly lookup: Lookup;
  readonly entries: readonly Versioned[];
  readonly stock: Readonly<Record<string, number>>;
  /** The deadline cut it short: the absence of a hit then means nothing. */
  readonly partial: boolean;
  /** For a search: nothing satisfied every condition, and these are the nearest that do not. */
  readonly relaxed?: boolean;
  /** For voices in an order of their own. */
  readonly tally?: Tally;
  /** For budgets: minor units spent, and held by other sessions, of each account. */
  readonly used?: Readonly<Record<string, number>>;
}

/** The log's record of a look-up: enough to find the very same entries again. */
export const LookupRecord = z.strictObject({
  lookup: Lookup,
  refs: z.array(z.tuple([z.string(), z.string(), z.boolean()])),
  stock: z.record(z.string(), z.int()),
  partial: z.boolean(),
  relaxed: z.boolean().optional(),
  tally: Tally.optional(),
  used: z.record(z.string(), z.int()).optional(),
});
export type LookupRecord = z.infer<typeof LookupRecord>;

export function recordOf({ lookup, entries, stock, partial, relaxed, tally, used }: Found): LookupRecord {
  return {
    lookup,
    refs: entries.map((item) => [item.entry.id, item.version, item.live]),
    stock: { ...stock },
    partial,
    ...(relaxed === undefined ? {} : { relaxed }),
    ...(tally === undefined ? {} : { tally }),
    ...(used === undefined ? {} : { used: { ...used } }),
  };
}

export function isProduct(item: Versioned): item is Versioned<Product> {
  return item.entry.kind === "product";
}

export function isBundle(item: Versioned<Entry>): item is Versioned<Bundle> {
  return item.entry.kind === "bundle";
}
