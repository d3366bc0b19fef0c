import type { DatabaseSync } from "node:sqlite";
import type { Lengths } from "../lexical/postings.ts";

/** Products that a mean is taken over: more of them would not change it. */
const SAMPLE = 20_000;

/**
 * Lengths of the words table, from the sizes FTS5 keeps itself (`sz` is one varint a column). The words of a row never
 * change, so a length that was read is right for ever; means are taken anew when the shop has grown or shrunk by a tenth.
 */
export function lengthsOf(db: DatabaseSync, columns: number): (products: number) => Lengths {
  const sample = db.prepare(`SELECT id, sz FROM product_words_docsize ORDER BY id LIMIT ${SAMPLE}`);
  const some = db.prepare(
    "SELECT id, sz FROM product_words_docsize WHERE id IN (SELECT value FROM json_each(?))",
  );
  sample.setReturnArrays(true);
  some.setReturnArrays(true);
  let known = new Uint8Array(0);
  let lengths = new Uint16Array(0);
  let mean: number[] = [];
  let sampled = 0;

  function reserve(rows: number): void {
    if (rows <= known.length) return;
    const room = Math.max(rows, known.length * 2, 1_024);
    known = grown(known, new Uint8Array(room));
    lengths = grown(lengths, new Uint16Array(room * columns));
  }

  function keep(found: readonly unknown[]): void {
    for (const row of found as (readonly [number, Uint8Array])[]) {
      const [n, sizes] = row;
      reserve(n + 1);
      known[n] = 1;
      varints(sizes, lengths, n * columns);
    }
  }

  function measure(products: number): void {
    const rows = sample.all();
    keep(rows);
    const sum = new Array<number>(columns).fill(0);
    for (const row of rows as unknown as (readonly [number])[])
      for (let at = 0; at < columns; at++) sum[at] = (sum[at] ?? 0) + (lengths[row[0] * columns + at] ?? 0);
    mean = sum.map((total) => Math.max(1, total) / Math.max(1, rows.length));
    sampled = products;
  }

  const table = (rows: Float64Array): Uint16Array => {
    const missing: number[] = [];
    for (const n of rows) if (known[n] !== 1 && missing.at(-1) !== n) missing.push(n);
    if (missing.length > 0) keep(some.all(JSON.stringify(missing)));
    return lengths;
  };

  return (products) => {
    if (sampled === 0 || Math.abs(products - sampled) * 10 > sampled) measure(products);
    return { mean, table };
  };
}

function grown<T extends Uint8Array | Uint16Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** SQLite's variable-length integers: seven bits a byte, the highest first, the eighth bit says that more follow. */
function varints(bytes: Uint8Array, into: Uint16Array, from: number): void {
  let at = from;
  let value = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 127);
    if (byte >= 128) continue;
    into[at++] = Math.min(value, 65_535);
    value = 0;
  }
}
