/** One way in which a product can have a word of the query: at least `enough` of the terms. */
export interface Way {
  readonly terms: readonly string[];
  readonly enough: number;
  readonly worth: number;
}

/** A word of the query, as the catalogue may have it. The first way that any product has says how rare the word is. */
export type Wanted = readonly Way[];

/**
 * How many products have a word: in the first of its ways that any has. Of several terms no more can have all than have the
 * rarest. Every frequency is asked for, so that a vocabulary that has to be learned is learned at once.
 */
export function productsWith(wanted: Wanted, frequency: (term: string) => number): number {
  const each = wanted.map(({ terms }) => Math.min(...terms.map(frequency)));
  return each.find((products) => products > 0) ?? 0;
}
