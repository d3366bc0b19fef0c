import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { WEIGHTS } from "../src/adapters/lexical/weights.ts";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { migrations } from "../src/adapters/sqlite/migrations.ts";
import { ingest } from "../src/app/loading.ts";
import type { Entry, Product } from "../src/domain/entry.ts";
import type { Catalogue } from "../src/ports/catalogue.ts";
import { manyLike } from "./scale-catalogue.ts";
import { rounded } from "./statistics.ts";

/** A database file with the generated catalogue, and what it took to make it. */
export interface Built {
  readonly path: string;
  readonly products: number;
  readonly build_seconds: number;
  readonly build_rss_mb: number;
  /** The file whole; the words of products in it: FTS5 and segments. */
  readonly file_mb: number;
  readonly fts_mb: number;
  readonly segments_mb: number;
  readonly cached: boolean;
}

/** Builds it once: the file is kept outside of the repository, by what it follows from. */
export async function built(file: string, many: number, seed: number): Promise<Built> {
  const folder = join(tmpdir(), "parley-scale");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${keyOf(file, many, seed)}.db`);
  const facts = `${path}.json`;
  if (existsSync(facts)) return { ...(JSON.parse(readFileSync(facts, "utf8")) as Built), cached: true };
  for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
  const begun = performance.now();
  const db = open(path);
  await fill(db, await realProducts(file), many, seed);
  const build_seconds = rounded((performance.now() - begun) / 1_000);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const made: Built = {
    path,
    products: Number(db.prepare("SELECT count(*) AS n FROM product").get()?.n),
    build_seconds,
    build_rss_mb: Math.round(process.memoryUsage().rss / 1_000_000),
    file_mb: Math.round(statSync(path).size / 1_000_000),
    fts_mb: megabytes(db, "SELECT sum(length(block)) AS n FROM product_words_data"),
    segments_mb: megabytes(db, "SELECT sum(length(data) + length(term)) AS n FROM posting"),
    cached: false,
  };
  db.close();
  writeFileSync(`${facts}.part`, JSON.stringify(made));
  renameSync(`${facts}.part`, facts);
  return made;
}

/** What a file follows from; MADE is to be raised when the generator or what is sealed changes otherwise. */
function keyOf(file: string, many: number, seed: number): string {
  const from = JSON.stringify([MADE, many, seed, statSync(file).size, migrations, WEIGHTS]);
  return `${many}-${seed}-${createHash("sha256").update(from).digest("hex").slice(0, 12)}`;
}

const MADE = 1;

async function fill(db: DatabaseSync, real: readonly Product[], many: number, seed: number): Promise<void> {
  const load = await sqliteCatalogue(db, 0).begin("generated");
  let batch: Entry[] = [];
  let done = 0;
  for (const product of manyLike(real, many, seed)) {
    batch.push(product);
    if (batch.length < 2_000) continue;
    await load.put(batch);
    done += batch.length;
    if (done % 50_000 === 0) process.stderr.write(`${done} products\n`);
    batch = [];
  }
  await load.put(batch);
  await load.finish();
}

/** The real catalogue as the ingest command reads it. */
async function realProducts(file: string): Promise<Product[]> {
  const products: Product[] = [];
  const report = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 };
  const catalogue: Catalogue = {
    begin: async () => ({
      put: async (entries) => {
        for (const entry of entries) if (entry.kind === "product") products.push(entry);
      },
      finish: async () => report,
      leave: async () => report,
    }),
  };
  const settings = { currency: "USD", now: new Date().toISOString() };
  await ingest([file], settings, { catalogue, out: process.stderr });
  return products;
}

function megabytes(db: DatabaseSync, sql: string): number {
  return Math.round(Number(db.prepare(sql).get()?.n) / 1_000_000);
}
