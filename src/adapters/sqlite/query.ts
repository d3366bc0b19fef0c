import type { DatabaseSync } from "node:sqlite";
import { isStopword } from "../../knowledge/stopwords.ts";
import { words } from "../../knowledge/terms.ts";

/** The words of a question that tell one text from another, and what each is worth. */
export interface Query {
  /** The whole first, then its parts, as `words()` gives them. */
  readonly words: readonly (readonly string[])[];
  /** True when the text held something, be it only words that say nothing. */
  readonly spoken: boolean;
  /** The share of the query's worth (0 to 1) that this text of terms holds. */
  coverage(text: string): number;
}

/** `table` is a words table with its vocabulary beside it. */
export function queryOf(db: DatabaseSync, table: string, text: string): Query {
  const all = words(text);
  const telling = all.filter(([whole]) => whole !== undefined && !isStopword(whole));
  const size = Number(db.prepare(`SELECT max(rowid) AS n FROM ${table}_words`).get()?.n ?? 0);
  const frequency = db.prepare(`SELECT doc FROM ${table}_vocabulary WHERE term = ?`);
  const documents = (term: string) => Number(frequency.get(term)?.doc ?? 0);
  const worth = telling.map((word) => Math.log(1 + size / (1 + Math.max(...word.map(documents)))));
  const total = worth.reduce((sum, one) => sum + one, 0);
  return {
    words: telling,
    spoken: all.length > 0,
    coverage: (text) =>
      telling.reduce((sum, word, at) => sum + (has(text, word) ? (worth[at] ?? 0) : 0), 0) / (total || 1),
  };
}

/** FTS5 expression for texts that have any word or part of one. Terms hold no quotes, so quoting them is enough. */
export function anyWord(query: Query): string {
  return [...new Set(query.words.flat())].map((term) => `"${term}"`).join(" OR ");
}

/**
 * `text` is terms with a blank before and after each. Two thirds of the parts do: written apart, 무선 이어폰 lacks one
 * of the four syllable pairs of 무선이어폰. Of two parts that still means both.
 */
function has(text: string, [whole, ...parts]: readonly string[]): boolean {
  if (text.includes(` ${whole} `)) return true;
  return (
    parts.length > 0 && parts.filter((part) => text.includes(` ${part} `)).length * 3 >= parts.length * 2
  );
}
