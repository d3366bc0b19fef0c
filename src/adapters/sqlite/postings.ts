import type { DatabaseSync } from "node:sqlite";
import { type Lengths, lengthsOf } from "./lengths.ts";

/** Columns of `product_words`, in order. */
export const COLUMNS = ["title", "brand", "category", "aliases", "specs", "description"] as const;

/** Those of them a product is named in. */
export const NAMES: readonly number[] = (["title", "brand", "category", "aliases"] as const).map((name) =>
  COLUMNS.indexOf(name),
);

/** The instances of a term, product by product: whose, in which column (as in `COLUMNS`), at which place of it. */
export interface Postings {
  readonly rows: Float64Array;
  readonly columns: Uint8Array;
  readonly places: Uint16Array;
  /** How many products have it. */
  readonly products: number;
}

/** The index of product words as it stands at one moment. */
export interface Index {
  /** Products there are. */
  readonly size: number;
  readonly lengths: Lengths;
  postings(term: string): Postings;
  /** How many products have the term, without reading where. */
  frequency(term: string): number;
  /** Terms of `least` to `most` characters that begin so, with how many products have each. */
  beginning(prefix: string, least: number, most: number): readonly (readonly [term: string, n: number])[];
}

/**
 * FTS5 keeps the words and finds them, but its bm25() has fixed constants and reads every row's size anew: so where
 * terms stand is read from its vocabulary and weighed outside. What was read is kept until a load changes anything.
 * The vocabulary is a temporary table that holds nothing, so that a handle that only reads may make it.
 */
export function indexOf(db: DatabaseSync): () => Index {
  db.exec(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.product_instances USING fts5vocab(main, product_words, instance)",
  );
  const column = COLUMNS.map((name, at) => `WHEN '${name}' THEN ${at}`).join(" ");
  const sql = {
    changes: db.prepare("SELECT changes FROM knowledge"),
    size: db.prepare("SELECT count(*) AS n FROM product"),
    // One text for all: a row each would cost more to hand over than to find.
    instances: db.prepare(
      `SELECT json_group_array((doc * ${BY} + CASE col ${column} END) * ${PLACES} + min(offset, ${PLACES - 1})) AS packed
       FROM temp.product_instances WHERE term = ?`,
    ),
    frequency: db.prepare("SELECT doc FROM product_vocabulary WHERE term = ?"),
    beginning: db.prepare(
      `SELECT term, doc FROM product_vocabulary
       WHERE term >= ?1 AND term < ?1 || char(1114111) AND length(term) BETWEEN ?2 AND ?3`,
    ),
  };
  const lengths = lengthsOf(db, COLUMNS.length);
  let changes: unknown;
  let index: Index | undefined;
  return () => {
    const now = sql.changes.get()?.changes;
    if (index && now === changes) return index;
    changes = now;
    const size = Number(sql.size.get()?.n ?? 0);
    index = {
      size,
      lengths: lengths(size),
      postings: remembered((term) => unpacked(String(sql.instances.get(term)?.packed))),
      frequency: counted((term) => Number(sql.frequency.get(term)?.doc ?? 0)),
      beginning: (prefix, least, most) =>
        sql.beginning.all(prefix, least, most).map(({ term, doc }) => [String(term), Number(doc)] as const),
    };
    return index;
  };
}

/** Eight columns at most, and places up to 65,535: with a row below 2^34 the three make one exact number. */
const BY = 8;
const PLACES = 65_536;

function unpacked(text: string): Postings {
  const packed = JSON.parse(text) as number[];
  const rows = new Float64Array(packed.length);
  const columns = new Uint8Array(packed.length);
  const places = new Uint16Array(packed.length);
  let products = 0;
  for (let at = 0; at < packed.length; at++) {
    const one = packed[at] ?? 0;
    const stand = Math.floor(one / PLACES);
    const row = Math.floor(stand / BY);
    if (at === 0 || row !== rows[at - 1]) products++;
    rows[at] = row;
    columns[at] = stand % BY;
    places[at] = one % PLACES;
  }
  return { rows, columns, places, products };
}

/** Instances that are kept in all, at eleven bytes each; the terms used longest ago go first. */
const KEPT = 4_000_000;

function remembered(read: (term: string) => Postings): (term: string) => Postings {
  const kept = new Map<string, Postings>();
  let instances = 0;
  return (term) => {
    const known = kept.get(term) ?? read(term);
    if (!kept.delete(term)) instances += known.rows.length + 1;
    kept.set(term, known);
    for (const [oldest, { rows }] of kept) {
      if (instances <= KEPT) break;
      kept.delete(oldest);
      instances -= rows.length + 1;
    }
    return known;
  };
}

/** Terms whose frequency is kept. */
const COUNTED = 20_000;

function counted(count: (term: string) => number): (term: string) => number {
  const kept = new Map<string, number>();
  return (term) => {
    const known = kept.get(term);
    if (known !== undefined) return known;
    if (kept.size >= COUNTED) kept.clear();
    const n = count(term);
    kept.set(term, n);
    return n;
  };
}
