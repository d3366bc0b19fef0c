import type { Support, Weights } from "./rank.ts";

/**
 * What each trait says for a piece, and what a score says for its being an answer; learned from the product questions
 * of Amazon's ePQA and semiPQA (developers' halves). `bench answers --fit` prints them; change them through it alone.
 */
export const WEIGHTS: Weights = {
  attribute_held: 2.845,
  attribute_held_by_name: 1.841,
  attribute_held_by_value: 1.988,
  attribute_name_asked: 1.581,
  text_held: 0.743,
  text_dense: 1.041,
  text_dense_itself: 1.700,
  pairs_held: 0.421,
  digits_held: 0.573,
  topics_held: 0.837,
  topic_named: 0.855,
  topic_other: -1.019,
  package_unasked: -1.696,
  boolean_fits: -1.673,
  boolean_unfit: -1.094,
  count_fits: 0.466,
  figure_fits: 1.220,
  figure_missing: -0.658,
  time_fits: 0.786,
  origin_fits: 0.111,
  decides: 1.312,
  unsure: -0.239,
  personal: -0.589,
  length: 0.299,
  attribute: -0.186,
  description: -0.762,
  answer: 0.509,
};

export const SUPPORT: Support = {
  base: -0.647,
  attribute: 1.321,
  slope: 0.626,
  least: 0.792,
};
