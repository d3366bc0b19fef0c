import { join } from "node:path";
import { postgresCatalogue } from "../src/adapters/postgres/catalogue.ts";
import { openPostgres, pooled } from "../src/adapters/postgres/database.ts";
import { postgresSearch } from "../src/adapters/postgres/search.ts";
import { ingest } from "../src/app/loading.ts";
import { isAnswerable, ndcg, recall, type Truth } from "./search-truth.ts";
import { percentile, rounded } from "./statistics.ts";

/**
 * The same queries over the same catalogue in a database of its own on the server that PARLEY_TEST_POSTGRES names, as
 * `postgres://postgres@127.0.0.1:5432`; skipped without one. Times are of one search after the other.
 */
export async function onPostgres(folder: string, truth: Truth): Promise<object> {
  const server = process.env.PARLEY_TEST_POSTGRES;
  if (server === undefined) return { skipped: "PARLEY_TEST_POSTGRES names no server" };
  const name = `parley_bench_${process.pid}`;
  const admin = pooled(`${server}/postgres`);
  await admin.query(`CREATE DATABASE ${name}`);
  const sql = await openPostgres(`${server}/${name}`);
  try {
    const begun = performance.now();
    const settings = { currency: "USD", now: new Date().toISOString() };
    const catalogue = postgresCatalogue(sql, 0);
    await ingest([join(folder, "products.jsonl.gz")], settings, { catalogue, out: process.stderr });
    return { load_seconds: rounded((performance.now() - begun) / 1_000), ...(await judged(sql, truth)) };
  } finally {
    await sql.end();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
}

async function judged(sql: Awaited<ReturnType<typeof openPostgres>>, truth: Truth) {
  const search = postgresSearch(sql);
  const scores: number[] = [];
  const recalls: number[] = [];
  const times: number[] = [];
  const wrong: string[] = [];
  for (const [query, grades] of truth.grades) {
    const lookup = { text: query, lang: "en", currency: "USD", filters: {}, limit: 100 } as const;
    const found = async (limit: number) => {
      const { entries } = await search.find({ kind: "search", ...lookup, limit }, 10_000);
      return entries.map(({ entry }) => entry.id);
    };
    const deep = await found(100);
    const begun = performance.now();
    const best = await found(10);
    times.push(performance.now() - begun);
    if ((best.length === 0) !== truth.absent.has(query)) wrong.push(query);
    if (!isAnswerable(truth, query)) continue;
    scores.push(ndcg(grades, best));
    const share = recall(grades, deep);
    if (share !== null) recalls.push(share);
  }
  const mean = (values: readonly number[]) => rounded(values.reduce((a, b) => a + b, 0) / values.length, 4);
  return {
    ndcg10: mean(scores),
    recall100: mean(recalls),
    /** Found though it is not sold, or not found though it is. */
    wrong,
    p50_ms: rounded(percentile(times, 50)),
    p95_ms: rounded(percentile(times, 95)),
  };
}
