import type { Bundle, CommunityAnswer, Passage, Review, Versioned } from "../domain/entry.ts";
import type { Known } from "../domain/evidence.ts";
import type { Found, Lookup, Tally } from "../domain/lookup.ts";

type LookupOf<K extends Lookup["kind"]> = Extract<Lookup, { kind: K }>;

/** What a turn's look-ups found so far, by what it is, and what has been asked at all. */
export interface Gathered {
  readonly products: Map<string, Known>;
  readonly bundles: Map<string, Bundle>;
  /** By `voicesKey`. */
  readonly voices: Map<string, Versioned<Voice>[]>;
  /** What all reviews of a product come to, by SKU. */
  readonly tallies: Map<string, Tally>;
  readonly passages: Map<string, Versioned<Passage>[]>;
  readonly searches: Map<string, Found>;
  /** SKUs asked for as products, and as parts of bundles: one that was asked and not found does not exist. */
  readonly asked: { readonly products: Set<string>; readonly bundles: Set<string> };
}

export type Voice = Review | CommunityAnswer;

export function gather(found: readonly Found[]): Gathered {
  const gathered: Gathered = {
    products: new Map(),
    bundles: new Map(),
    voices: new Map(),
    tallies: new Map(),
    passages: new Map(),
    searches: new Map(),
    asked: { products: new Set(), bundles: new Set() },
  };
  for (const one of found) {
    note(one, gathered);
    for (const item of one.entries) take(item, one, gathered);
  }
  return gathered;
}

/** Two searches are the same question when their keys are equal. */
export function searchKey({ text, filters, limit }: LookupOf<"search">): string {
  return JSON.stringify([text, filters, limit]);
}

/** Voices are looked up for a question; without one ("") the newest come, fitting or not, or reviews in an order. */
export function voicesKey({ sku, text, by }: Pick<LookupOf<"voices">, "sku" | "text" | "by">): string {
  return JSON.stringify([sku, text, by ?? ""]);
}

function note(one: Found, { asked, voices, tallies, passages, searches }: Gathered): void {
  const { lookup } = one;
  if (lookup.kind === "products") for (const sku of lookup.skus) asked.products.add(sku);
  if (lookup.kind === "bundles") for (const sku of lookup.skus) asked.bundles.add(sku);
  if (lookup.kind === "search") searches.set(searchKey(lookup), one);
  if (lookup.kind === "passages") passages.set(lookup.text, []);
  if (lookup.kind === "voices") {
    voices.set(voicesKey(lookup), []);
    if (one.tally) tallies.set(lookup.sku, one.tally);
  }
}

function take({ entry, version, live }: Versioned, { lookup, stock }: Found, gathered: Gathered): void {
  switch (entry.kind) {
    case "product":
      gathered.products.set(entry.id, { product: entry, version, live, stock: stock[entry.id] ?? 0 });
      break;
    case "bundle":
      if (live) gathered.bundles.set(entry.id, entry);
      break;
    case "policy":
    case "faq":
      if (lookup.kind === "passages") gathered.passages.get(lookup.text)?.push({ entry, version, live });
      break;
    case "review":
    case "answer":
      if (lookup.kind === "voices") {
        gathered.voices.get(voicesKey(lookup))?.push({ entry, version, live });
      }
  }
}
