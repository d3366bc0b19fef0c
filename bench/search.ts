import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WEIGHTS } from "../src/adapters/lexical/weights.ts";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { productSearch } from "../src/adapters/sqlite/ranking.ts";
import { sealer } from "../src/adapters/sqlite/sealing.ts";
import { sqliteSearch } from "../src/adapters/sqlite/search.ts";
import { ingest } from "../src/app/loading.ts";
import type { Search } from "../src/ports/search.ts";
import { bestOfAll, combinations, leftOut, SPACE } from "./search-choose.ts";
import { engines } from "./search-engines.ts";
import { withVectors } from "./search-hybrid.ts";
import { onPostgres } from "./search-postgres.ts";
import { isAnswerable, judgedNdcg, ndcg, recall, sheetsOf, type Truth, truthOf } from "./search-truth.ts";
import { median, percentile, rounded, seeded } from "./statistics.ts";

/**
 * Product search over the Icecat catalogue of PARLEY_DATA, by queries that people judged, beside three engines in the same
 * run. `ndcg10` is with weights chosen leaving the query out; `ndcg10_shipped` with those of `weights.ts`. Another folder
 * of the same files may be named: `npm run -s bench -- search ../other/icecat-chorus`.
 */
export async function run(args: string[]): Promise<object> {
  const folder = resolve(args[0] ?? join(process.env.PARLEY_DATA ?? "../shared/data", "icecat-chorus"));
  if (!existsSync(folder)) return { skipped: `${folder} is not there; set PARLEY_DATA` };
  const truth = truthOf(folder);
  const home = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    const db = open(join(home, "parley.db"));
    const settings = { currency: "USD", now: new Date().toISOString() };
    await ingest([join(folder, "products.jsonl.gz")], settings, {
      catalogue: sqliteCatalogue(db, 0),
      out: process.stderr,
    });
    const chosen = choose(db, truth);
    const search = sqliteSearch(db);
    const shipped = await measured(search, truth);
    const hybrid = await withVectors(db, search, (both) => measured(both, truth));
    await search.close();
    const sealed = await sealedQuality(db, truth);
    db.close();
    const others = besides(folder, truth);
    const postgres = await onPostgres(folder, truth);
    const result = { ...chosen, ...shipped, ...hybrid, ...sealed, postgres, engines: others, space: SPACE };
    return { ...result, failures: broken(result) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const lookup = (text: string, limit: number) =>
  ({ kind: "search", text, lang: "en", currency: "USD", filters: {}, limit }) as const;

function judged(truth: Truth): (readonly [string, ReadonlyMap<string, number>])[] {
  return [...truth.grades].filter(([query]) => isAnswerable(truth, query));
}

/** With every combination of the space on every query; then each query with what was best for the others. */
function choose(db: ReturnType<typeof open>, truth: Truth) {
  const search = productSearch(db);
  const rows = db.prepare("SELECT n, sku FROM product").all();
  const skus = new Map(rows.map(({ n, sku }) => [Number(n), String(sku)]));
  const queries = judged(truth);
  const all = combinations(WEIGHTS);
  const scores = all.map((weights) =>
    queries.map(([query, grades]) => {
      const { entries } = search(lookup(query, 10), weights);
      return ndcg(
        grades,
        entries.map((n) => skus.get(n) ?? ""),
      );
    }),
  );
  const folds = leftOut(scores);
  const values = folds.map(({ score }) => score);
  const { columns, length: _, ...rest } = all[bestOfAll(scores)] ?? WEIGHTS;
  const table = queries.map(([query], at) => ({ query, ndcg10: rounded(values[at] ?? 0, 3) }));
  for (const { query, ndcg10 } of table.toSorted((a, b) => a.ndcg10 - b.ndcg10))
    process.stdout.write(`${ndcg10.toFixed(3)}  ${query}\n`);
  return {
    queries: queries.length,
    ndcg10: rounded(mean(values), 4),
    ndcg10_interval: interval(values),
    combinations: all.length,
    /** How often each combination was chosen: few of them, and the weights hang on no single query. */
    chosen: Object.values(Object.groupBy(folds, ({ chosen }) => chosen)).map((of) => of?.length ?? 0),
    best_for_all: { ...columns, ...rest },
  };
}

/** As the gateway searches: through the port, its thread and all, with the weights that are shipped. */
async function measured(search: Search, truth: Truth) {
  const found = async (query: string, limit: number): Promise<string[]> => {
    const { entries } = await search.find(lookup(query, limit), 10_000);
    return entries.map(({ entry }) => entry.id);
  };
  const queries = [...truth.grades.keys()];
  const asked: number[][] = queries.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, query] of queries.entries()) {
      const begun = performance.now();
      await found(query, 10);
      asked[at]?.push(performance.now() - begun);
    }
  }
  const first = asked.map(([time = 0]) => time);
  const times = asked.map(([_, ...again]) => median(again));
  const scores: number[] = [];
  const known: number[] = [];
  const recalls: number[] = [];
  const nothing: string[] = [];
  for (const query of queries) {
    const grades = truth.grades.get(query) ?? new Map();
    const deep = await found(query, 100);
    if (deep.length === 0) nothing.push(query);
    if (!isAnswerable(truth, query)) continue;
    scores.push(ndcg(grades, await found(query, 10)));
    known.push(judgedNdcg(grades, deep));
    const share = recall(grades, deep);
    if (share !== null) recalls.push(share);
  }
  const absent = queries.filter((query) => truth.absent.has(query));
  return {
    ndcg10_shipped: rounded(mean(scores), 4),
    ndcg10_judged_only: rounded(mean(known), 4),
    recall100: rounded(mean(recalls), 4),
    no_match: absent.length,
    no_match_answered: absent.filter((query) => !nothing.includes(query)),
    false_nothing: nothing.filter((query) => !truth.absent.has(query)),
    /** Over the queries, each its middle time of several, so that another process on the machine is not measured. */
    p50_ms: rounded(percentile(times, 50), 2),
    p95_ms: rounded(percentile(times, 95), 2),
    /** Each query asked for the first time, when nothing of it is in memory. */
    first_p50_ms: rounded(percentile(first, 50), 2),
    first_p95_ms: rounded(percentile(first, 95), 2),
  };
}

