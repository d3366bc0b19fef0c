import type { DatabaseSync } from "node:sqlite";
import { type Column, columnsOf } from "../lexical/scoring.ts";
import { WEIGHTS } from "../lexical/weights.ts";
import { codesOf } from "./impact.ts";
import { dataOf } from "./sealing.ts";
import { type List, type Segment, SPAN, unpacked } from "./segments.ts";

/** The segments of a large catalogue, and the rows that stand in none as segments in memory. */
export interface Sealed {
  readonly segments: readonly Segment[];
  frequency(term: string): number;
  beginning(prefix: string, least: number, most: number): readonly (readonly [string, number])[];
}

/** To be called when a load has changed anything; null where nothing is sealed. */
export function sealedOf(db: DatabaseSync): (mean: readonly number[]) => Sealed | null {
  const sql = {
    segments: db.prepare("SELECT id, first FROM segment WHERE whole = 1 ORDER BY first DESC"),
    data: db.prepare("SELECT data FROM posting WHERE segment = ? AND term = ?"),
    frequency: db.prepare("SELECT products FROM sealed_term WHERE term = ?"),
    beginning: db.prepare(
      `SELECT term, products FROM sealed_term
       WHERE term >= ?1 AND term < ?1 || char(1114111) AND length(term) BETWEEN ?2 AND ?3 AND products > 0`,
    ),
  };
  const kept = keptLists();
  const loose = looseRows(db);

  const segment = (id: number, first: number): Segment => ({
    row: (offset) => first + offset,
    list: (term) =>
      kept(`${id} ${term}`, () => {
        const data = sql.data.get(id, term)?.data;
        return data instanceof Uint8Array ? unpacked(data) : null;
      }),
  });

  return (mean) => {
    const rows = sql.segments.all();
    if (rows.length === 0) return null;
    const ids = rows.map(({ id }) => Number(id)).join();
    const rest = loose(ids, columnsOf({ lengths: { mean } }, WEIGHTS));
    return {
      // The newest first: they are what a search cut short has seen.
      segments: [...rest.segments, ...rows.map(({ id, first }) => segment(Number(id), Number(first)))],
      frequency: (term) => Number(sql.frequency.get(term)?.products ?? 0) + rest.frequency(term),
      beginning: (prefix, least, most) =>
        sql.beginning.all(prefix, least, most).map(({ term, products }) => [String(term), Number(products)]),
    };
  };
}

/** Bytes of lists kept; those used longest ago go first. */
const KEPT = 128_000_000;

/** What a list takes beside its bytes, and what is kept of a term that a segment has not got. */
const OVERHEAD = 300;

function keptLists() {
  const kept = new Map<string, List | null>();
  const sizeOf = (list: List | null) => OVERHEAD + (list?.codes.length ?? 0) * 3;
  let bytes = 0;
  return (key: string, read: () => List | null): List | null => {
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const list = read();
    kept.set(key, list);
    bytes += sizeOf(list);
    for (const [oldest, gone] of kept) {
      if (bytes <= KEPT) break;
      kept.delete(oldest);
      bytes -= sizeOf(gone);
    }
    return list;
  };
}

/** Rows that no segment has. Their words never change, so what was read of one stays right until it is sealed. */
function looseRows(db: DatabaseSync) {
  const all = db.prepare("SELECT n FROM unsealed ORDER BY n");
  const read = db.prepare(
    `SELECT id, c0, c1, c2, c3, c4, c5 FROM product_words_content WHERE id IN (SELECT value FROM json_each(?))`,
  );
  read.setReturnArrays(true);
  let sealed = "";
  let places = new Map<number, number>();
  let rows: number[] = [];
  let lists = new Map<string, number[]>();

  function take(missing: readonly number[], columns: readonly Column[]): void {
    for (const row of read.iterate(JSON.stringify(missing)) as Iterable<unknown>) {
      const [n, ...texts] = row as [number, ...string[]];
      const place = rows.push(n) - 1;
      places.set(n, place);
      for (const [term, code] of codesOf(texts, columns)) {
        const one = place * 256 + code;
        const list = lists.get(term);
        if (list) list.push(one);
        else lists.set(term, [one]);
      }
    }
  }

  return (segments: string, columns: readonly Column[]) => {
    if (segments !== sealed) [sealed, places, rows, lists] = [segments, new Map(), [], new Map()];
    const missing = all.all().flatMap(({ n }) => (places.has(Number(n)) ? [] : [Number(n)]));
    if (missing.length > 0) take(missing, columns);
    const [held, of] = [lists, rows];
    return {
      frequency: (term: string) => held.get(term)?.length ?? 0,
      segments: Array.from({ length: Math.ceil(of.length / SPAN) }, (_, at): Segment => {
        const from = at * SPAN * 256;
        const to = from + SPAN * 256;
        return {
          row: (offset) => of[at * SPAN + offset] ?? 0,
          list: (term) => {
            const mine = held.get(term)?.filter((one) => one >= from && one < to);
            return mine === undefined || mine.length === 0
              ? null
              : unpacked(dataOf(mine.map((one) => one - from)));
          },
        };
      }),
    };
  };
}
