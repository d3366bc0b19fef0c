/** Columns a product's words stand in, in order. */
export const COLUMNS = ["title", "brand", "category", "aliases", "specs", "description"] as const;

/** Those of them a product is named in. */
export const NAMES: readonly number[] = (["title", "brand", "category", "aliases"] as const).map((name) =>
  COLUMNS.indexOf(name),
);

/** The instances of a term, product by product: whose, in which column (as in `COLUMNS`), at which place of it. */
export interface Postings {
  readonly rows: Float64Array;
  readonly columns: Uint8Array;
  readonly places: Uint16Array;
  /** How many products have it. */
  readonly products: number;
}

/** How long the columns of products are, in terms. */
export interface Lengths {
  /** Mean length of each column. */
  readonly mean: readonly number[];
  /** `columns` numbers a product, those of row n from `n * columns` on; filled for the rows that were asked for. */
  table(rows: Float64Array): Uint16Array;
}

/** Where terms stand: in all products of a shop, or in a few that were picked out of it. */
export interface Places {
  readonly lengths: Lengths;
  postings(term: string): Postings;
}

/** What a query is put right by: the words of a whole catalogue as it stands at one moment. */
export interface Vocabulary {
  /** Products there are. */
  readonly size: number;
  /** How many products have the term. */
  frequency(term: string): number;
  /** Terms of `least` to `most` characters that begin so, with how many products have each. */
  beginning(prefix: string, least: number, most: number): readonly (readonly [term: string, n: number])[];
  /** Whether any product has the second right after the first, but in its specs. */
  together(first: string, second: string): boolean;
  /** The titles, as `spaced()` terms, of at most `most` products that are named by the term. */
  named(term: string, most: number): readonly string[];
}
