import { isStopword } from "../../knowledge/stopwords.ts";
import { words } from "../../knowledge/terms.ts";

/** The words of a question that tell one text from another, and what each is worth. */
export interface Query {
  /** The whole first, then its parts, as `words()` gives them. */
  readonly words: readonly (readonly string[])[];
  /** The share of the query's worth (0 to 1) that this text of terms holds. */
  coverage(text: string): number;
}

/** The telling words of a question, each with its parts. */
export function tellingIn(text: string): readonly (readonly string[])[] {
  return words(text).filter(([whole]) => whole !== undefined && !isStopword(whole));
}

/** Of `size` texts there are, `documents` says how many have a term. */
export function queryOf(
  telling: readonly (readonly string[])[],
  size: number,
  documents: (term: string) => number,
): Query {
  const worth = telling.map((word) => Math.log(1 + size / (1 + Math.max(...word.map(documents)))));
  const total = worth.reduce((sum, one) => sum + one, 0);
  return {
    words: telling,
    coverage: (text) =>
      telling.reduce((sum, word, at) => sum + (has(text, word) ? (worth[at] ?? 0) : 0), 0) / (total || 1),
  };
}

/** Questions are longer than names of products; a passage that holds a third of one's worth speaks to it. */
const ENOUGH = 1 / 3;

/** Best passages by their rank that are looked at more closely. */
export const CANDIDATES = 60;

/** Those texts that speak to the query, in the order they are in. `text` is terms with a blank before and after each. */
export function speaking<T extends { readonly text: string }>(
  texts: readonly T[],
  query: Query,
  limit: number,
): readonly T[] {
  return texts.filter(({ text }) => query.coverage(text) >= ENOUGH).slice(0, limit);
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
