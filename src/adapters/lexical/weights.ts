import type { COLUMNS } from "./postings.ts";

/** What a search weighs by. `npm run -s bench -- search` chooses among neighbours of these with one query left out. */
export interface Weights {
  /** Worth of a word by where it stands: long lists of specs must not outweigh a name. */
  readonly columns: Readonly<Record<(typeof COLUMNS)[number], number>>;
  /** 0 to 1: how much the length of a column counts against it. Short ones are lists of codes or one name. */
  readonly length: Readonly<Record<(typeof COLUMNS)[number], number>>;
  /** How soon more of the same word stops counting (k1 of BM25). */
  readonly saturation: number;
  /** Exponent of the share of the query that a product has. */
  readonly coverage: number;
  /** Worth of two words beside each other as they were in the query, to that of one word. */
  readonly phrase: number;
  /** Worth of another name for the same to the name that was said. */
  readonly synonym: number;
  /** Worth of a word that is there only in its parts. */
  readonly parts: number;
  /** Worth of the number of a measure without its unit. */
  readonly number: number;
  /** Worth of what is bought for a thing to the thing itself, for who did not ask for the former. */
  readonly accessory: number;
}

export const WEIGHTS: Weights = {
  columns: { title: 5, brand: 1, category: 4, aliases: 1, specs: 0.4, description: 2 },
  length: { title: 0.6, brand: 0.6, category: 0.6, aliases: 0.6, specs: 0.6, description: 0.6 },
  saturation: 0.6,
  coverage: 1,
  phrase: 0.2,
  synonym: 0.1,
  parts: 0.8,
  number: 0.2,
  accessory: 0.9,
};

/**
 * A product is a hit when it holds at least half of what the query says. But hits count only when one of them is
 * *named* so, by a fifth of the query in its title, brand, category or aliases: when "garmin" stands only deep in
 * lists of compatible devices, the shop has none. Worth goes by rarity, so a missing rare word weighs most.
 */
export const ANYWHERE = 0.5;
export const NAMED = 0.2;
