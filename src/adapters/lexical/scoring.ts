import type { Asked } from "./asked.ts";
import { beside } from "./phrases.ts";
import { COLUMNS, NAMES, type Places } from "./postings.ts";
import { type Tally, tally } from "./tally.ts";
import type { Wanted } from "./ways.ts";
import type { Weights } from "./weights.ts";

/** How the words rate products; the shares are of the query's worth. A rating holds until the next is made. */
export interface Rating {
  score(n: number): number;
  /** What the product has anywhere. */
  covered(n: number): number;
  /** What it has in its title, brand, category or aliases. */
  named(n: number): number;
}

export interface Rated extends Rating {
  /** Those that have at least this share of the query, best first. */
  best(share: number): number[];
}

/** Of all products, where only some of them are rated; `products` then says how many have each word of the query. */
export interface Counts {
  readonly size: number;
  readonly products?: readonly number[];
}

/**
 * BM25F (Robertson, Zaragoza and Taylor, 2004): what a word is worth is summed over columns, each of its own weight and
 * length, before it saturates.
 */
export function scorer(): (asked: Asked, places: Places, weights: Weights, all: Counts) => Rated {
  const scores = tally();
  const covered = tally();
  const named = tally();
  const hold = holder();

  return (asked, places, weights, { size, products: known }) => {
    for (const sums of [scores, covered, named]) sums.clear();
    const worths: number[] = [];
    const columns = columnsOf(places, weights);
    for (const [at, wanted] of asked.wanted.entries()) {
      const { products, strength, inName } = hold(wanted, places, columns);
      const worth = worthOf(known?.[at] ?? products, size);
      worths.push(worth);
      for (const n of strength.rows()) {
        const held = strength.of(n);
        scores.add(n, (worth * held * (weights.saturation + 1)) / (weights.saturation + held));
        covered.add(n, worth);
        if (inName.of(n) > 0) named.add(n, worth);
      }
    }
    for (let at = 0; at + 1 < asked.wanted.length; at++)
      for (const n of beside(asked.wanted[at] ?? [], asked.wanted[at + 1] ?? [], places))
        scores.add(n, weights.phrase * Math.min(worths[at] ?? 0, worths[at + 1] ?? 0));
    const total = worths.reduce((sum, one) => sum + one, 0) || 1;
    const score = (n: number) => scores.of(n) * (covered.of(n) / total) ** weights.coverage;
    return {
      best: (share) => {
        const rows = scores.rows().filter((n) => covered.of(n) > (share - EPSILON) * total);
        const final = new Map(rows.map((n) => [n, score(n)]));
        return rows.sort((a, b) => (final.get(b) ?? 0) - (final.get(a) ?? 0) || a - b);
      },
      score,
      covered: (n) => covered.of(n) / total,
      named: (n) => named.of(n) / total,
    };
  };
}

/** Words of half the worth may add up to a hair less than half. */
const EPSILON = 1e-9;

/** How rare a word is among all products. */
export function worthOf(products: number, size: number): number {
  return Math.log(1 + size / (1 + products));
}

/** What one instance adds: `base` of a column, divided by 1 - b + b × (its length / the mean). */
export interface Column {
  readonly worth: number;
  readonly free: number;
  readonly perTerm: number;
  readonly named: boolean;
}

export function columnsOf(
  { lengths }: { readonly lengths: Pick<Places["lengths"], "mean"> },
  { columns, length }: Weights,
): readonly Column[] {
  return COLUMNS.map((name, at) => ({
    worth: columns[name],
    free: 1 - length[name],
    perTerm: length[name] / (lengths.mean[at] ?? 1),
    named: NAMES.includes(at),
  }));
}

interface Holding {
  readonly strength: Tally;
  readonly inName: Tally;
  /** How many products have the word in the first of its ways that any has. */
  readonly products: number;
}

/** How strongly each product holds a word, over all its ways. The tallies are used again for the next word. */
function holder(): (wanted: Wanted, places: Places, columns: readonly Column[]) => Holding {
  const [strength, inName, held, sums, names, one, oneName] = Array.from({ length: 7 }, tally) as Seven;

  return (wanted, places, columns) => {
    strength.clear();
    inName.clear();
    let products = 0;
    for (const { terms, enough, worth } of wanted) {
      const [term = ""] = terms;
      const found =
        terms.length === 1
          ? addTerm(term, worth, places, columns, strength, inName)
          : several(new Set(terms), enough, worth, places, columns);
      products ||= found;
    }
    return { strength, inName, products };
  };

  /** A product has them as strongly as it has one of them in the mean. */
  function several(
    terms: ReadonlySet<string>,
    enough: number,
    worth: number,
    places: Places,
    columns: readonly Column[],
  ): number {
    for (const tallied of [held, sums, names]) tallied.clear();
    for (const term of terms) {
      one.clear();
      oneName.clear();
      addTerm(term, 1, places, columns, one, oneName);
      for (const n of one.rows()) {
        held.add(n, 1);
        sums.add(n, one.of(n));
        if (oneName.of(n) > 0) names.add(n, 1);
      }
    }
    const least = Math.min(enough, terms.size);
    let products = 0;
    for (const n of held.rows()) {
      if (held.of(n) < least) continue;
      products++;
      strength.add(n, (worth * sums.of(n)) / terms.size);
      if (names.of(n) >= least) inName.add(n, 1);
    }
    return products;
  }
}
type Seven = [Tally, Tally, Tally, Tally, Tally, Tally, Tally];

function addTerm(
  term: string,
  worth: number,
  places: Places,
  columns: readonly Column[],
  strength: Tally,
  inName: Tally,
): number {
  const { rows, columns: stands, products } = places.postings(term);
  const lengths = places.lengths.table(rows);
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
