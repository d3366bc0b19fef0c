/**
 * A large catalogue's words, kept beside FTS5 for speed: rows `first` to `first + SPAN - 1` make a segment, and `posting`
 * holds for each of its terms which products have it and how strongly. Segments are written whole and never changed; rows
 * in none of them stand in `unsealed`. A shop of fewer products than one segment takes has none and needs none.
 */
export const segmentsSchema: readonly string[] = [
  `CREATE TABLE segment (
     id INTEGER PRIMARY KEY,
     first INTEGER NOT NULL,
     whole INTEGER NOT NULL
   ) STRICT`,
  // data: the products as 16-bit offsets from the segment's first row, ascending, then a strength byte for each.
  `CREATE TABLE posting (
     segment INTEGER NOT NULL,
     term TEXT NOT NULL,
     data BLOB NOT NULL,
     PRIMARY KEY (segment, term)
   ) STRICT, WITHOUT ROWID`,
  "CREATE TABLE sealed_term (term TEXT PRIMARY KEY, products INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE unsealed (n INTEGER PRIMARY KEY) STRICT",
  "INSERT INTO unsealed SELECT n FROM product",
];

/** Rows of a segment: an offset takes 16 bits. */
export const SPAN = 65_536;

/** The products that have a term, ascending by their offset in a segment, with a strength (`impact.ts`) for each. */
export interface List {
  readonly offsets: Uint16Array;
  readonly codes: Uint8Array;
}

export interface Segment {
  /** The row at an offset. */
  row(offset: number): number;
  list(term: string): List | null;
}

export function packed(offsets: Uint16Array, codes: Uint8Array): Uint8Array {
  const data = new Uint8Array(offsets.length * 3);
  data.set(new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength));
  data.set(codes, offsets.length * 2);
  return data;
}

export function unpacked(data: Uint8Array): List {
  // 16-bit numbers must begin at an even place of their buffer.
  const whole = data.byteOffset % 2 === 0 ? data : data.slice();
  const size = whole.length / 3;
  return {
    offsets: new Uint16Array(whole.buffer, whole.byteOffset, size),
    codes: whole.subarray(size * 2),
  };
}
