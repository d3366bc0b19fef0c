import type { DatabaseSync } from "node:sqlite";
import type { Filters } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { conditionsOf } from "./conditions.ts";

/** Nothing but conditions: what can be had first, then the cheapest. */
export function browser(db: DatabaseSync) {
  return (currency: Currency, filters: Filters, limit: number): readonly number[] => {
    const { sql, values } = conditionsOf(db, filters);
    const listed = (stock: string, most: number) =>
      db
        .prepare(
          `SELECT p.n FROM price c CROSS JOIN product p ON p.n = c.n LEFT JOIN stock k ON k.sku = p.sku
           WHERE ${["c.currency = ?", stock, ...sql].join(" AND ")} ORDER BY c.amount, p.n LIMIT ?`,
        )
        .all(currency, ...values, most)
        .map(({ n }) => Number(n));
    // Two walks along the prices, each of which ends when it has enough, and no sorting of all there is.
    const had = listed("k.on_hand > 0", limit);
    return had.length < limit ? [...had, ...listed("coalesce(k.on_hand, 0) = 0", limit - had.length)] : had;
  };
}
