import { parentPort, workerData } from "node:worker_threads";
import type { Lookup } from "../../domain/lookup.ts";
import { open } from "./database.ts";
import { type Hits, searchProducts } from "./ranking.ts";
import { searchPassages, searchVoices } from "./voices.ts";

/** A look-up that this thread performs, and what comes back under the same number. */
export interface Question {
  readonly number: number;
  readonly lookup: ByWords;
}
export type ByWords = Extract<Lookup, { kind: "search" | "voices" | "passages" }>;
export type Result =
  | { readonly number: number; readonly hits: Hits }
  | { readonly number: number; readonly error: unknown };

const db = open(String(workerData), { readonly: true });

parentPort?.on("message", ({ number, lookup }: Question) => {
  let result: Result;
  try {
    result = { number, hits: perform(lookup) };
  } catch (error) {
    result = { number, error };
  }
  parentPort?.postMessage(result);
});

function perform(lookup: ByWords): Hits {
  switch (lookup.kind) {
    case "search":
      return searchProducts(db, lookup);
    case "voices":
      return searchVoices(db, lookup);
    case "passages":
      return searchPassages(db, lookup);
  }
}
