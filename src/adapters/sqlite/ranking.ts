import type { DatabaseSync } from "node:sqlite";
import type { Filters, Lookup } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { type Asked, askedOf } from "../lexical/asked.ts";
import { bestOf, saidIn } from "../lexical/best.ts";
import type { Hits } from "../lexical/hits.ts";
import { placesOf } from "../lexical/places.ts";
import { RELAXATIONS, without } from "../lexical/relaxing.ts";
import { type Rating, scorer } from "../lexical/scoring.ts";
import { ANYWHERE, WEIGHTS, type Weights } from "../lexical/weights.ts";
import { browser } from "./browsing.ts";
import { candidatesIn, type Met } from "./candidates.ts";
import { nominator } from "./nominate.ts";
import { type Index, indexOf } from "./postings.ts";
import type { Sealed } from "./sealed.ts";

type ProductLookup = Extract<Lookup, { kind: "search" }>;

/** Finds the best that meet some conditions among what the words of one query rate. */
type Finder = (filters: Filters, currency: Currency, limit: number) => Hits;

/** Products by words and conditions; `late` says that time is up. */
export function productSearch(
  db: DatabaseSync,
): (lookup: ProductLookup, weights?: Weights, late?: () => boolean) => Hits {
  const index = indexOf(db);
  const browsed = browser(db);
  const rated = ratedIn(db);
  const nominated = nominatedIn(db);

  return ({ text, filters, currency, limit }, weights = WEIGHTS, late = () => false) => {
    const now = index();
    const asked = askedOf(text, now, weights);
    const unread = !asked.spoken && text.trim() !== "";
    if (unread && Object.keys(filters).length === 0) return { entries: [], relaxed: false };
    const find: Finder =
      asked.wanted.length === 0
        ? (conditions) => ({ entries: browsed(currency, conditions, limit) })
        : now.sealed === null
          ? rated(asked, now, weights, late)
          : nominated(asked, now, now.sealed, weights, late);
    const exact = find(filters, currency, limit);
    if (exact.entries.length > 0 || exact.partial) return { ...exact, relaxed: false };
    for (const dropped of RELAXATIONS) {
      const fewer = without(filters, dropped);
      if (fewer === null) continue;
      const near = find(fewer, currency, limit);
      if (near.entries.length > 0 || near.partial) return { ...near, relaxed: near.entries.length > 0 };
    }
    return { entries: [], relaxed: false };
  };
}

/** Products that are read at once, best first, until enough of them meet the conditions. */
const BATCH = 64;

/** Every product that holds a word is rated exactly. */
function ratedIn(db: DatabaseSync) {
  const rate = scorer();
  const read = candidatesIn(db);
  return (asked: Asked, index: Index, weights: Weights, late: () => boolean): Finder => {
    const rating = rate(asked, index.places, weights, index);
    const rows = rating.best(ANYWHERE);
    return (filters, currency, limit) => {
      const met = read(doubling(rows, Math.max(BATCH, limit)), currency, filters, limit, late);
      return hits(met, asked, index, weights, rating, limit);
    };
  };
}

function* doubling(rows: readonly number[], first: number): Generator<readonly number[]> {
  for (let at = 0, size = first; at < rows.length; at += size, size *= 2) yield rows.slice(at, at + size);
}

/** Rated exactly for each that is asked for: what is rated alike roughly may come in another order. */
const DEEPER = 2;
const NOMINATED = 64;

/** The best by a rough rating are rated exactly, from their own words. */
function nominatedIn(db: DatabaseSync) {
  const rate = scorer();
  const nominate = nominator();
  const read = candidatesIn(db);
  const texts = textsIn(db);
  return (asked: Asked, index: Index, sealed: Sealed, weights: Weights, late: () => boolean): Finder => {
    const { batches, products, partial } = nominate(asked, sealed, index.size, weights, late);
    const said = saidIn(asked);
    const { mean } = index.places.lengths;
    return (filters, currency, limit) => {
      const enough = Math.max(NOMINATED, limit * DEEPER);
      const met = read(batches(enough), currency, filters, enough, late);
      const rows = met.candidates.map(({ n }) => n);
      const rating = rate(asked, placesOf(texts(rows), said, mean), weights, { size: index.size, products });
      const place = new Map(rows.map((n, at) => [n, at]));
      const of = (n: number) => place.get(n) ?? 0;
      const byRow: Rating = {
        score: (n) => rating.score(of(n)),
        covered: (n) => rating.covered(of(n)),
        named: (n) => rating.named(of(n)),
      };
      return hits({ ...met, partial: met.partial || partial }, asked, index, weights, byRow, limit);
    };
  };
}

function hits(
  { candidates, partial }: Met,
  asked: Asked,
  index: Index,
  weights: Weights,
  rating: Rating,
  limit: number,
): Hits {
  const entries = bestOf(candidates, asked, index, weights, rating, limit);
  return partial ? { entries, partial } : { entries };
}

/** The terms of products, column by column, in the order asked. */
function textsIn(db: DatabaseSync) {
  const read = db.prepare(
    `SELECT c0, c1, c2, c3, c4, c5 FROM json_each(?) j CROSS JOIN product_words_content w ON w.id = j.value
     ORDER BY j.key`,
  );
  read.setReturnArrays(true);
  return (rows: readonly number[]) => read.all(JSON.stringify(rows)) as unknown as string[][];
}
