import { parentPort, workerData } from "node:worker_threads";
import { open } from "./database.ts";
import { type ByWords, hitsFor } from "./hits.ts";
import type { Hits } from "./ranking.ts";

/** A look-up that this thread performs, and what comes back under the same number. */
export interface Question {
  readonly number: number;
  readonly lookup: ByWords;
}
export type Result =
  | { readonly number: number; readonly hits: Hits }
  | { readonly number: number; readonly error: unknown };

const db = open(String(workerData), { readonly: true });

parentPort?.on("message", ({ number, lookup }: Question) => {
  let result: Result;
  try {
    result = { number, hits: hitsFor(db, lookup) };
  } catch (error) {
    result = { number, error };
  }
  parentPort?.postMessage(result);
});
