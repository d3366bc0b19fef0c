import type { DatabaseSync } from "node:sqlite";
import type { KnowledgeLookup } from "../../domain/lookup.ts";
import { type Hits, searchProducts } from "./ranking.ts";
import { searchPassages, searchVoices } from "./voices.ts";

export type ByWords = Extract<KnowledgeLookup, { kind: "search" | "voices" | "passages" }>;

export function byWords(lookup: KnowledgeLookup): lookup is ByWords {
  return lookup.kind !== "products" && lookup.kind !== "bundles";
}

/** What a search by words finds, best first. */
export function hitsFor(db: DatabaseSync, lookup: ByWords): Hits {
  switch (lookup.kind) {
    case "search":
      return searchProducts(db, lookup);
    case "voices":
      return searchVoices(db, lookup);
    case "passages":
      return searchPassages(db, lookup);
  }
}
