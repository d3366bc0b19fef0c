import { DatabaseSync } from "node:sqlite";
import type { Search } from "../../ports/search.ts";
import type { Store } from "../../ports/store.ts";
import { isFiles, unwritten } from "./failures.ts";
import { byWords, hitsOf } from "./hits.ts";
import { type Bodies, readerOf } from "./reader.ts";
import { storeOver } from "./store.ts";
import { type Kind, type Writes, writer } from "./writes.ts";

/**
 * The store on one handle, without threads: for a process that plays conversations and keeps none. It is as durable as
 * the handle is, which in memory is not at all.
 */
export function directStore(db: DatabaseSync): Store {
  const perform = writer(db);
  return storeOver(db, {
    write: async <K extends Kind>(kind: K, ...given: Parameters<Writes[K]>) => {
      try {
        const [outcome] = perform([{ kind, given }]);
        if (outcome && "done" in outcome) return outcome.done as ReturnType<Writes[K]>;
        throw outcome?.error;
      } catch (error) {
        throw isFiles(error) ? unwritten(error) : error;
      }
    },
    close: async () => {},
  });
}

/** The knowledge base on the same handle. A search by words holds the event loop and runs to its
 * end, so no gateway may use it. `bodies` are shared by copies. */
export function directSearch(db: DatabaseSync, bodies?: Bodies): Search {
  const read = readerOf(db, false, bodies);
  const hits = hitsOf(db);
  return {
    find: async (lookup, deadline_ms, viewer) => {
      if (!byWords(lookup)) return read.known(lookup, viewer);
      if (deadline_ms <= 0) return { lookup, entries: [], stock: {}, partial: true };
      return read.found(
        lookup,
        hits(lookup, () => false),
        viewer,
      );
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

/**
 * Puts a copy back to how it began, for what a store changes: stock as it was, and nothing in the tables that were
 * empty. Cheaper than another copy, whose statements would all be prepared anew.
 */
export function renewal(db: DatabaseSync): () => void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE %'").all();
  const empty = tables
    .map(({ name }) => String(name))
    .filter((name) => db.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get() === undefined)
    .map((name) => db.prepare(`DELETE FROM "${name}"`));
  db.exec("CREATE TEMP TABLE stock_before AS SELECT sku, on_hand FROM main.stock");
  const restock = db.prepare(
    `UPDATE main.stock AS s SET on_hand = b.on_hand FROM temp.stock_before AS b
     WHERE b.sku = s.sku AND b.on_hand <> s.on_hand`,
  );
  return () => {
    for (const statement of empty) statement.run();
    restock.run();
  };
}
