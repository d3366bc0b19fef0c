/** One way in which a product can have a word of the query: at least `enough` of the terms. */
export interface Way {
  readonly terms: readonly string[];
  readonly enough: number;
  readonly worth: number;
}

/** A word of the query, as the catalogue may have it. The first way that any product has says how rare the word is. */
export type Wanted = readonly Way[];
