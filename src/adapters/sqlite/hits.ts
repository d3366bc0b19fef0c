import type { DatabaseSync } from "node:sqlite";
import type { KnowledgeLookup } from "../../domain/lookup.ts";
import type { Hits } from "../lexical/hits.ts";
import { WEIGHTS } from "../lexical/weights.ts";
import { productSearch } from "./ranking.ts";
import { searchPassages, searchVoices } from "./voices.ts";

export type ByWords = Extract<KnowledgeLookup, { kind: "search" | "voices" | "passages" }>;

export function byWords(lookup: KnowledgeLookup): lookup is ByWords {
  return lookup.kind !== "products" && lookup.kind !== "bundles";
}

/** What searches by words find on this handle, best first. */
export function hitsOf(db: DatabaseSync): (lookup: ByWords, late: () => boolean) => Hits {
  const searchProducts = productSearch(db);
  return (lookup, late) => {
    switch (lookup.kind) {
      case "search":
        return searchProducts(lookup, WEIGHTS, late);
      case "voices":
        return searchVoices(db, lookup);
      case "passages":
        return searchPassages(db, lookup);
    }
  };
}
