import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";
import type { Search } from "../../ports/search.ts";
import { open } from "./database.ts";
import { readable } from "./failures.ts";
import { byWords } from "./hits.ts";
import { readerOf } from "./reader.ts";
import { searchers } from "./searcher.ts";

/**
 * The knowledge base, read side. What is found by its code is read at once, through a handle of its own; searches by
 * words run in threads with others, so the database MUST be a file. `main` stays the caller's to close.
 */
export function sqliteSearch(main: DatabaseSync): Search {
  const path = main.location();
  if (path === null) throw new Fault("bad_config", "searching needs a database in a file");
  const db = open(path, { readonly: true });
  const read = readable(readerOf(db, true));
  const threads = searchers(path);

  return {
    find: async (lookup, deadline_ms, viewer) => {
      if (!byWords(lookup)) return read.known(lookup, viewer);
      const hits = await threads.search(lookup, deadline_ms);
      return hits ? read.found(lookup, hits, viewer) : { lookup, entries: [], stock: {}, partial: true };
    },
    recall: async (refs) => refs.map(([id, version]) => read.version(id, version)),
    census: async () => read.census(),
    close: async () => {
      await threads.close();
      read.close();
    },
  };
}
