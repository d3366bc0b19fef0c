import type { Trait } from "./traits.ts";

export type Weights = Readonly<Record<Trait, number>>;

/** From a score to how likely the piece answers; attributes, which say little each, by a scale of their own. */
export interface Support {
  readonly base: number;
  readonly attribute: number;
  readonly slope: number;
  /** From this likelihood on it is given as an answer. */
  readonly least: number;
}

/**
 * What each trait says for a piece, and what a score says for its being an answer; learned from the product questions
 * of Amazon's ePQA and semiPQA (developers' halves). `bench answers --fit` prints them; change them through it alone.
 */
export const WEIGHTS: Weights = {
  attribute_held_by_name: 2.14,
  attribute_addressed: 3.27,
  text_addressed: 1.2,
  attribute_held_by_value: 2.22,
  attribute_name_asked: 1.81,
  text_dense: 1.1,
  text_dense_itself: 1.75,
  pairs_held: 0.42,
  digits_held: 0.71,
  topic_other: -1.03,
  package_unasked: -1.66,
  boolean_fits: -1.66,
  boolean_unfit: -1.07,
  count_fits: 0.45,
  figure_fits: 1.21,
  figure_missing: -0.63,
  time_fits: 0.77,
  decides: 1.24,
  unsure: -0.26,
  personal: -0.48,
  attribute: -0.7,
  description: -0.75,
  answer: 0.56,
};

export const SUPPORT: Support = {
  base: -0.248,
  attribute: 1.21,
  slope: 0.649,
  least: 0.804,
};
