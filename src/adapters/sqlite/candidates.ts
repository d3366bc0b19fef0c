import type { DatabaseSync } from "node:sqlite";
import type { Filters } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import type { Candidate } from "../lexical/best.ts";
import { conditionsOf } from "./conditions.ts";

/** What meets the conditions, of products that come in batches, best first. */
export interface Met {
  readonly candidates: readonly Candidate[];
  /** Time was up before enough were found or all were looked at. */
  readonly partial: boolean;
}

/** Reads batch after batch until `enough` are found. `late` says that time is up. */
export function candidatesIn(db: DatabaseSync) {
  const readAny = db.prepare(reading([]));
  return (
    batches: Iterable<readonly number[]>,
    currency: Currency,
    filters: Filters,
    enough: number,
    late: () => boolean,
  ): Met => {
    const { sql, values } = conditionsOf(db, filters);
    const read = sql.length === 0 ? readAny : db.prepare(reading(sql));
    const candidates: Candidate[] = [];
    for (const rows of batches) {
      for (const row of read.all(JSON.stringify(rows), currency, ...values))
        candidates.push(candidateOf(row));
      if (candidates.length >= enough) break;
      if (late()) return { candidates, partial: true };
    }
    return { candidates, partial: false };
  };
}

/** A statement that reads candidates among `rows` (with their numbers as `value`) that meet the conditions. */
export function reading(conditions: readonly string[], rows = "json_each(?)"): string {
  return `SELECT p.n AS n, w.c0 AS title, p.brand AS brand, coalesce(k.on_hand, 0) > 0 AS in_stock,
            (SELECT count(*) FROM voice v WHERE v.sku = p.sku AND v.by_vendor = 0) AS reviews
          FROM ${rows} j CROSS JOIN product p ON p.n = j.value CROSS JOIN product_words_content w ON w.id = p.n
            CROSS JOIN price c ON c.currency = ? AND c.n = p.n LEFT JOIN stock k ON k.sku = p.sku
          WHERE ${["1", ...conditions].join(" AND ")}`;
}

export function candidateOf(row: Record<string, unknown>): Candidate {
  return {
    n: Number(row.n),
    title: String(row.title),
    brand: String(row.brand),
    inStock: row.in_stock === 1,
    reviews: Number(row.reviews),
  };
}
