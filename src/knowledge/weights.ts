import type { Support, Weights } from "./rank.ts";

/**
 * What each trait says for a piece, and what a score says for its being an answer; learned from the product questions
 * of Amazon's ePQA and semiPQA (developers' halves). `bench answers --fit` prints them; change them through it alone.
 */
export const WEIGHTS: Weights = {
  attribute_held_by_name: 2.139,
  attribute_addressed: 3.275,
  text_addressed: 1.202,
  attribute_held_by_value: 2.223,
  attribute_name_asked: 1.807,
  text_dense: 1.104,
  text_dense_itself: 1.752,
  pairs_held: 0.422,
  digits_held: 0.707,
  topic_other: -1.034,
  package_unasked: -1.660,
  boolean_fits: -1.656,
  boolean_unfit: -1.070,
  count_fits: 0.450,
  figure_fits: 1.212,
  figure_missing: -0.634,
  time_fits: 0.767,
  decides: 1.242,
  unsure: -0.258,
  personal: -0.482,
  attribute: -0.705,
  description: -0.752,
  answer: 0.558,
};

export const SUPPORT: Support = {
  base: -0.248,
  attribute: 1.210,
  slope: 0.649,
  least: 0.804,
};
