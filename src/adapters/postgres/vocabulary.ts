import type { Unknown } from "../lexical/learning.ts";
import type { Queries } from "./database.ts";
import { anyOf } from "./lexemes.ts";

/** Answers questions about the catalogue's words, those of one kind at once where there may be many. */
export async function answersOf(sql: Queries, unknown: readonly Unknown[]): Promise<readonly unknown[]> {
  const asked = unknown.flatMap((one) => (one.about === "frequency" ? [one.term] : []));
  const counts = asked.length === 0 ? new Map<string, number>() : await frequencies(sql, asked);
  return Promise.all(unknown.map((one) => answerOf(sql, one, counts)));
}

async function answerOf(sql: Queries, one: Unknown, counts: ReadonlyMap<string, number>): Promise<unknown> {
  switch (one.about) {
    case "frequency":
      return counts.get(one.term) ?? 0;
    case "beginning":
      return beginning(sql, one.prefix, one.least, one.most);
    case "together":
      return together(sql, one.first, one.second);
    case "named":
      return named(sql, one.term, one.most);
  }
}

async function frequencies(sql: Queries, terms: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query("SELECT term, products FROM term WHERE term = ANY($1)", [[...terms]]);
  return new Map(rows.map(({ term, products }) => [String(term), Number(products)]));
}

async function beginning(sql: Queries, prefix: string, least: number, most: number) {
  const rows = await sql.query(
    `SELECT term, products FROM term
     WHERE term >= $1 AND term < $1 || chr(1114111) AND length(term) BETWEEN $2 AND $3 AND products > 0`,
    [prefix, least, most],
  );
  return rows.map(({ term, products }) => [String(term), Number(products)] as const);
}

async function together(sql: Queries, first: string, second: string): Promise<boolean> {
  const near = [1, 2, 3].map((apart) => `'${first}' <${apart}> '${second}'`).join(" | ");
  const [row] = await sql.query("SELECT EXISTS (SELECT 1 FROM product WHERE words @@ $1::tsquery) AS yes", [
    near,
  ]);
  return row?.yes === true;
}

async function named(sql: Queries, term: string, most: number): Promise<string[]> {
  const rows = await sql.query(
    "SELECT columns[1] AS title FROM product WHERE names @@ $1::tsquery LIMIT $2",
    [anyOf([term]), most],
  );
  return rows.map(({ title }) => String(title));
}
