import type { Filters } from "../../domain/lookup.ts";
import { type Dialect, conditionsOf as inSql, type Key, specsIn, type Value } from "../lexical/conditions.ts";
import type { Queries } from "./database.ts";

/** The filters as SQL conditions on `p`, `c` and `k`, with `?` for each value. */
export async function conditionsOf(sql: Queries, filters: Filters) {
  const keys = specsIn(filters).length === 0 ? [] : await knownKeys(sql);
  return inSql(filters, () => keys, DIALECT);
}

const DIALECT: Dialect = {
  holds: (column) => `strpos(${column}, ?) > 0`,
  among: "s.key = ANY(?)",
  keys: (keys) => keys,
};

async function knownKeys(sql: Queries): Promise<readonly Key[]> {
  const rows = await sql.query("SELECT key, name, words FROM spec_key");
  return rows.map(({ key, name, words }) => ({ key: Number(key), name: String(name), words: String(words) }));
}

/** Performs a statement written with `?` for each of its values, in order. */
export function performed(sql: Queries, text: string, values: readonly Value[]) {
  let at = 0;
  return sql.query(
    text.replaceAll("?", () => `$${++at}`),
    values.map((value) => (typeof value === "object" ? [...value] : value)),
  );
}
