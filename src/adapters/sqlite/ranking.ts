import type { DatabaseSync } from "node:sqlite";
import type { Filters, Lookup } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { conditionsOf, RELAXATIONS, without } from "./conditions.ts";
import { anyWord, everyWord, type Query, queryOf } from "./query.ts";

/** Entries (`entry.n`), best first. */
export interface Hits {
  readonly entries: readonly number[];
  readonly relaxed?: boolean;
}

/** Products by words and conditions. Runs to its end: whoever calls it off ends the thread. */
export function searchProducts(db: DatabaseSync, lookup: Extract<Lookup, { kind: "search" }>): Hits {
  const { text, filters, currency, limit } = lookup;
  const query = queryOf(db, "product", text);
  const unread = !query.spoken && text.trim() !== "";
  if (unread && Object.keys(filters).length === 0) return { entries: [], relaxed: false };
  const find = (conditions: Filters) => ranked(db, query, currency, conditions, limit);
  const exact = find(filters);
  if (exact.length > 0) return { entries: exact, relaxed: false };
  for (const dropped of RELAXATIONS) {
    const fewer = without(filters, dropped);
    const near = fewer === null ? [] : find(fewer);
    if (near.length > 0) return { entries: near, relaxed: true };
  }
  return { entries: [], relaxed: false };
}

/**
 * A product is a hit when it holds at least half of what the query says. But hits count only when one of them is
 * *named* so, by a fifth of the query in its title, brand, category or aliases: when "garmin" stands only deep in
 * lists of compatible devices, the shop has none. Worth goes by rarity, so a missing rare word weighs most.
 */
const ANYWHERE = 0.5;
const NAMED = 0.2;

/** Title, brand, category, aliases, specs, description: long lists of specs must not outweigh a name. */
const WEIGHTS = "5, 2, 5, 2, 0.4, 1.5";

/** Best candidates by bm25 that are looked at more closely. */
const CANDIDATES = 100;

function ranked(
  db: DatabaseSync,
  query: Query,
  currency: Currency,
  filters: Filters,
  limit: number,
): readonly number[] {
  if (query.words.length === 0) return browsed(db, currency, filters, limit);
  const { sql, values } = conditionsOf(db, filters);
  const statement = db.prepare(
    `SELECT p.n, ' ' || w.title || ' ' || w.brand || ' ' || w.category || ' ' || w.aliases || ' ' AS name,
            w.specs || ' ' || w.description || ' ' AS rest
     FROM product_words w CROSS JOIN product p ON p.n = w.rowid
       CROSS JOIN price c ON c.currency = ? AND c.n = p.n LEFT JOIN stock k ON k.sku = p.sku
     WHERE ${["product_words MATCH ?", ...sql].join(" AND ")}
     ORDER BY bm25(product_words, ${WEIGHTS}), coalesce(k.on_hand, 0) > 0 DESC, p.n LIMIT ${CANDIDATES}`,
  );
  const found = new Set<number>();
  let named = false;
  for (const match of [everyWord(query), anyWord(query)]) {
    for (const { n, name, rest } of statement.all(currency, match, ...values)) {
      if (query.coverage(`${name}${rest}`) < ANYWHERE) continue;
      found.add(Number(n));
      named ||= query.coverage(String(name)) >= NAMED;
    }
    if (found.size >= limit) break;
  }
  return named ? [...found].slice(0, limit) : [];
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
