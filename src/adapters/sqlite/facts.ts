import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";
import type { Facts } from "../lexical/facts.ts";
import { browser } from "./browsing.ts";
import { candidateOf, reading } from "./candidates.ts";
import { conditionsOf } from "./conditions.ts";
import { open } from "./database.ts";
import { readerOf } from "./reader.ts";

/** The facts of products that another engine found, read at once through a handle of its own. */
export function sqliteFacts(main: DatabaseSync): Facts {
  const path = main.location();
  if (path === null) throw new Fault("bad_config", "facts are read from a database in a file");
  const db = open(path, { readonly: true });
  const read = readerOf(db, true);
  const browsed = browser(db);
  return {
    meeting: async (skus, currency, filters) => {
      const { sql, values } = conditionsOf(db, filters);
      const statement = db.prepare(
        `SELECT found.*, e.id AS sku FROM (${reading(sql, LIVE)}) AS found JOIN entry e ON e.n = found.n`,
      );
      const rows = statement.all(JSON.stringify(skus), currency, ...values);
      return rows.map((row) => ({ ...candidateOf(row), sku: String(row.sku) }));
    },
    browsed: async (currency, filters, limit) => browsed(currency, filters, limit),
    found: async (lookup, hits, viewer) => read.found(lookup, hits, viewer),
    close: async () => read.close(),
  };
}

/** Rows of live products by their codes. */
const LIVE = "(SELECT n AS value FROM entry WHERE live = 1 AND id IN (SELECT value FROM json_each(?)))";
