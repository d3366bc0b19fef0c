import type { DatabaseSync } from "node:sqlite";
import type { Filters } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { isAccessory, isBeside, isFitted } from "../../knowledge/accessories.ts";
import type { Asked } from "./asked.ts";
import { conditionsOf } from "./conditions.ts";
import type { Index } from "./postings.ts";
import type { Rated } from "./scoring.ts";
import { type Held, soldBy } from "./sold.ts";
import { ANYWHERE, type Weights } from "./weights.ts";

/** A query with what its words rate. */
export interface Sought {
  readonly asked: Asked;
  readonly index: Index;
  readonly weights: Weights;
  readonly ratings: Rated;
}

/** Products that are read at once, best first, until enough of them meet the conditions. */
const BATCH = 64;

interface Found extends Held {
  readonly n: number;
  readonly score: number;
  readonly inStock: number;
  readonly reviews: number;
  readonly words: number;
}

/**
 * The best that meet the conditions, things before what is bought for them. Of equals those in stock come first, those
 * most reviewed, those of a shorter name. Nothing when the shop has no such thing.
 */
export function bestOf(db: DatabaseSync) {
  const isSold = soldBy(db);
  const readAny = db.prepare(reading([]));
  return (
    { asked, index, weights, ratings }: Sought,
    currency: Currency,
    filters: Filters,
    limit: number,
  ): readonly number[] => {
    const { sql, values } = conditionsOf(db, filters);
    const read = sql.length === 0 ? readAny : db.prepare(reading(sql));
    const said = new Set(asked.wanted.flatMap((ways) => ways.flatMap(({ terms }) => terms)));
    const wantsAccessory = [...said].some(isAccessory);

    const found: Found[] = [];
    const rows = ratings.best(ANYWHERE);
    for (let at = 0, size = Math.max(BATCH, limit); at < rows.length; at += size, size *= 2) {
      const some = JSON.stringify(rows.slice(at, at + size));
      for (const row of read.all(some, currency, ...values)) found.push(looked(row));
      if (found.length >= limit) break;
    }
    if (!isSold(found, asked, index, said, wantsAccessory || asked.wanted.length === 1)) return [];
    return found
      .sort(byWorth)
      .slice(0, limit)
      .map(({ n }) => n);

    function looked(row: Record<string, unknown>): Found {
      const n = Number(row.n);
      const title = String(row.title).split(" ");
      const beside = !wantsAccessory && isBeside(title, said);
      const named = ratings.named(n);
      // Who names a maker and its code means that very thing, be it a case.
      const itself = () =>
        named > 1 - EPSILON && [...said].some((term) => String(row.brand).includes(` ${term} `));
      return {
        n,
        score: rounded(ratings.score(n) * (beside ? weights.accessory : 1)),
        inStock: Number(row.in_stock),
        reviews: much(Number(row.reviews)),
        words: title.length,
        covered: ratings.covered(n),
        named,
        fitted: beside && isFitted(title, said) && !itself(),
      };
    }
  };
}

const EPSILON = 1e-9;

function reading(conditions: readonly string[]): string {
  return `SELECT p.n AS n, w.title AS title, p.brand AS brand, coalesce(k.on_hand, 0) > 0 AS in_stock,
            (SELECT count(*) FROM voice v WHERE v.sku = p.sku AND v.by_vendor = 0) AS reviews
          FROM json_each(?) j CROSS JOIN product p ON p.n = j.value CROSS JOIN product_words w ON w.rowid = p.n
            CROSS JOIN price c ON c.currency = ? AND c.n = p.n LEFT JOIN stock k ON k.sku = p.sku
          WHERE ${["1", ...conditions].join(" AND ")}`;
}

function byWorth(a: Found, b: Found): number {
  return (
    b.score - a.score || b.inStock - a.inStock || b.reviews - a.reviews || a.words - b.words || a.n - b.n
  );
}

/** A few reviews more are chance: what counts is five times as many. */
function much(reviews: number): number {
  return Math.floor(Math.log(1 + reviews) / Math.log(5));
}

/** Scores that differ by less are equal. */
function rounded(score: number): number {
  return Math.round(score * 1e3);
}
