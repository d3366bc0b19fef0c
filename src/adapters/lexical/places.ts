import { COLUMNS, type Places, type Postings } from "./postings.ts";

/**
 * Where the wanted terms stand in a few products. Row n is the n-th of `texts`, each the terms of its columns between
 * blanks; `mean` is that of all products, not of these.
 */
export function placesOf(
  texts: readonly (readonly string[])[],
  wanted: ReadonlySet<string>,
  mean: readonly number[],
): Places {
  const found = new Map<string, number[]>(Array.from(wanted, (term) => [term, []]));
  const byKey = Map.groupBy(wanted, (term) => keyOf(term.length, term.charCodeAt(0)));
  const table = new Uint16Array(texts.length * COLUMNS.length);
  for (let row = 0; row < texts.length; row++)
    for (let column = 0; column < COLUMNS.length; column++)
      table[row * COLUMNS.length + column] = scan(texts[row]?.[column] ?? "", row, column);
  const postings = new Map(Array.from(found, ([term, flat]) => [term, postingsOf(flat)] as const));
  return { lengths: { mean, table: () => table }, postings: (term) => postings.get(term) ?? NONE };

  /** How many terms the text has. Most of them are not wanted, so that none is cut out before it is known to be. */
  function scan(text: string, row: number, column: number): number {
    let place = 0;
    for (let at = 0; at < text.length; ) {
      let end = text.indexOf(" ", at);
      if (end < 0) end = text.length;
      if (end > at) {
        const alike = byKey.get(keyOf(end - at, text.charCodeAt(at)));
        if (alike)
          for (const term of alike)
            if (text.startsWith(term, at)) found.get(term)?.push(row, column, Math.min(place, MOST));
        place++;
      }
      at = end + 1;
    }
    return Math.min(place, MOST);
  }
}

function keyOf(length: number, first: number): number {
  return length * 65_536 + first;
}

const MOST = 65_535;

/** `flat` is row, column and place of one instance after the other. */
function postingsOf(flat: readonly number[]): Postings {
  const size = flat.length / 3;
  const rows = new Float64Array(size);
  const columns = new Uint8Array(size);
  const places = new Uint16Array(size);
  let products = 0;
  for (let at = 0; at < size; at++) {
    rows[at] = flat[at * 3] ?? 0;
    columns[at] = flat[at * 3 + 1] ?? 0;
    places[at] = flat[at * 3 + 2] ?? 0;
    if (at === 0 || rows[at] !== rows[at - 1]) products++;
  }
  return { rows, columns, places, products };
}

const NONE: Postings = postingsOf([]);
