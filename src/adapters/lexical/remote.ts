import type { Filters, Lookup } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { type Asked, askedOf } from "./asked.ts";
import { bestOf, type Candidate, saidIn } from "./best.ts";
import type { Hits } from "./hits.ts";
import { type Known, learnedBy, type Unknown } from "./learning.ts";
import { placesOf } from "./places.ts";
import type { Vocabulary } from "./postings.ts";
import { RELAXATIONS, without } from "./relaxing.ts";
import { scorer, worthOf } from "./scoring.ts";
import { productsWith } from "./ways.ts";
import { ANYWHERE, WEIGHTS } from "./weights.ts";

/** A catalogue as it stands at one moment, on a server that is asked over a wire. */
export interface Remote {
  /** Changes whenever anything does. */
  readonly changes: number | string;
  readonly size: number;
  /** Mean length of each column, in terms. */
  readonly mean: readonly number[];
  answers(unknown: readonly Unknown[]): Promise<readonly unknown[]>;
  /** The best by its own lights of those that hold `half` of the query's worth and meet the conditions. */
  candidates(query: RemoteQuery, currency: Currency, filters: Filters, most: number): Promise<Seen>;
  /** Nothing but conditions: what can be had first, then the cheapest. */
  browsed(currency: Currency, filters: Filters, limit: number): Promise<readonly number[]>;
}

export interface RemoteQuery {
  readonly asked: Asked;
  /** What each word of it is worth, and what half of all is. */
  readonly worths: readonly number[];
  readonly half: number;
}

export interface Seen {
  readonly rows: readonly { readonly candidate: Candidate; readonly columns: readonly string[] }[];
  readonly partial: boolean;
}

type ProductLookup = Extract<Lookup, { kind: "search" }>;

/**
 * Products by words and conditions: the server finds candidates, and they are rated as everywhere, from their words. What
 * was learnt of its words is kept until it changes.
 */
export function remoteSearch(): (remote: Remote, lookup: ProductLookup) => Promise<Hits> {
  const rate = scorer();
  let changes: Remote["changes"] = "";
  let known: Known = new Map();

  return async (remote, { text, filters, currency, limit }) => {
    const { size, mean } = remote;
    if (remote.changes !== changes || known.size > KNOWN) [changes, known] = [remote.changes, new Map()];
    const learn = <T>(work: (vocabulary: Vocabulary) => T) => learnedBy(work, size, known, remote.answers);
    const asked = await learn((vocabulary) => askedOf(text, vocabulary, WEIGHTS));
    if (!asked.spoken && text.trim() !== "" && Object.keys(filters).length === 0)
      return { entries: [], relaxed: false };
    const products = await learn(({ frequency }) => asked.wanted.map((one) => productsWith(one, frequency)));
    const worths = products.map((many) => worthOf(many, size));
    const half = (ANYWHERE - EPSILON) * worths.reduce((sum, one) => sum + one, 0);

    return relaxing(filters, async (conditions) => {
      if (asked.wanted.length === 0) return { entries: await remote.browsed(currency, conditions, limit) };
      const most = Math.max(CANDIDATES, limit * 2);
      const { rows, partial } = await remote.candidates({ asked, worths, half }, currency, conditions, most);
      const places = placesOf(
        rows.map(({ columns }) => columns),
        saidIn(asked),
        mean,
      );
      const entries = await learn((vocabulary) => {
        const rating = rate(asked, places, WEIGHTS, { size, products });
        const candidates = rows.map(({ candidate }, n) => ({ ...candidate, n }));
        const best = bestOf(candidates, asked, vocabulary, WEIGHTS, rating, limit);
        return best.map((at) => rows[at]?.candidate.n ?? 0);
      });
      return partial ? { entries, partial } : { entries };
    });
  };
}

/** Products that are rated exactly. */
const CANDIDATES = 256;

/** Answers about words that are kept. */
const KNOWN = 20_000;

const EPSILON = 1e-9;

async function relaxing(filters: Filters, find: (conditions: Filters) => Promise<Hits>): Promise<Hits> {
  const exact = await find(filters);
  if (exact.entries.length > 0 || exact.partial) return { ...exact, relaxed: false };
  for (const dropped of RELAXATIONS) {
    const fewer = without(filters, dropped);
    if (fewer === null) continue;
    const near = await find(fewer);
    if (near.entries.length > 0 || near.partial) return { ...near, relaxed: near.entries.length > 0 };
  }
  return { entries: [], relaxed: false };
}
