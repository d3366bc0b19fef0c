import { parentPort, workerData } from "node:worker_threads";
import type { Hits } from "../lexical/hits.ts";
import { open } from "./database.ts";
import { isFiles } from "./failures.ts";
import { type ByWords, hitsOf } from "./hits.ts";

/** A look-up that this thread performs, and what comes back under the same number. */
export interface Question {
  readonly number: number;
  /** When it has to answer with what it has, on the clock of `Date.now()`. */
  readonly until: number;
  readonly lookup: ByWords;
}
/** `file`: the database could not be read. */
export type Result =
  | { readonly ready: true }
  | { readonly number: number; readonly hits: Hits }
  | { readonly number: number; readonly error: unknown; readonly file: boolean };

/** SQLite's own cache of a thread that reads all over a large file. */
const CACHE_KB = 32_768;

const db = open(String(workerData), { readonly: true });
// What is cold is read while nobody waits: the first search finds the catalogue's measures taken.
db.exec(`PRAGMA cache_size = -${CACHE_KB}`);
const search = hitsOf(db);
search({ kind: "search", text: "", lang: "en", currency: "", filters: {}, limit: 1 }, () => false);

const touch = db.prepare(
  `SELECT length(e.body), k.on_hand FROM json_each(?) j CROSS JOIN entry e ON e.n = j.value
   LEFT JOIN stock k ON k.sku = e.id`,
);

parentPort?.on("message", ({ number, until, lookup }: Question) => {
  let result: Result;
  const late = () => Date.now() >= until;
  // One search sees one state of the catalogue, whatever a load changes meanwhile.
  db.exec("BEGIN");
  try {
    const hits = late() ? { entries: [], partial: true } : search(lookup, late);
    // The event loop reads these next: what has to come from the disk comes here, where nobody waits for it.
    touch.all(JSON.stringify(hits.entries));
    result = { number, hits };
  } catch (error) {
    result = { number, error, file: isFiles(error) };
  }
  db.exec("COMMIT");
  parentPort?.postMessage(result);
});

parentPort?.postMessage({ ready: true } satisfies Result);
