import type { DatabaseSync } from "node:sqlite";
import type { Filters, Lookup } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { isAccessory, isFor } from "../../knowledge/accessories.ts";
import { type Asked, askedOf } from "./asked.ts";
import { conditionsOf, RELAXATIONS, without } from "./conditions.ts";
import { indexOf } from "./postings.ts";
import { type Rated, scorer } from "./scoring.ts";
import { type Held, isSold } from "./sold.ts";
import { ANYWHERE, WEIGHTS, type Weights } from "./weights.ts";

/** Entries (`entry.n`), best first. */
export interface Hits {
  readonly entries: readonly number[];
  readonly relaxed?: boolean;
}

type ProductLookup = Extract<Lookup, { kind: "search" }>;

/** Products by words and conditions. Runs to its end: whoever calls it off ends the thread. */
export function productSearch(db: DatabaseSync): (lookup: ProductLookup, weights?: Weights) => Hits {
  const index = indexOf(db);
  const rate = scorer();

  return ({ text, filters, currency, limit }, weights = WEIGHTS) => {
    const now = index();
    const asked = askedOf(text, now, weights);
    const unread = !asked.spoken && text.trim() !== "";
    if (unread && Object.keys(filters).length === 0) return { entries: [], relaxed: false };
    const ratings = asked.wanted.length === 0 ? null : rate(asked, now, weights);
    const find = (conditions: Filters) =>
      ratings === null
        ? browsed(db, currency, conditions, limit)
        : ranked(db, { asked, ratings, weights }, currency, conditions, limit);
    const exact = find(filters);
    if (exact.length > 0) return { entries: exact, relaxed: false };
    for (const dropped of RELAXATIONS) {
      const fewer = without(filters, dropped);
      const near = fewer === null ? [] : find(fewer);
      if (near.length > 0) return { entries: near, relaxed: true };
    }
    return { entries: [], relaxed: false };
  };
}

/** Products that are read at once, best first, until enough of them meet the conditions. */
const BATCH = 128;

interface Found extends Held {
  readonly n: number;
  readonly score: number;
  readonly had: number;
  readonly reviews: number;
  readonly words: number;
}

/**
 * The best that meet the conditions, things before what is bought for them. Of equals those in stock come first, those
 * most reviewed, those of a shorter name. Nothing when the shop has no such thing (see `weights.ts`).
 */
function ranked(
  db: DatabaseSync,
  { asked, ratings, weights }: { asked: Asked; ratings: Rated; weights: Weights },
  currency: Currency,
  filters: Filters,
  limit: number,
): readonly number[] {
  const fitting = ratings.rows.filter((n) => ratings.covered(n) >= ANYWHERE);
  const { sql, values } = conditionsOf(db, filters);
  const statement = db.prepare(
    `SELECT p.n AS n, w.title AS title, p.brand AS brand, coalesce(k.on_hand, 0) > 0 AS had,
            (SELECT count(*) FROM voice v WHERE v.sku = p.sku AND v.by_vendor = 0) AS reviews
     FROM json_each(?) j CROSS JOIN product p ON p.n = j.value CROSS JOIN product_words w ON w.rowid = p.n
       CROSS JOIN price c ON c.currency = ? AND c.n = p.n LEFT JOIN stock k ON k.sku = p.sku
     WHERE ${["1", ...sql].join(" AND ")}`,
  );
  const said = new Set(asked.wanted.flatMap((ways) => ways.flatMap(({ terms }) => terms)));
  const wantsAccessory = [...said].some(isAccessory);
  const found: Found[] = [];
  for (let at = 0, size = Math.max(BATCH, limit); at < fitting.length; at += size, size *= 2) {
    for (const row of statement.all(JSON.stringify(fitting.slice(at, at + size)), currency, ...values)) {
      const n = Number(row.n);
      const aside = !wantsAccessory && isFor(String(row.title).split(" "), said);
      found.push({
        ...{ n, score: order(ratings.score(n) * (aside ? weights.accessory : 1)), had: Number(row.had) },
        ...{ reviews: much(Number(row.reviews)), words: ratings.words(n) },
        ...{ covered: ratings.covered(n), named: ratings.named(n), names: ratings.names(n) },
        aside: aside && ![...said].some((term) => String(row.brand).includes(` ${term} `)),
      });
    }
    if (found.length >= limit) break;
  }
  if (!isSold(found, wantsAccessory || asked.wanted.length === 1)) return [];
  found.sort(
    (a, b) => b.score - a.score || b.had - a.had || b.reviews - a.reviews || a.words - b.words || a.n - b.n,
  );
  return found.slice(0, limit).map(({ n }) => n);
}

/** A few reviews more are chance: what counts is five times as many. */
function much(reviews: number): number {
  return Math.floor(Math.log(1 + reviews) / Math.log(5));
}

/** Scores that differ by less than rounding are equal. */
function order(score: number): number {
  return Math.round(score * 1e3);
}

/** Nothing but conditions: what can be had first, then the cheapest. */
function browsed(db: DatabaseSync, currency: Currency, filters: Filters, limit: number): readonly number[] {
  const { sql, values } = conditionsOf(db, filters);
  const rows = db
    .prepare(
      `SELECT p.n FROM price c CROSS JOIN product p ON p.n = c.n LEFT JOIN stock k ON k.sku = p.sku
       WHERE ${["c.currency = ?", ...sql].join(" AND ")}
       ORDER BY coalesce(k.on_hand, 0) > 0 DESC, c.amount, p.n LIMIT ?`,
    )
    .all(currency, ...values, limit);
  return rows.map(({ n }) => Number(n));
}
