import type { DatabaseSync } from "node:sqlite";
import type { Lookup } from "../../domain/lookup.ts";
import type { Hits } from "../lexical/hits.ts";
import { CANDIDATES, queryOf, speaking, tellingIn } from "../lexical/query.ts";
import { type Rated, reviewsBy } from "../lexical/reviews.ts";
import { skuTerm } from "../lexical/words.ts";

/**
 * Reviews and community answers of one product. What the vendor answered weighs half as much again as what
 * customers wrote. Whether any of them answers is for whoever ranks them to judge: one word in common is enough here.
 * A question without a telling word ("what do people say?") gets the vendor's, then the newest.
 */
export function searchVoices(
  db: DatabaseSync,
  { sku, text, by, limit }: Extract<Lookup, { kind: "voices" }>,
): Hits {
  if (by !== undefined) return reviewsBy(reviewsOf(db, sku), by, limit);
  const telling = tellingIn(text);
  if (telling.length === 0) {
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
  const rows = best.all(`sku : "${skuTerm(sku)}" AND text : (${anyWord(telling)})`, limit);
  return { entries: rows.map(({ n }) => Number(n)) };
}

function reviewsOf(db: DatabaseSync, sku: string): Rated[] {
  const rows = db.prepare(
    `SELECT v.n, v.date, json_extract(e.body, '$.rating') AS rating FROM voice v JOIN entry e ON e.n = v.n
     WHERE v.sku = ? AND e.kind = 'review' ORDER BY v.date DESC, v.n`,
  );
  return rows.all(sku).map(({ n, date, rating }) => ({
    n: Number(n),
    date: String(date),
    rating: rating === null ? null : Number(rating),
  }));
}

/** Policy and FAQ passages in the asker's language; in another one only when there is none. */
export function searchPassages(
  db: DatabaseSync,
  { text, lang, limit }: Extract<Lookup, { kind: "passages" }>,
): Hits {
  const telling = tellingIn(text);
  if (telling.length === 0) return { entries: [] };
  const size = Number(db.prepare("SELECT max(rowid) AS n FROM passage_words").get()?.n ?? 0);
  const frequency = db.prepare("SELECT doc FROM passage_vocabulary WHERE term = ?");
  const query = queryOf(telling, size, (term) => Number(frequency.get(term)?.doc ?? 0));
  const statement = db.prepare(
    `SELECT p.n, ' ' || w.title || ' ' || w.text || ' ' AS text
     FROM passage_words w CROSS JOIN passage p ON p.n = w.rowid
     WHERE passage_words MATCH ? AND (p.lang = ?) = ?
     ORDER BY bm25(passage_words, 3, 1), p.n LIMIT ${CANDIDATES}`,
  );
  for (const own of [1, 0]) {
    const texts = statement
      .all(anyWord(telling), lang, own)
      .map(({ n, text }) => ({ n: Number(n), text: String(text) }));
    const entries = speaking(texts, query, limit).map(({ n }) => n);
    if (entries.length > 0) return { entries };
  }
  return { entries: [] };
}

/** FTS5 expression for texts that have any word or part of one. Terms hold no quotes, so quoting them is enough. */
function anyWord(telling: readonly (readonly string[])[]): string {
  return [...new Set(telling.flat())].map((term) => `"${term}"`).join(" OR ");
}
