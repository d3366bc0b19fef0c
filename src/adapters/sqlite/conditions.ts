import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Filters } from "../../domain/lookup.ts";
import { type Dialect, conditionsOf as inSql, type Key } from "../lexical/conditions.ts";

/** The filters as SQL conditions on `p`, `c` and `k`, with their values. */
export function conditionsOf(db: DatabaseSync, filters: Filters) {
  const { sql, values } = inSql(filters, () => knownKeys(db), DIALECT);
  return { sql, values: values as readonly SQLInputValue[] };
}

/** The plus keeps SQLite from looking for a key's specs in all products. */
const DIALECT: Dialect = {
  holds: (column) => `instr(${column}, ?) > 0`,
  among: "+s.key IN (SELECT value FROM json_each(?))",
  keys: (keys) => JSON.stringify(keys),
};

function knownKeys(db: DatabaseSync): readonly Key[] {
  const rows = db.prepare("SELECT key, name, words FROM spec_key").all();
  return rows.map(({ key, name, words }) => ({ key: Number(key), name: String(name), words: String(words) }));
}
