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
  attribute_held_by_name: 2.12,
  attribute_addressed: 3.33,
  text_addressed: 1.26,
  attribute_held_by_value: 2.2,
  attribute_name_asked: 1.79,
  text_dense: 1.08,
  text_dense_itself: 1.73,
  pairs_held: 0.41,
  digits_held: 0.67,
  topic_other: -1.03,
  package_unasked: -1.66,
  boolean_fits: -1.66,
  boolean_unfit: -1.07,
  count_fits: 0.45,
  figure_fits: 1.24,
  figure_missing: -0.61,
  time_fits: 0.76,
  decides: 1.25,
  unsure: -0.24,
  personal: -0.5,
  attribute: -0.71,
  description: -0.74,
  answer: 0.58,
};

export const SUPPORT: Support = {
  base: -0.201,
  attribute: 1.156,
  slope: 0.642,
  least: 0.785,
};
