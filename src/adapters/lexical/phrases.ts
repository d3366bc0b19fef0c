import { COLUMNS, type Places } from "./postings.ts";
import type { Wanted } from "./ways.ts";

/** Lists of specs put words beside each other that have nothing to do with one another. */
const SPECS = COLUMNS.indexOf("specs");

/** Words between two that still stand together: a word with parts is followed by them in the index. */
const WITHIN = 3;

/** Products where the second word follows the first, each in any of its one-term ways. */
export function beside(
  first: Wanted,
  second: Wanted,
  { postings }: Pick<Places, "postings">,
): ReadonlySet<number> {
  const found = new Set<number>();
  const starts = new Map<number, number[]>();
  for (const term of single(first)) {
    const { rows, columns, places } = postings(term);
    for (let at = 0; at < rows.length; at++) {
      if (columns[at] === SPECS) continue;
      const stand = (rows[at] ?? 0) * COLUMNS.length + (columns[at] ?? 0);
      const known = starts.get(stand);
      if (known) known.push(places[at] ?? 0);
      else starts.set(stand, [places[at] ?? 0]);
    }
  }
  for (const term of single(second)) {
    const { rows, columns, places } = postings(term);
    for (let at = 0; at < rows.length; at++) {
      const n = rows[at] ?? 0;
      if (columns[at] === SPECS || found.has(n)) continue;
      const place = places[at] ?? 0;
      const before = starts.get(n * COLUMNS.length + (columns[at] ?? 0));
      if (before?.some((start) => start < place && place - start <= WITHIN)) found.add(n);
    }
  }
  return found;
}

function single(wanted: Wanted): string[] {
  return wanted.flatMap(({ terms }) => (terms.length === 1 ? terms : []));
}
