import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../src/adapters/sqlite/search.ts";
import { ingest } from "../src/app/loading.ts";

/**
 * Loads the Icecat catalogue of PARLEY_DATA, index and all, into a fresh database the way the ingest command does,
 * and searches it once. `parse_seconds` is the yardstick: unpacking the same file and JSON.parse over its lines.
 */
export async function run(args: string[]): Promise<object> {
  const data = resolve(process.env.PARLEY_DATA ?? "../shared/data");
  const file = args[0] ?? join(data, "icecat-chorus/products.jsonl.gz");
  if (!existsSync(file)) return { skipped: `${file} is not there; set PARLEY_DATA` };
  const home = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    return await measured(file, join(home, "parley.db"));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function measured(file: string, database: string): Promise<object> {
  const parse_seconds = timed(() => {
    const text = file.endsWith(".gz")
      ? gunzipSync(readFileSync(file)).toString()
      : readFileSync(file, "utf8");
    for (const line of text.split("\n")) if (line !== "") JSON.parse(line);
  });
  const db = open(database);
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const settings = { currency: "USD", now: new Date().toISOString() };
  const result = await ingest([file], settings, { catalogue: sqliteCatalogue(db, 0), out: process.stdout });
  const seconds = rounded((performance.now() - begun) / 1_000);
  const { user, system } = process.cpuUsage(cpu);
  const again = performance.now();
  await ingest([file], settings, { catalogue: sqliteCatalogue(db, 0), out: process.stdout });
  const again_seconds = rounded((performance.now() - again) / 1_000);
  const search = sqliteSearch(db);
  const { products } = await search.census();
  const found = await search.find(
    { kind: "search", text: "laser printer", lang: "en", currency: "USD", filters: {}, limit: 50 },
    10_000,
  );
  await search.close();
  db.close();
  return {
    file,
    bytes: statSync(file).size,
    products,
    rejected: result.rejected,
    seconds,
    // Tells a busy machine from slow code.
    cpu_seconds: rounded((user + system) / 1_000_000),
    per_s: Math.round(result.entries / seconds),
    again_seconds,
    parse_seconds,
    search_check: found.entries.length,
    rss_mb: Math.round(process.memoryUsage().rss / 1_000_000),
  };
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return rounded((performance.now() - begun) / 1_000);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
