import type { Lookup } from "../../domain/lookup.ts";
import type { Hits } from "../lexical/hits.ts";
import { CANDIDATES, queryOf, speaking, tellingIn } from "../lexical/query.ts";
import { type Rated, reviewsBy } from "../lexical/reviews.ts";
import { written } from "../lexical/words.ts";
import type { Queries } from "./database.ts";
import { anyOf } from "./lexemes.ts";

/**
 * Reviews and community answers of one product. What the vendor answered weighs half as much again as what customers
 * wrote. A question without a telling word gets the vendor's, then the newest.
 */
export async function searchVoices(
  sql: Queries,
  { sku, text, by, limit }: Extract<Lookup, { kind: "voices" }>,
): Promise<Hits> {
  if (by !== undefined) return reviewsBy(await reviewsOf(sql, sku), by, limit);
  const telling = tellingIn(text);
  const rows =
    telling.length === 0
      ? await sql.query("SELECT n FROM voice WHERE sku = $1 ORDER BY by_vendor DESC, date DESC, n LIMIT $2", [
          written(sku),
          limit,
        ])
      : await sql.query(
          `SELECT n FROM voice WHERE sku = $1 AND words @@ $2::tsquery
           ORDER BY ts_rank(words, $2::tsquery, 1) * CASE WHEN by_vendor THEN 1.5 ELSE 1 END DESC, date DESC, n LIMIT $3`,
          [written(sku), anyOf(telling.flat()), limit],
        );
  return { entries: rows.map(({ n }) => Number(n)) };
}

async function reviewsOf(sql: Queries, sku: string): Promise<Rated[]> {
  const rows = await sql.query(
    `SELECT v.n, v.date, e.body FROM voice v JOIN entry e ON e.n = v.n
     WHERE v.sku = $1 AND e.kind = 'review' ORDER BY v.date DESC, v.n`,
    [written(sku)],
  );
  return rows.map(({ n, date, body }) => {
    const { rating } = JSON.parse(String(body)) as { rating?: number };
    return { n: Number(n), date: String(date), rating: rating ?? null };
  });
}

/** Policy and FAQ passages in the asker's language; in another one only when there is none. */
export async function searchPassages(
  sql: Queries,
  { text, lang, limit }: Extract<Lookup, { kind: "passages" }>,
): Promise<Hits> {
  const telling = tellingIn(text);
  if (telling.length === 0) return { entries: [] };
  const terms = [...new Set(telling.flat())];
  const counts = await sql.query(
    `SELECT t.term, count(p.n) AS n, (SELECT count(*) FROM passage) AS size
     FROM unnest($1::text[], $2::text[]) AS t (term, query) LEFT JOIN passage p ON p.words @@ t.query::tsquery
     GROUP BY t.term`,
    [terms, terms.map((term) => anyOf([term]))],
  );
  const documents = new Map(counts.map(({ term, n }) => [String(term), Number(n)]));
  const query = queryOf(telling, Number(counts[0]?.size ?? 0), (term) => documents.get(term) ?? 0);
  const rows = await sql.query(
    `SELECT n, text, lang = $2 AS own FROM passage WHERE words @@ $1::tsquery
     ORDER BY lang = $2 DESC, ts_rank('{0, 0, 0.33, 1}', words, $1::tsquery, 1) DESC, n LIMIT ${CANDIDATES}`,
    [anyOf(terms), lang],
  );
  for (const own of [true, false]) {
    const texts = rows
      .filter((row) => row.own === own)
      .map(({ n, text }) => ({ n: Number(n), text: String(text) }));
    const entries = speaking(texts, query, limit).map(({ n }) => n);
    if (entries.length > 0) return { entries };
  }
  return { entries: [] };
}
