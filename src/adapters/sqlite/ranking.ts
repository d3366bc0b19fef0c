import type { DatabaseSync } from "node:sqlite";
import type { Filters, Lookup } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { askedOf } from "./asked.ts";
import { bestOf } from "./best.ts";
import { conditionsOf, RELAXATIONS, without } from "./conditions.ts";
import { indexOf } from "./postings.ts";
import { scorer } from "./scoring.ts";
import { WEIGHTS, type Weights } from "./weights.ts";

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
  const best = bestOf(db);

  return ({ text, filters, currency, limit }, weights = WEIGHTS) => {
    const now = index();
    const asked = askedOf(text, now, weights);
    const unread = !asked.spoken && text.trim() !== "";
    if (unread && Object.keys(filters).length === 0) return { entries: [], relaxed: false };
    const wordless = asked.wanted.length === 0;
    const sought = { asked, index: now, weights, ratings: rate(asked, now, weights) };
    const find = (conditions: Filters) =>
      wordless ? browsed(db, currency, conditions, limit) : best(sought, currency, conditions, limit);
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
