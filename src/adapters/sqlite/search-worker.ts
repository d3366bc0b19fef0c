import { parentPort, workerData } from "node:worker_threads";
import { open } from "./database.ts";
import { type ByWords, hitsOf } from "./hits.ts";
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
const search = hitsOf(db);

parentPort?.on("message", ({ number, lookup }: Question) => {
  let result: Result;
  try {
    result = { number, hits: search(lookup) };
  } catch (error) {
    result = { number, error };
  }
  parentPort?.postMessage(result);
});
