import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";
import type { Search } from "../../ports/search.ts";
import { open } from "./database.ts";
import { byWords } from "./hits.ts";
import { readerOf } from "./reader.ts";
import { searcher } from "./searcher.ts";

/**
 * The knowledge base, read side. What is found by its code is read at once, through a handle of its own; searches by
 * words run in a thread with another, so the database MUST be a file. `main` stays the caller's to close.
 */
export function sqliteSearch(main: DatabaseSync): Search {
  const path = main.location();
  if (path === null) throw new Fault("bad_config", "searching needs a database in a file");
  const db = open(path, { readonly: true });
  const read = readerOf(db, true);
  const thread = searcher(path);

  return {
    find: async (lookup, deadline_ms, viewer) => {
      if (!byWords(lookup)) return read.known(lookup, viewer);
      const hits = await thread.search(lookup, deadline_ms);
      return hits ? read.found(lookup, hits, viewer) : { lookup, entries: [], stock: {}, partial: true };
    },
    recall: async (refs) => refs.map(([id, version]) => read.version(id, version)),
    census: async () => read.census(),
    close: async () => {
      await thread.close();
      read.close();
    },
  };
}
