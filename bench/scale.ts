import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { open } from "../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../src/adapters/sqlite/search.ts";
import type { Lookup } from "../src/domain/lookup.ts";
import type { Search } from "../src/ports/search.ts";
import { built } from "./scale-build.ts";
import { percentile, rounded, seeded } from "./statistics.ts";

type ProductLookup = Extract<Lookup, { kind: "search" }>;

/**
 * Product search over a million generated products that follow the real ones of PARLEY_DATA, asked by as many as come: 50
 * searches a second at instants of a Poisson process, through the gateway's own adapter, its thread and its deadline.
 * Building is done once and kept; `build_seconds` is what it took then. The yardstick is FTS5's own ranking.
 */
export async function run(args: string[]): Promise<object> {
  const folder = resolve(process.env.PARLEY_DATA ?? "../shared/data", "icecat-chorus");
  if (!existsSync(folder)) return { skipped: `${folder} is not there; set PARLEY_DATA` };
  const made = await built(join(folder, "products.jsonl.gz"), Number(args[0] ?? PRODUCTS), SEED);
  const { path, ...facts } = made;
  process.stdout.write(
    `${facts.products} products, ${facts.file_mb} MB, built in ${facts.build_seconds} s\n`,
  );
  const queries = (
    JSON.parse(readFileSync(join(folder, "queries_dev.json"), "utf8")) as { query: string }[]
  ).map(({ query }) => query);
  const db = open(path);
  const search = sqliteSearch(db);
  const load = await loaded(search, asked(queries));
  await search.close();
  const fts5 = plainFts5(db, queries);
  db.close();
  const result = { ...facts, seed: SEED, ...load, fts5 };
  return { ...result, failures: broken(result) };
}

const PRODUCTS = 1_000_000;
const SEED = 1;
const PER_SECOND = 50;
const SECONDS = 40;
const DEADLINE_MS = 300;
/** What a timer may be late by on a busy machine. */
const TOLERANCE_MS = 20;

/** As people asked the real catalogue, every other one with a word of another query; each fifth names a price. */
function asked(queries: readonly string[]): ProductLookup[] {
  const random = seeded(SEED);
  const one = () => queries[Math.floor(random() * queries.length)] ?? "";
  return Array.from({ length: PER_SECOND * SECONDS }, (_, at): ProductLookup => {
    const [word = ""] = one().split(" ");
    const text = at % 2 === 0 ? one() : `${one()} ${word}`;
    const filters = at % 5 === 0 ? { price_max: 2_000 + Math.floor(random() * 100_000) } : {};
    return { kind: "search", text, lang: "en", currency: "USD", filters, limit: 10 };
  });
}

interface Answered {
  readonly ms: number;
  readonly partial: boolean;
  readonly found: number;
}

async function loaded(search: Search, lookups: readonly ProductLookup[]) {
  const random = seeded(SEED + 1);
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  // The first search finds the thread ready, as one in a gateway that listens does.
  await search.find({ kind: "passages", text: "ready", lang: "en", limit: 1 }, 10_000);
  const answers: Promise<Answered>[] = [];
  lag.enable();
  let due = performance.now();
  for (const lookup of lookups) {
    due += (-Math.log(1 - random()) * 1_000) / PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const begun = performance.now();
    answers.push(
      search.find(lookup, DEADLINE_MS).then(({ partial, entries }) => {
        return { ms: performance.now() - begun, partial, found: entries.length };
      }),
    );
  }
  const all = await Promise.all(answers);
  lag.disable();
  const times = all.map(({ ms }) => ms);
  const share = (of: (one: Answered) => boolean) => rounded(all.filter(of).length / all.length, 4);
  return {
    searches: all.length,
    hit: all.filter(({ found }) => found > 0).length,
    empty: all.filter(({ found, partial }) => found === 0 && !partial).length,
    deadline_ms: DEADLINE_MS,
    deadline_kept: share(({ ms }) => ms <= DEADLINE_MS + TOLERANCE_MS),
    complete: share(({ partial }) => !partial),
    p50_ms: rounded(percentile(times, 50)),
    p95_ms: rounded(percentile(times, 95)),
    p99_ms: rounded(percentile(times, 99)),
    max_ms: rounded(Math.max(...times)),
    lag_p99_ms: rounded(lag.percentile(99) / 1e6 - LAG_RESOLUTION_MS),
    rss_mb: Math.round(process.memoryUsage().rss / 1_000_000),
  };
}

const LAG_RESOLUTION_MS = 5;

/** What FTS5 does by itself with the same words in the same table: any of them, its own bm25(), one after the other. */
function plainFts5(db: ReturnType<typeof open>, queries: readonly string[]) {
  const find = db.prepare(
    "SELECT rowid FROM product_words WHERE product_words MATCH ? ORDER BY bm25(product_words, 5, 1, 4, 1, 0.4, 2) LIMIT 10",
  );
  const times = queries.map((query) => {
    const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const begun = performance.now();
    find.all(words.map((word) => `"${word}"`).join(" OR "));
    return performance.now() - begun;
  });
  return {
    searches: times.length,
    p50_ms: rounded(percentile(times, 50)),
    p95_ms: rounded(percentile(times, 95)),
    in_deadline: rounded(times.filter((ms) => ms <= DEADLINE_MS).length / times.length, 4),
  };
}

function broken(result: Awaited<ReturnType<typeof loaded>> & { products: number }): string[] {
  const failures: string[] = [];
  const promise = (kept: boolean, text: string) => kept || failures.push(text);
  promise(
    result.hit > result.searches / 2,
    `only ${result.hit} of ${result.searches} searches found anything`,
  );
  promise(
    result.deadline_kept === 1,
    `deadline kept in ${result.deadline_kept}; slowest ${result.max_ms} ms`,
  );
  promise(result.complete >= 0.9, `complete ${result.complete} is under .9`);
  promise(result.lag_p99_ms <= 20, `the event loop lagged ${result.lag_p99_ms} ms`);
  return failures;
}
