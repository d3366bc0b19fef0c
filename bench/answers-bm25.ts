import type { Judged, SetName } from "./answers-data.ts";
import { FOLDS, foldOf, isAnswerable, type Verdict } from "./answers-folds.ts";
import { threshold } from "./answers-support.ts";

/**
 * The yardstick: Okapi BM25 over words as they stand, k1 1.2 and b .75, rarity and length counted over all candidates
 * of the set. It abstains under a score chosen on the other folds, for each set apart, which helps it.
 */
export function bm25Verdicts(
  set: SetName,
  all: readonly Judged[],
  words: (text: string) => string[],
): readonly Verdict[] {
  const score = bm25(all.flatMap(({ candidates }) => candidates.map(({ text }) => words(text))));
  const scored = all.map((one) => {
    const query = words(one.question);
    const scores = one.candidates.map(({ text }) => score(query, words(text)));
    const order = scores.map((_, at) => at).sort((a, b) => (scores[b] as number) - (scores[a] as number));
    const doubt = -Math.max(...scores);
    return { one, order, doubt, fold: foldOf(one.group, FOLDS), answerable: isAnswerable(one) };
  });
  const from = Array.from({ length: FOLDS }, (_, out) =>
    threshold(scored.filter(({ fold }) => fold !== out)),
  );
  return scored.map(({ one, order, doubt, fold }) => ({
    set,
    one,
    order,
    answers: doubt < (from[fold] as number),
  }));
}

/** Runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** The same without plural endings. */
export function stemsOf(text: string): string[] {
  return wordsOf(text).map((word) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word));
}

const K1 = 1.2;
const B = 0.75;

function bm25(
  corpus: readonly (readonly string[])[],
): (query: readonly string[], text: readonly string[]) => number {
  const documents = new Map<string, number>();
  for (const text of corpus)
    for (const word of new Set(text)) documents.set(word, (documents.get(word) ?? 0) + 1);
  const usual = corpus.reduce((sum, text) => sum + text.length, 0) / corpus.length;
  return (query, text) => {
    const length = K1 * (1 - B + (B * text.length) / usual);
    let score = 0;
    for (const word of new Set(query)) {
      const times = text.filter((other) => other === word).length;
      const having = documents.get(word) ?? 0;
      const idf = Math.log(1 + (corpus.length - having + 0.5) / (having + 0.5));
      score += (idf * times * (K1 + 1)) / (times + length);
    }
    return score;
  };
}
