import type { Asked, Wanted, Way } from "./asked.ts";
import { beside } from "./phrases.ts";
import { COLUMNS, type Index, NAMES } from "./postings.ts";
import { type Tally, tally } from "./tally.ts";
import type { Weights } from "./weights.ts";

/** Products as the words rate them; the shares are of the query's worth. A rating holds until the next is made. */
export interface Rated {
  /** Those that have at least this share of the query, best first. */
  best(share: number): number[];
  score(n: number): number;
  /** What the product has anywhere. */
  covered(n: number): number;
  /** What it has in its title, brand, category or aliases. */
  named(n: number): number;
}

/**
 * BM25F (Robertson, Zaragoza and Taylor, 2004): what a word is worth is summed over columns, each of its own weight and
 * length, before it saturates.
 */
export function scorer(): (asked: Asked, index: Index, weights: Weights) => Rated {
  const scores = tally();
  const covered = tally();
  const named = tally();
  const strength = tally();
  const inName = tally();

  return (asked, index, weights) => {
    for (const sums of [scores, covered, named]) sums.clear();
    const worths: number[] = [];
    const columns = columnsOf(index, weights);
    for (const wanted of asked.wanted) {
      for (const sums of [strength, inName]) sums.clear();
      const products = holders(wanted, index, columns, strength, inName);
      const worth = Math.log(1 + index.size / (1 + products));
      worths.push(worth);
      for (const n of strength.rows()) {
        const held = strength.of(n);
        scores.add(n, (worth * held * (weights.saturation + 1)) / (weights.saturation + held));
        covered.add(n, worth);
        if (inName.of(n) > 0) named.add(n, worth);
      }
    }
    for (let at = 0; at + 1 < asked.wanted.length; at++)
      for (const n of beside(asked.wanted[at] ?? [], asked.wanted[at + 1] ?? [], index))
        scores.add(n, weights.phrase * Math.min(worths[at] ?? 0, worths[at + 1] ?? 0));
    const total = worths.reduce((sum, one) => sum + one, 0) || 1;
    const score = (n: number) => scores.of(n) * (covered.of(n) / total) ** weights.coverage;
    return {
      best: (share) => {
        const rows = scores.rows().filter((n) => covered.of(n) >= share * total);
        const final = new Map(rows.map((n) => [n, score(n)]));
        return rows.sort((a, b) => (final.get(b) ?? 0) - (final.get(a) ?? 0) || a - b);
      },
      score,
      covered: (n) => covered.of(n) / total,
      named: (n) => named.of(n) / total,
    };
  };
}

/** What one instance adds: `base` of a column, divided by 1 - b + b × (its length / the mean). */
interface Column {
  readonly worth: number;
  readonly free: number;
  readonly perTerm: number;
  readonly named: boolean;
}

function columnsOf(index: Index, { columns, length }: Weights): readonly Column[] {
  return COLUMNS.map((name, at) => ({
    worth: columns[name],
    free: 1 - length[name],
    perTerm: length[name] / (index.lengths.mean[at] ?? 1),
    named: NAMES.includes(at),
  }));
}

/** Adds up how strongly each product holds the word, in any way, and says how many have it in the way most of them do. */
function holders(
  wanted: Wanted,
  index: Index,
  columns: readonly Column[],
  strength: Tally,
  inName: Tally,
): number {
  let most = 0;
  for (const way of wanted) {
    const products =
      way.terms.length === 1
        ? oneTerm(way.terms[0] ?? "", way.worth, index, columns, strength, inName)
        : severalTerms(way, index, columns, strength, inName);
    most = Math.max(most, products);
  }
  return most;
}

function oneTerm(
  term: string,
  worth: number,
  index: Index,
  columns: readonly Column[],
  strength: Tally,
  inName: Tally,
): number {
  const { rows, columns: stands, products } = index.postings(term);
  const lengths = index.lengths.table(rows);
  for (let at = 0; at < rows.length; at++) {
    const n = rows[at] ?? 0;
    const place = stands[at] ?? 0;
    const column = columns[place];
    if (!column) continue;
    const length = lengths[n * COLUMNS.length + place] ?? 0;
    strength.add(n, (worth * column.worth) / (column.free + column.perTerm * length));
    if (column.named) inName.add(n, 1);
  }
  return products;
}

/** A product has them as strongly as it has one of them in the mean. */
function severalTerms(
  { terms, enough, worth }: Way,
  index: Index,
  columns: readonly Column[],
  strength: Tally,
  inName: Tally,
): number {
  const held = tally();
  const sums = tally();
  const names = tally();
  const distinct = new Set(terms);
  for (const term of distinct) {
    const one = tally();
    const name = tally();
    oneTerm(term, 1, index, columns, one, name);
    for (const n of one.rows()) {
      held.add(n, 1);
      sums.add(n, one.of(n));
      if (name.of(n) > 0) names.add(n, 1);
    }
  }
  const least = Math.min(enough, distinct.size);
  let products = 0;
  for (const n of held.rows()) {
    if (held.of(n) < least) continue;
    products++;
    strength.add(n, (worth * sums.of(n)) / distinct.size);
    if (names.of(n) >= least) inName.add(n, 1);
  }
  return products;
}
