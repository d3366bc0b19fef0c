import type { Found, KnowledgeLookup } from "../../domain/lookup.ts";
import type { Search } from "../../ports/search.ts";
import { remoteSearch } from "../lexical/remote.ts";
import { type Database, patient, type Queries } from "./database.ts";
import { codeOf } from "./failures.ts";
import { type ByCode, knownIn } from "./known.ts";
import { catalogueOf } from "./ranking.ts";
import { readerOf } from "./reader.ts";
import { searchPassages, searchVoices } from "./voices.ts";

type ByWords = Exclude<KnowledgeLookup, ByCode>;

/**
 * The knowledge base, read side. A look-up by words is one transaction that sees one state; what is not done by its deadline comes
 * back partial, and the server ends the statement that is under way. `sql` stays the caller's to end,
 * and so does `own`, which look-ups by code go through, so that they never wait for a search by words.
 */
export function postgresSearch(sql: Database, own: Database = sql): Search {
  const products = remoteSearch();
  const known = knownIn(own);
  let closed = false;

  async function performed(tx: Queries, lookup: ByWords, viewer: Parameters<Search["find"]>[2]) {
    const read = readerOf(tx);
    switch (lookup.kind) {
      case "search":
        return read.found(lookup, await products(await catalogueOf(tx), lookup), viewer);
      case "voices":
        return read.found(lookup, await searchVoices(tx, lookup), viewer);
      case "passages":
        return read.found(lookup, await searchPassages(tx, lookup), viewer);
    }
  }

  return {
    find: async (lookup, deadline_ms, viewer) => {
      const late: Found = { lookup, entries: [], stock: {}, partial: true };
      if (closed || deadline_ms <= 0) return late;
      if (lookup.kind === "products" || lookup.kind === "bundles")
        return inTime(known(lookup, viewer), deadline_ms, late);
      const ends = Date.now() + deadline_ms;
      const work = sql.begin("REPEATABLE READ READ ONLY", async (tx) => {
        const left = Math.ceil(ends - Date.now());
        if (left <= 0) return late;
        await tx.query(`SET LOCAL statement_timeout = ${left}; ${BY_INDEX}`);
        return performed(tx, lookup, viewer);
      });
      return inTime(work, deadline_ms, late);
    },
    recall: async (refs) => readerOf(patient(sql)).versions(refs),
    census: async () => readerOf(patient(sql)).census(),
    close: async () => {
      closed = true;
    },
  };
}

/** The planner does not know what it costs to unpack the words of every product, and takes reading all of them for cheap. */
const BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0";

/** The work's result, or `late` when it takes longer or the server ended it for that. */
async function inTime(work: Promise<Found>, deadline_ms: number, late: Found): Promise<Found> {
  const { promise, resolve } = Promise.withResolvers<Found>();
  // What has arrived by now counts, although a busy event loop looks at its timers first.
  const timer = setTimeout(() => setImmediate(() => resolve(late)), deadline_ms);
  const result = work.catch((error: unknown) => {
    if (codeOf(error) === TIMED_OUT) return late;
    throw error;
  });
  try {
    return await Promise.race([result, promise]);
  } finally {
    clearTimeout(timer);
    // Nobody waits for it any more.
    result.catch(() => {});
  }
}

/** query_canceled */
const TIMED_OUT = "57014";
