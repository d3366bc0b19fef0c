import { COLUMNS, NAMES } from "../lexical/postings.ts";

/** A column's weight in a tsvector; lexemes of specs have none, and no positions. */
const WEIGHT = { title: "A", brand: "B", category: "B", aliases: "B", description: "C" } as const;

/** Weights of D, C, B and A of names, in proportion to those of the exact rating. */
export const RANKED = "{0, 0, 0.8, 1}";

/** Positions between two columns, so that no word stands beside one of another column. */
const APART = 8;
/** What a tsvector can hold: positions, and how many of one lexeme. */
const LAST = 16_383;
const MOST = 255;

/** A product's columns as the text of a tsvector. Terms hold no quotes. */
export function productVector(columns: readonly string[]): string {
  const places = new Map<string, string[]>();
  let place = 1;
  for (const [at, column] of columns.entries()) {
    const name = COLUMNS[at];
    for (const term of column.split(" ")) {
      if (term === "") continue;
      const known = places.get(term) ?? [];
      places.set(term, known);
      if (name === undefined || name === "specs") continue;
      if (known.length < MOST) known.push(`${Math.min(place++, LAST)}${WEIGHT[name]}`);
    }
    place += APART;
  }
  return vector(places);
}

/** What a product is named by, alone. */
export function namesVector(columns: readonly string[]): string {
  return productVector(columns.map((column, at) => (NAMES.includes(at) ? column : "")));
}

/** Texts of terms as the text of a tsvector, the first of them of the highest weight. */
export function textVector(...texts: readonly string[]): string {
  const places = new Map<string, string[]>();
  let place = 1;
  for (const [at, text] of texts.entries())
    for (const term of text.split(" ")) {
      if (term === "") continue;
      const known = places.get(term) ?? [];
      places.set(term, known);
      if (known.length < MOST) known.push(`${Math.min(place++, LAST)}${"AB"[at] ?? "C"}`);
    }
  return vector(places);
}

function vector(places: ReadonlyMap<string, readonly string[]>): string {
  return Array.from(places, ([term, at]) =>
    at.length === 0 ? `'${term}'` : `'${term}':${at.join(",")}`,
  ).join(" ");
}

/** The text of a tsquery for any of the terms. None is limited to weights: what has no positions would meet any. */
export function anyOf(terms: Iterable<string>): string {
  return joined(terms, " | ");
}

export function allOf(terms: Iterable<string>): string {
  return joined(terms, " & ");
}

function joined(terms: Iterable<string>, by: string): string {
  return Array.from(new Set(terms), (term) => `'${term}'`).join(by);
}
