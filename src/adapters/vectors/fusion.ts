import type { Near } from "./nearest-worker.ts";

/** Reciprocal rank fusion's only constant (Cormack, Clarke and Büttcher, SIGIR 2009): how little the first places differ. */
const K = 60;

/**
 * What a place among the words counts, to one by nearness. On catalogues well-weighed words are ahead of vectors, and fusing
 * the two as equals loses what words had (dtunkelang/bag-of-documents, over ESCI). `bench search` tells what one's own model brings.
 */
const WORDS = 2;

/**
 * What words found and what lies near, in one order. What words have not found comes in only where it lies at least as near
 * as the middle one of the first they have found: no bound on a cosine means the same for two models.
 */
export function fused(words: readonly string[], near: readonly Near[], first: number): readonly string[] {
  const cosines = new Map(near);
  const own = words.slice(0, first).flatMap((sku) => cosines.get(sku) ?? []);
  const middle = own.toSorted((a, b) => b - a)[Math.floor((own.length - 1) / 2)];
  // None of what words found has a vector yet: there is nothing to measure by.
  if (middle === undefined) return words;
  const found = new Set(words);
  const admitted = near.filter(([sku, cosine]) => found.has(sku) || cosine >= middle);
  const byNearness = admitted.toSorted((a, b) => b[1] - a[1]).map(([sku]) => sku);
  const scores = new Map<string, number>();
  for (const [ranking, weight] of [
    [words, WORDS],
    [byNearness, 1],
  ] as const)
    for (const [at, sku] of ranking.entries())
      scores.set(sku, (scores.get(sku) ?? 0) + weight / (K + at + 1));
  // Of equals the one that words put first: sorting is stable, and words went in first.
  return [...scores].sort((a, b) => b[1] - a[1]).map(([sku]) => sku);
}
