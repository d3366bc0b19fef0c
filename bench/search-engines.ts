import { DatabaseSync } from "node:sqlite";
import MiniSearch from "minisearch";
import bm25 from "wink-bm25-text-search";
import nlp from "wink-nlp-utils";
import type { Sheet } from "./search-truth.ts";

/** Another engine over the same sheets, in one of its simple settings. */
export interface Engine {
  readonly name: string;
  /** Ids of the best `limit` products, best first. */
  search(query: string, limit: number): string[];
}

/**
 * What a developer would put in the place of our search in an afternoon: each engine over title, description, supplier and
 * attributes, with its own stemming and the title weighed up. Several settings of each, so that the best of them can be
 * taken: chosen on the very queries it is measured by, which ours is not.
 */
export function* engines(sheets: readonly Sheet[]): Generator<Engine> {
  for (const title of [1, 3, 5]) yield fts5(sheets, title);
  for (const [title, description] of [
    [1, 1],
    [3, 1],
    [3, 2],
  ] as const)
    yield miniSearch(sheets, title, description);
  for (const [title, k1, b] of [
    [1, 1.2, 0.75],
    [3, 1.2, 0.75],
    [3, 0.3, 0.6],
  ] as const)
    yield wink(sheets, title, k1, b);
}

const FIELDS = ["title", "description", "supplier", "texts"] as const;

function fts5(sheets: readonly Sheet[], title: number): Engine {
  const db = new DatabaseSync(":memory:");
  db.exec(
    `CREATE VIRTUAL TABLE sheets USING fts5(id UNINDEXED, ${FIELDS.join(", ")}, tokenize = "porter unicode61")`,
  );
  const put = db.prepare("INSERT INTO sheets VALUES (?, ?, ?, ?, ?)");
  db.exec("BEGIN");
  for (const sheet of sheets) put.run(sheet.id, ...FIELDS.map((field) => sheet[field]));
  db.exec("COMMIT");
  const find = db.prepare(
    `SELECT id FROM sheets WHERE sheets MATCH ? ORDER BY bm25(sheets, 0, ${title}, 1, 1, 1) LIMIT ?`,
  );
  return {
    name: `FTS5 title ${title}`,
    search: (query, limit) => {
      const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
      return find.all(words.map((word) => `"${word}"`).join(" OR "), limit).map(({ id }) => String(id));
    },
  };
}

/** Here the names of attributes and their numbers help; the other two do better on the texts alone. */
function miniSearch(sheets: readonly Sheet[], title: number, description: number): Engine {
  const index = new MiniSearch<Sheet>({
    fields: ["title", "description", "supplier", "attributes"],
    processTerm: (term) => nlp.tokens.stem([term.toLowerCase()])[0] ?? null,
  });
  index.addAll(sheets);
  return {
    name: `MiniSearch title ${title}, description ${description}`,
    search: (query, limit) =>
      index
        .search(query, { boost: { title, description } })
        .slice(0, limit)
        .map(({ id }) => String(id)),
  };
}

function wink(sheets: readonly Sheet[], title: number, k1: number, b: number): Engine {
  const index = bm25();
  index.defineConfig({
    fldWeights: { title, description: 1, supplier: 1, texts: 1 },
    bm25Params: { k1, b, k: 1 },
  });
  index.definePrepTasks([
    nlp.string.lowerCase,
    nlp.string.removeExtraSpaces,
    nlp.string.tokenize0,
    nlp.tokens.stem,
  ]);
  for (const sheet of sheets)
    index.addDoc(Object.fromEntries(FIELDS.map((field) => [field, sheet[field]])), sheet.id);
  index.consolidate();
  return {
    name: `wink-bm25 title ${title}, k1 ${k1}, b ${b}`,
    search: (query, limit) => index.search(query, limit).map(([id]) => id),
  };
}
