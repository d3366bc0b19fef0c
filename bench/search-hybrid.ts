import type { DatabaseSync } from "node:sqlite";
import { loadConfig } from "../src/app/config.ts";
import { makeVectors, openVectors } from "../src/app/vectors.ts";
import type { Search } from "../src/ports/search.ts";

/** What is measured with vectors beside words, under `hybrid`; nothing where no server for them is set. */
export async function withVectors(
  db: DatabaseSync,
  words: Search,
  measure: (search: Search) => Promise<object>,
): Promise<{ readonly hybrid?: object }> {
  const { embed_url: url, embed_model: model, embed_key: key } = await loadConfig(process.env);
  if (url === undefined || model === undefined) return {};
  const begun = performance.now();
  const made = await makeVectors({ url, model, key }, db);
  process.stdout.write(made);
  const make_s = Math.round((performance.now() - begun) / 1_000);
  const say = (fields: Record<string, unknown>, message: string) =>
    void process.stderr.write(`${message}: ${JSON.stringify(fields)}\n`);
  const log = { debug: say, info: say, warn: say, error: say };
  // The words' search is the caller's to close.
  const lent = { ...words, close: async () => {} };
  const { search } = await openVectors({ url, model, key }, { db, search: lent }, log);
  try {
    return { hybrid: { model, make_s, ...(await measure(search)) } };
  } finally {
    await search.close();
  }
}
