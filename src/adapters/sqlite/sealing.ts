import type { DatabaseSync } from "node:sqlite";
import { COLUMNS } from "../lexical/postings.ts";
import { columnsOf } from "../lexical/scoring.ts";
import { WEIGHTS } from "../lexical/weights.ts";
import { codesOf } from "./impact.ts";
import { lengthsOf } from "./lengths.ts";
import { packed, SPAN } from "./segments.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Products from which on a shop's words are sealed: below, FTS5 alone is as fast. Of those outside of segments a search
 * takes care itself; so many of them in one place are worth a segment, and so many in all are too much to keep in memory.
 */
export const SEALED = { from: SPAN, worth: 4_096, loose: 16_384 };

/** Terms of one transaction. */
const BATCH = 20_000;

/**
 * Seals what is worth it: between loads, wherever enough rows came together; during one, what lies a whole segment behind
 * `before`, so that a first load of a large catalogue is searchable while it runs. Safe to be cut off at any point.
 */
export function sealer(db: DatabaseSync, { from, worth, loose } = SEALED): (before?: number) => void {
  const sql = {
    unsealed: db.prepare("SELECT count(*) AS n FROM unsealed"),
    segments: db.prepare("SELECT count(*) AS n FROM segment WHERE whole = 1"),
    due: db.prepare(
      `SELECT n / ${SPAN} AS at FROM unsealed GROUP BY at HAVING count(*) >= ? AND (at + 1) * ${SPAN} <= ?
       ORDER BY at`,
    ),
  };
  return (before = Number.MAX_SAFE_INTEGER) => {
    const unsealed = Number(sql.unsealed.get()?.n);
    if (unsealed < from && Number(sql.segments.get()?.n) === 0) return;
    const least = unsealed >= loose ? 1 : worth;
    for (const { at } of sql.due.all(least, before)) seal(db, Number(at) * SPAN);
  };
}

function seal(db: DatabaseSync, first: number): void {
  discardUnfinished(db);
  const id = Number(
    db.prepare("INSERT INTO segment (first, whole) VALUES (?, 0) RETURNING id").get(first)?.id,
  );
  const { lists, rows } = gathered(db, first);
  const put = db.prepare("INSERT INTO posting (segment, term, data) VALUES (?, ?, ?)");
  const terms = [...lists.keys()].sort();
  for (let at = 0; at < terms.length; at += BATCH)
    inTransaction(db, () => {
      for (const term of terms.slice(at, at + BATCH)) put.run(id, term, dataOf(lists.get(term) ?? []));
    });
  const uncount = db.prepare(
    `UPDATE sealed_term SET products = products - old.n FROM
       (SELECT term, length(data) / 3 AS n FROM posting WHERE segment = ?) AS old WHERE sealed_term.term = old.term`,
  );
  inTransaction(db, () => {
    for (const { id: old } of db.prepare("SELECT id FROM segment WHERE first = ? AND whole = 1").all(first)) {
      uncount.run(Number(old));
      drop(db, Number(old));
    }
    db.prepare(
      `INSERT INTO sealed_term SELECT term, length(data) / 3 FROM posting WHERE segment = ?
       ON CONFLICT (term) DO UPDATE SET products = products + excluded.products`,
    ).run(id);
    const done = db.prepare("DELETE FROM unsealed WHERE n = ?");
    for (const n of rows) done.run(n);
    db.prepare("UPDATE segment SET whole = 1 WHERE id = ?").run(id);
    db.exec("UPDATE knowledge SET changes = changes + 1");
  });
}

/** For each term of the rows from `first` on the offsets that have it and their codes, as offset * 256 + code. */
function gathered(db: DatabaseSync, first: number) {
  const { mean } = lengthsOf(db, COLUMNS.length)(1);
  const columns = columnsOf({ lengths: { mean } }, WEIGHTS);
  const read = db.prepare(
    "SELECT id, c0, c1, c2, c3, c4, c5 FROM product_words_content WHERE id BETWEEN ? AND ? ORDER BY id",
  );
  read.setReturnArrays(true);
  const lists = new Map<string, number[]>();
  const rows: number[] = [];
  for (const row of read.iterate(first, first + SPAN - 1) as Iterable<unknown>) {
    const [n, ...texts] = row as [number, ...string[]];
    rows.push(n);
    for (const [term, code] of codesOf(texts, columns)) {
      const one = (n - first) * 256 + code;
      const list = lists.get(term);
      if (list) list.push(one);
      else lists.set(term, [one]);
    }
  }
  return { lists, rows };
}

export function dataOf(list: readonly number[]): Uint8Array {
  return packed(
    Uint16Array.from(list, (one) => one >> 8),
    Uint8Array.from(list, (one) => one & 255),
  );
}

function discardUnfinished(db: DatabaseSync): void {
  for (const { id } of db.prepare("SELECT id FROM segment WHERE whole = 0").all())
    inTransaction(db, () => drop(db, Number(id)));
}

function drop(db: DatabaseSync, id: number): void {
  db.prepare("DELETE FROM posting WHERE segment = ?").run(id);
  db.prepare("DELETE FROM segment WHERE id = ?").run(id);
}
