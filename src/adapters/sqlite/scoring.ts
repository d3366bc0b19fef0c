import type { Asked, Wanted, Way } from "./asked.ts";
import { beside } from "./phrases.ts";
import { COLUMNS, type Index } from "./postings.ts";
import { type Tally, tally } from "./tally.ts";
import type { Weights } from "./weights.ts";

/** Products as the words rate them, best first; the shares are of the query's worth. */
export interface Rated {
  readonly rows: readonly number[];
  score(n: number): number;
  /** What the product has anywhere. */
  covered(n: number): number;
  /** What it has in its title, brand, category or aliases. */
  named(n: number): number;
  /** One bit for each of the query's first words that it is named by. */
  names(n: number): number;
  /** How many terms its title has. */
  words(n: number): number;
}

const NAMES: readonly number[] = ["title", "brand", "category", "aliases"].map((name) =>
  COLUMNS.findIndex((column) => column === name),
);

/** Bits of a whole number that JavaScript can compare. */
const BITS = 31;

/**
 * BM25F (Robertson, Zaragoza and Taylor, 2004): what a word is worth is summed over columns, each of its own weight and
 * length, before it saturates. A rating holds until the next one is made.
 */
export function scorer(): (asked: Asked, index: Index, weights: Weights) => Rated {
  const scores = tally();
  const covered = tally();
  const named = tally();
  const names = tally();
  const strength = tally();
  const inName = tally();

  return (asked, index, weights) => {
    for (const sums of [scores, covered, named, names]) sums.clear();
    const worths: number[] = [];
    for (const [place, wanted] of asked.wanted.entries()) {
      for (const sums of [strength, inName]) sums.clear();
      const products = holders(wanted, index, weights, strength, inName);
      const worth = Math.log(1 + index.size / (1 + products));
      worths.push(worth);
      for (const n of strength.rows()) {
        const held = strength.of(n);
        scores.add(n, (worth * held * (weights.saturation + 1)) / (weights.saturation + held));
        covered.add(n, worth);
        if (inName.of(n) === 0) continue;
        named.add(n, worth);
        if (place < BITS) names.add(n, 2 ** place);
      }
    }
    for (let at = 0; at + 1 < asked.wanted.length; at++)
      for (const n of beside(asked.wanted[at] ?? [], asked.wanted[at + 1] ?? [], index))
        scores.add(n, weights.phrase * Math.min(worths[at] ?? 0, worths[at + 1] ?? 0));
    const total = worths.reduce((sum, one) => sum + one, 0) || 1;
    const score = (n: number) => scores.of(n) * (covered.of(n) / total) ** weights.coverage;
    const final = new Map(scores.rows().map((n) => [n, score(n)]));
    return {
      rows: [...final.keys()].sort((a, b) => (final.get(b) ?? 0) - (final.get(a) ?? 0) || a - b),
      score: (n) => final.get(n) ?? 0,
      covered: (n) => covered.of(n) / total,
      named: (n) => named.of(n) / total,
      names: (n) => names.of(n),
      words: (n) => index.lengths.table(Float64Array.of(n))[n * COLUMNS.length] ?? 0,
    };
  };
}

/** Adds up how strongly each product holds the word, in any way, and says how many have it in the way most of them do. */
function holders(wanted: Wanted, index: Index, weights: Weights, strength: Tally, inName: Tally): number {
  let most = 0;
  for (const way of wanted) {
    const products =
      way.terms.length === 1
        ? oneTerm(way, index, weights, strength, inName)
        : severalTerms(way, index, weights, strength, inName);
    most = Math.max(most, products);
  }
  return most;
}

function oneTerm(
  { terms: [term = ""], worth }: Way,
  index: Index,
  weights: Weights,
  strength: Tally,
  inName: Tally,
): number {
  const postings = index.postings(term);
  const { rows, columns, products } = postings;
  const lengths = index.lengths.table(rows);
  for (let at = 0; at < rows.length; at++) {
    const n = rows[at] ?? 0;
    const column = columns[at] ?? 0;
    const name = COLUMNS[column] ?? "specs";
    const share = (lengths[n * COLUMNS.length + column] ?? 0) / (index.lengths.mean[column] ?? 1);
    const long = 1 + weights.length[name] * (share - 1);
    strength.add(n, (worth * weights.columns[name]) / long);
    if (NAMES.includes(column)) inName.add(n, 1);
  }
  return products;
}

/** A product has them as strongly as it has one of them in the mean. */
function severalTerms(
  { terms, enough, worth }: Way,
  index: Index,
  weights: Weights,
  strength: Tally,
  inName: Tally,
): number {
  const held = tally();
  const sums = tally();
  const names = tally();
  for (const term of new Set(terms)) {
    const one = tally();
    const name = tally();
    oneTerm({ terms: [term], enough: 1, worth: 1 }, index, weights, one, name);
    for (const n of one.rows()) {
      held.add(n, 1);
      sums.add(n, one.of(n));
      if (name.of(n) > 0) names.add(n, 1);
    }
  }
  const distinct = new Set(terms).size;
  const least = Math.min(enough, distinct);
  let products = 0;
  for (const n of held.rows()) {
    if (held.of(n) < least) continue;
    products++;
    strength.add(n, (worth * sums.of(n)) / distinct);
    if (names.of(n) >= least) inName.add(n, 1);
  }
  return products;
}
