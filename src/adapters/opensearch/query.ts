import type { Filters } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { terms } from "../../knowledge/terms.ts";
import { saidIn } from "../lexical/best.ts";
import type { RemoteQuery } from "../lexical/remote.ts";
import type { Way } from "../lexical/ways.ts";
import { categoryPath } from "../lexical/words.ts";

/**
 * What holds half of a query's worth, by how much of it and then by BM25 over names. A word counts what it is worth,
 * wherever it stands; names only decide between equals, so they count a thousandth.
 */
export function candidateQuery({ asked, worths, half }: RemoteQuery, currency: Currency, filters: Filters) {
  const held = asked.wanted.map((ways, at) => ({
    constant_score: { filter: anyOf(ways.map(wayQuery)), boost: Math.max(worths[at] ?? 0, LEAST) },
  }));
  const names = {
    multi_match: {
      query: [...saidIn(asked)].join(" "),
      fields: ["title^5", "category^4", "brand", "aliases"],
      type: "most_fields",
      boost: 0.001,
    },
  };
  return {
    query: { bool: { should: [...held, names], filter: conditionsOf(currency, filters) } },
    min_score: half,
  };
}

/** A boost has to be above 0. */
const LEAST = 1e-6;

/** What the index knows of conditions: it leaves out what cannot meet them; the typed store judges the rest. */
function conditionsOf(currency: Currency, { price_min, price_max, brand, category }: Filters): object[] {
  const range = {
    ...(price_min === undefined ? {} : { gte: price_min }),
    ...(price_max === undefined ? {} : { lte: price_max }),
  };
  const price = `price.${currency}`;
  return [
    Object.keys(range).length === 0 ? { exists: { field: price } } : { range: { [price]: range } },
    ...(brand === undefined ? [] : terms(brand).map((term) => ({ term: { brand: term } }))),
    ...(category === undefined || categoryPath(category) === "/"
      ? []
      : [{ term: { category_paths: categoryPath(category) } }]),
  ];
}

function wayQuery({ terms, enough }: Way): object {
  const distinct = [...new Set(terms)].map(holds);
  if (distinct.length === 1) return distinct[0] ?? {};
  return { bool: { should: distinct, minimum_should_match: Math.min(enough, distinct.length) } };
}

function anyOf(queries: readonly object[]): object {
  return { bool: { should: queries, minimum_should_match: 1 } };
}

/** Whether a product has the term anywhere. */
export function holds(term: string): object {
  return { term: { terms: term } };
}

/** Whether it is named by the term. */
export function isNamedBy(term: string): object {
  return anyOf(["title", "brand", "category", "aliases"].map((field) => ({ term: { [field]: term } })));
}

/** Whether the second stands right after the first, but in specs. */
export function areTogether(first: string, second: string): object {
  const match = { query: `${first} ${second}`, ordered: true, max_gaps: 2 };
  return anyOf(
    ["title", "brand", "category", "aliases", "description"].map((field) => ({
      intervals: { [field]: { match } },
    })),
  );
}

/** Terms that begin so, as a regular expression of Lucene's. */
export function beginsWith(prefix: string, least: number, most: number): string {
  const length = [...prefix].length;
  const escaped = prefix.replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, "\\$&");
  return `${escaped}.{${Math.max(0, least - length)},${most - length}}`;
}
