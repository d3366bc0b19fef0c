import type { Entry } from "../../domain/entry.ts";
import { type ProductRows, type Rows, rowsOf } from "../lexical/rows.ts";
import { spaced, written } from "../lexical/words.ts";
import type { Queries } from "./database.ts";
import { namesVector, productVector, textVector } from "./lexemes.ts";
import { PROJECTIONS } from "./schema.ts";

interface Live {
  readonly n: number;
  readonly entry: Entry;
}
type Of<K extends Rows["kind"]> = readonly {
  readonly n: number;
  readonly rows: Extract<Rows, { kind: K }>;
}[];

/** Puts what searches read of entries that came to life. */
export async function project(tx: Queries, entries: readonly Live[]): Promise<void> {
  const all = entries.map(({ n, entry }) => ({ n, rows: rowsOf(entry) }));
  const of = <K extends Rows["kind"]>(kind: K) =>
    all.filter(({ rows }) => rows.kind === kind) as unknown as Of<K>;
  await products(tx, of("product"));
  await tx.query(
    "INSERT INTO bundle_part (sku, n) SELECT sku, n FROM jsonb_to_recordset($1) AS b (sku text, n bigint)",
    [tx.json(of("bundle").flatMap(({ n, rows }) => rows.skus.map((sku) => ({ n, sku: written(sku) }))))],
  );
  await tx.query(
    `INSERT INTO voice SELECT n, sku, by_vendor, date, words::tsvector
     FROM jsonb_to_recordset($1) AS v (n bigint, sku text, by_vendor boolean, date text, words text)`,
    [
      tx.json(
        of("voice").map(({ n, rows }) => ({
          ...{ n, sku: written(rows.sku), by_vendor: rows.by_vendor === 1, date: rows.date },
          words: textVector(rows.text),
        })),
      ),
    ],
  );
  await tx.query(
    `INSERT INTO passage SELECT n, lang, text, words::tsvector
     FROM jsonb_to_recordset($1) AS p (n bigint, lang text, text text, words text)`,
    [
      tx.json(
        of("passage").map(({ n, rows: { lang, title, text } }) => ({
          ...{ n, lang, text: ` ${title} ${text} ` },
          words: textVector(title, text),
        })),
      ),
    ],
  );
  await count(
    tx,
    of("product").map(({ n }) => n),
    1,
  );
}

/** Takes away what searches read of entries that are no longer live. */
export async function unproject(tx: Queries, numbers: readonly number[]): Promise<void> {
  await count(tx, numbers, -1);
  for (const table of PROJECTIONS) await tx.query(`DELETE FROM ${table} WHERE n = ANY($1)`, [[...numbers]]);
}

async function products(tx: Queries, all: Of<"product">): Promise<void> {
  if (all.length === 0) return;
  await tx.query(
    `INSERT INTO product SELECT n, sku, brand, category, names::tsvector, ARRAY(SELECT jsonb_array_elements_text(columns)), words::tsvector
     FROM jsonb_to_recordset($1)
       AS p (n bigint, sku text, brand text, category text, names text, columns jsonb, words text)`,
    [
      tx.json(
        all.map(({ n, rows: { sku, brand, category, columns } }) => ({
          ...{ n, sku: written(sku), brand, category, columns: [...columns] },
          names: namesVector(columns),
          words: productVector(columns),
        })),
      ),
    ],
  );
  const prices = all.flatMap(({ n, rows }) =>
    rows.prices.map(([currency, amount]) => ({ n, currency, amount })),
  );
  await tx.query(
    `INSERT INTO price (currency, n, amount)
     SELECT currency, n, amount FROM jsonb_to_recordset($1) AS p (currency text, n bigint, amount bigint)`,
    [tx.json(prices)],
  );
  await specs(tx, all);
}

async function specs(tx: Queries, all: readonly { n: number; rows: ProductRows }[]): Promise<void> {
  const names = [...new Set(all.flatMap(({ rows }) => rows.specs.map(({ key }) => key)))];
  await tx.query(
    `INSERT INTO spec_key (name, words) SELECT name, words FROM jsonb_to_recordset($1) AS k (name text, words text)
     ON CONFLICT (name) DO NOTHING`,
    [tx.json(names.map((name) => ({ name: written(name), words: spaced(name) })))],
  );
  const rows = all.flatMap(({ n, rows }) =>
    rows.specs.map(({ key, number, unit, text }, place) => ({
      n,
      key: written(key),
      place,
      number,
      unit,
      text,
    })),
  );
  await tx.query(
    `INSERT INTO spec SELECT s.n, k.key, s.place, s.number, s.unit, s.text
     FROM jsonb_to_recordset($1)
       AS s (n bigint, key text, place integer, number double precision, unit text, text text)
     JOIN spec_key k ON k.name = s.key`,
    [tx.json(rows)],
  );
}

/** Counts the words of products in (`sign` 1) or out (-1), and says that something changed. */
async function count(tx: Queries, numbers: readonly number[], sign: 1 | -1): Promise<void> {
  await tx.query(
    `INSERT INTO term AS t (term, products)
       SELECT w.term, ${sign} * count(*) FROM product p, unnest(tsvector_to_array(p.words)) AS w (term)
       WHERE p.n = ANY($1) GROUP BY w.term
     ON CONFLICT (term) DO UPDATE SET products = t.products + excluded.products`,
    [[...numbers]],
  );
  const lengths = Array.from(
    { length: 6 },
    (_, at) =>
      `terms[${at + 1}] + ${sign} * coalesce((SELECT sum(cardinality(string_to_array(nullif(columns[${at + 1}], ''), ' ')))
        FROM product WHERE n = ANY($1)), 0)`,
  );
  await tx.query(
    `UPDATE knowledge SET changes = changes + 1, terms = ARRAY[${lengths.join(", ")}]::bigint[],
       products = products + ${sign} * (SELECT count(*) FROM product WHERE n = ANY($1))`,
    [[...numbers]],
  );
}
