import { DatabaseSync } from "node:sqlite";
import type { Search } from "../../ports/search.ts";
import type { Store } from "../../ports/store.ts";
import { byWords, hitsFor } from "./hits.ts";
import { type Bodies, readerOf } from "./reader.ts";
import { storeOver } from "./store.ts";
import { writer } from "./writes.ts";

/**
 * The store on one handle, without threads: for a process that plays conversations and keeps none. It is as durable as
 * the handle is, which in memory is not at all.
 */
export function directStore(db: DatabaseSync): Store {
  const perform = writer(db);
  return storeOver(db, {
    write: async (write) => {
      const [outcome] = perform([write]);
      if (outcome && "done" in outcome) return outcome.done;
      throw outcome?.error;
    },
    close: async () => {},
  });
}

/** The knowledge base on the same handle. A search by words holds the event loop and runs to its
 * end, so no gateway may use it. `bodies` are shared by copies. */
export function directSearch(db: DatabaseSync, bodies?: Bodies): Search {
  const read = readerOf(db, false, bodies);
  return {
    find: async (lookup, deadline_ms) => {
      if (!byWords(lookup)) return read.known(lookup);
      if (deadline_ms <= 0) return { lookup, entries: [], stock: {}, partial: true };
      return read.found(lookup, hitsFor(db, lookup));
    },
    recall: async (refs) => refs.map(([id, version]) => read.version(id, version)),
    census: async () => read.census(),
    close: async () => read.close(),
  };
}

/** A database in memory that begins as another one stood and shares nothing with it. */
export function forked(image: Uint8Array): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  db.deserialize(image);
  return db;
}
