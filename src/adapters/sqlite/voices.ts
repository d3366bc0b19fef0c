import type { DatabaseSync } from "node:sqlite";
import type { Lookup } from "../../domain/lookup.ts";
import { anyWord, queryOf } from "./query.ts";
import type { Hits } from "./ranking.ts";
import { skuTerm } from "./words.ts";

/** Questions are longer than names of products; a passage that holds a third of one's worth speaks to it. */
const ENOUGH = 1 / 3;

/** Best passages by bm25 that are looked at more closely. */
const CANDIDATES = 60;

/**
 * Reviews and community answers of one product. What the vendor answered weighs half as much again as what
 * customers wrote. Whether any of them answers is for whoever ranks them to judge: one word in common is enough here.
 * A question without a telling word ("what do people say?") gets the vendor's, then the newest.
 */
export function searchVoices(
  db: DatabaseSync,
  { sku, text, limit }: Extract<Lookup, { kind: "voices" }>,
): Hits {
  const query = queryOf(db, "voice", text);
  if (query.words.length === 0) {
    const newest = db.prepare(
      "SELECT n FROM voice WHERE sku = ? ORDER BY by_vendor DESC, date DESC, n LIMIT ?",
    );
    return { entries: newest.all(sku, limit).map(({ n }) => Number(n)) };
  }
  const best = db.prepare(
    `SELECT v.n FROM voice_words w CROSS JOIN voice v ON v.n = w.rowid
     WHERE voice_words MATCH ?
     ORDER BY bm25(voice_words, 0, 1) * (1 + 0.5 * v.by_vendor), v.date DESC, v.n LIMIT ?`,
  );
  const rows = best.all(`sku : "${skuTerm(sku)}" AND text : (${anyWord(query)})`, limit);
  return { entries: rows.map(({ n }) => Number(n)) };
}

/** Policy and FAQ passages in the asker's language; in another one only when there is none. */
export function searchPassages(
  db: DatabaseSync,
  { text, lang, limit }: Extract<Lookup, { kind: "passages" }>,
): Hits {
  const query = queryOf(db, "passage", text);
  if (query.words.length === 0) return { entries: [] };
  const statement = db.prepare(
    `SELECT p.n, ' ' || w.title || ' ' || w.text || ' ' AS text
     FROM passage_words w CROSS JOIN passage p ON p.n = w.rowid
     WHERE passage_words MATCH ? AND (p.lang = ?) = ?
     ORDER BY bm25(passage_words, 3, 1), p.n LIMIT ${CANDIDATES}`,
  );
  for (const own of [1, 0]) {
    const entries = covered(statement.all(anyWord(query), lang, own), query, limit);
    if (entries.length > 0) return { entries };
  }
  return { entries: [] };
}

function covered(
  rows: readonly Record<string, unknown>[],
  query: ReturnType<typeof queryOf>,
  limit: number,
): readonly number[] {
  const speaking = rows.filter(({ text }) => query.coverage(String(text)) >= ENOUGH);
  return speaking.slice(0, limit).map(({ n }) => Number(n));
}
