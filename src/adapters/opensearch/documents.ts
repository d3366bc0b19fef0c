import type { Product } from "../../domain/entry.ts";
import { COLUMNS } from "../lexical/postings.ts";
import { rowsOf } from "../lexical/rows.ts";
import { written } from "../lexical/words.ts";

const words = { type: "text", analyzer: "whitespace" } as const;

/**
 * What is kept of a product: its words as `terms()` makes them, so that the engine need only split at blanks and English
 * and Korean work alike, and what can be filtered by early. Facts stay in the typed store.
 */
export const mapping = {
  mappings: {
    dynamic: false,
    properties: {
      sku: { type: "keyword", index: false },
      origin: { type: "keyword" },
      load: { type: "keyword" },
      at: { type: "long" },
      terms: { type: "keyword" },
      ...Object.fromEntries(COLUMNS.map((name) => [name, words])),
      category_paths: { type: "keyword" },
      columns: { type: "keyword", index: false, doc_values: false },
      lengths: { properties: Object.fromEntries(COLUMNS.map((name) => [name, { type: "integer" }])) },
      price: { type: "object", dynamic: true },
    },
  },
} as const;

export function documentOf(product: Product, origin: string, load: string, at: number): object {
  const rows = rowsOf(product);
  if (rows.kind !== "product") throw new TypeError(`${product.id} is no product`);
  const { columns, category, prices } = rows;
  const split = columns.map((text) => text.split(" ").filter((term) => term !== ""));
  return {
    sku: written(product.id),
    origin: written(origin),
    load,
    at,
    terms: [...new Set(split.flat())],
    ...Object.fromEntries(COLUMNS.map((name, n) => [name, columns[n] ?? ""])),
    category_paths: pathsIn(category),
    columns,
    lengths: Object.fromEntries(COLUMNS.map((name, n) => [name, split[n]?.length ?? 0])),
    price: Object.fromEntries(prices),
  };
}

/** Every run of segments of "/computer/laptop/", written as a condition asks for it. */
function pathsIn(category: string): string[] {
  const segments = category.split("/").filter((segment) => segment !== "");
  return segments.flatMap((_, from) =>
    segments.slice(from).map((_, length) => `/${segments.slice(from, from + length + 1).join("/")}/`),
  );
}
