import type { Judged } from "./answers-data.ts";

/** Okapi BM25 as it is written in the books, over words alone; it shares nothing with what is measured. */
export interface Bm25 {
  /** One score a candidate, in their order. */
  scores(one: Judged): readonly number[];
}

const K1 = 1.2;
const B = 0.75;

/** `corpus` gives how rare a word is and how long a text usually is. */
export function bm25(corpus: Iterable<readonly string[]>): (query: readonly string[], text: readonly string[]) => number {
  const documents = new Map<string, number>();
  let size = 0;
  let length = 0;
  for (const words of corpus) {
    size++;
    length += words.length;
    for (const word of new Set(words)) documents.set(word, (documents.get(word) ?? 0) + 1);
  }
  const usual = length / Math.max(1, size);
  return (query, text) => {
    const counts = new Map<string, number>();
    for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
    let score = 0;
    for (const word of new Set(query)) {
      const count = counts.get(word);
      if (count === undefined) continue;
      const df = documents.get(word) ?? 0;
      const idf = Math.log(1 + (size - df + 0.5) / (df + 0.5));
      score += (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * text.length) / usual));
    }
    return score;
  };
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** Plural stripping. */
export function stemmed(text: string): string[] {
  return wordsOf(text).map((w) => w.length > 3 && w.endsWith("s") && !w.endsWith("ss") ? w.slice(0, -1) : w);
}
