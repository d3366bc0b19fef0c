import type { Filters } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { saidIn } from "../lexical/best.ts";
import type { Remote, RemoteQuery, Seen } from "../lexical/remote.ts";
import type { Way } from "../lexical/ways.ts";
import { conditionsOf, performed } from "./conditions.ts";
import type { Queries } from "./database.ts";
import { allOf, anyOf, RANKED } from "./lexemes.ts";
import { answersOf } from "./vocabulary.ts";

/** The catalogue as one transaction sees it. */
export async function catalogueOf(sql: Queries): Promise<Remote> {
  const [row] = await sql.query("SELECT changes, products, terms FROM knowledge");
  const { changes, products, terms } = row as unknown as {
    changes: number;
    products: number;
    terms: number[];
  };
  return {
    changes,
    size: products,
    mean: terms.map((sum) => Math.max(1, sum) / Math.max(1, products)),
    answers: (unknown) => answersOf(sql, unknown),
    candidates: (query, currency, filters, most) => candidates(sql, query, currency, filters, most),
    browsed: (currency, filters, limit) => browsed(sql, currency, filters, limit),
  };
}

/** The best by the share of the query that they hold, and then by PostgreSQL's rank of their names. */
async function candidates(
  sql: Queries,
  { asked, worths, half }: RemoteQuery,
  currency: Currency,
  filters: Filters,
  most: number,
): Promise<Seen> {
  const conditions = await conditionsOf(sql, filters);
  const holding = asked.wanted.map(
    () => "SELECT n, ?::float8 AS worth FROM product WHERE words @@ ?::tsquery",
  );
  const rows = await performed(
    sql,
    `SELECT p.n, p.columns, p.brand, best.in_stock,
       (SELECT count(*) FROM voice v WHERE v.sku = p.sku AND NOT v.by_vendor) AS reviews
     FROM (
       SELECT p.n, coalesce(k.on_hand, 0) > 0 AS in_stock,
         row_number() OVER (ORDER BY h.covered DESC, ts_rank('${RANKED}', p.names, ?::tsquery, 1) DESC, p.n) AS place
       FROM (
         SELECT n, sum(worth) AS covered FROM (${holding.join(" UNION ALL ")}) AS word
         GROUP BY n HAVING sum(worth) >= ?
       ) AS h
       JOIN product p ON p.n = h.n JOIN price c ON c.n = p.n AND c.currency = ? LEFT JOIN stock k ON k.sku = p.sku
       WHERE ${["true", ...conditions.sql].join(" AND ")}
       ORDER BY place LIMIT ?
     ) AS best JOIN product p ON p.n = best.n ORDER BY best.place`,
    [
      anyOf(saidIn(asked)),
      ...asked.wanted.flatMap((wanted, at) => [worths[at] ?? 0, wanted.map(wayQuery).join(" | ")]),
      half,
      currency,
      ...conditions.values,
      most,
    ],
  );
  const seen = rows.map((row) => {
    const columns = row.columns as string[];
    const { n, brand, in_stock, reviews } = row;
    const candidate = { n: Number(n), title: columns[0] ?? "", brand: String(brand) };
    return { columns, candidate: { ...candidate, inStock: in_stock === true, reviews: Number(reviews) } };
  });
  return { rows: seen, partial: false };
}

/** What has some of many terms is found by any of them: how many are enough is seen when it is rated. */
function wayQuery({ terms, enough }: Way): string {
  return `(${enough >= new Set(terms).size ? allOf(terms) : anyOf(terms)})`;
}

/** Nothing but conditions: what can be had first, then the cheapest. */
async function browsed(
  sql: Queries,
  currency: Currency,
  filters: Filters,
  limit: number,
): Promise<readonly number[]> {
  const conditions = await conditionsOf(sql, filters);
  const rows = await performed(
    sql,
    `SELECT p.n FROM price c JOIN product p ON p.n = c.n LEFT JOIN stock k ON k.sku = p.sku
     WHERE ${["c.currency = ?", ...conditions.sql].join(" AND ")}
     ORDER BY coalesce(k.on_hand, 0) > 0 DESC, c.amount, p.n LIMIT ?`,
    [currency, ...conditions.values, limit],
  );
  return rows.map(({ n }) => Number(n));
}