const ROUNDS = 10;

/** The same catalogue the way a very large one is searched: sealed segments pick out what is rated exactly. */
async function sealedQuality(db: ReturnType<typeof open>, truth: Truth) {
  sealer(db, { from: 1, worth: 1, loose: 1 })();
  const search = sqliteSearch(db);
  const scores: number[] = [];
  const recalls: number[] = [];
  for (const [query, grades] of judged(truth)) {
    const { entries } = await search.find(lookup(query, 100), 10_000);
    const found = entries.map(({ entry }) => entry.id);
    scores.push(ndcg(grades, found.slice(0, 10)));
    const share = recall(grades, found);
    if (share !== null) recalls.push(share);
  }
  await search.close();
  return { ndcg10_sealed: rounded(mean(scores), 4), recall100_sealed: rounded(mean(recalls), 4) };
}

/** Each engine in the best of its simple settings. */
function besides(folder: string, truth: Truth) {
  const best = new Map<string, { setting: string; ndcg10: number; recall100: number }>();
  for (const engine of engines(sheetsOf(folder))) {
    const scores: number[] = [];
    const recalls: number[] = [];
    for (const [query, grades] of judged(truth)) {
      const found = engine.search(query, 100);
      scores.push(ndcg(grades, found));
      const share = recall(grades, found);
      if (share !== null) recalls.push(share);
    }
    const ndcg10 = rounded(mean(scores), 4);
    const recall100 = rounded(mean(recalls), 4);
    process.stdout.write(`${ndcg10.toFixed(4)}  recall100 ${recall100.toFixed(3)}  ${engine.name}\n`);
    const [name = ""] = engine.name.split(" ");
    if (ndcg10 > (best.get(name)?.ndcg10 ?? -1)) best.set(name, { setting: engine.name, ndcg10, recall100 });
  }
  return Object.fromEntries(best);
}

function broken(
  result: ReturnType<typeof choose> &
    Awaited<ReturnType<typeof measured>> &
    Awaited<ReturnType<typeof sealedQuality>> & { engines: object },
) {
  const failures: string[] = [];
  const promise = (kept: boolean, text: string) => kept || failures.push(text);
  promise(result.ndcg10 >= 0.77, `ndcg10 ${result.ndcg10} is under .77`);
  for (const [name, { ndcg10 }] of Object.entries(result.engines as Record<string, { ndcg10: number }>))
    promise(result.ndcg10 > ndcg10, `${name} has ${ndcg10}`);
  promise(
    result.ndcg10_sealed > result.ndcg10_shipped - 0.005,
    `ndcg10_sealed ${result.ndcg10_sealed} is under ${result.ndcg10_shipped}`,
  );
  promise(result.recall100 >= 0.9, `recall100 ${result.recall100} is under .90`);
  promise(
    result.no_match_answered.length === 0,
    `something found for ${result.no_match_answered.join(", ")}`,
  );
  promise(result.false_nothing.length <= 1, `nothing found for ${result.false_nothing.join(", ")}`);
  promise(result.p50_ms <= 2, `p50 ${result.p50_ms} ms`);
  promise(result.p95_ms <= 10, `p95 ${result.p95_ms} ms`);
  return failures;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** 95 % of the means of queries drawn again with replacement. */
function interval(values: readonly number[]): [number, number] {
  const random = seeded(1);
  const means = Array.from({ length: 2_000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  );
  return [rounded(percentile(means, 2.5), 3), rounded(percentile(means, 97.5), 3)];
}
