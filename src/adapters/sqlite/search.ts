import type { DatabaseSync } from "node:sqlite";
import type { Entry, Versioned } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import type { Found, Lookup } from "../../domain/lookup.ts";
import type { Search } from "../../ports/search.ts";
import { searcher } from "./searcher.ts";

/**
 * The knowledge base, read side. What is found by its code comes from `db` at once; searches by words run in a
 * thread with a handle of its own on the same file, so `db` MUST NOT be `:memory:`. `db` stays the caller's to close.
 */
export function sqliteSearch(db: DatabaseSync): Search {
  const path = db.location();
  if (path === null) throw new Fault("bad_config", "searching needs a database in a file");
  const read = readerOf(db);
  const thread = searcher(path);

  async function find(lookup: Lookup, deadline_ms: number): Promise<Found> {
    if (lookup.kind === "products") return { lookup, ...read.products(lookup.skus), partial: false };
    if (lookup.kind === "bundles")
      return { lookup, entries: read.bundles(lookup.skus), stock: {}, partial: false };
    const hits = await thread.search(lookup, deadline_ms);
    if (hits === null) return { lookup, entries: [], stock: {}, partial: true };
    const found = { lookup, ...read.entries(hits.entries), partial: false };
    return hits.relaxed === undefined ? found : { ...found, relaxed: hits.relaxed };
  }

  return {
    find,
    recall: async (refs) => refs.map(([id, version]) => read.version(id, version)),
    census: async () => read.census(),
    close: () => thread.close(),
  };
}

/** Parsed entries kept, so that a product in talk is not parsed at every turn. */
const CACHED = 5_000;

function readerOf(db: DatabaseSync) {
  const sql = statementsOf(db);
  const cache = new Map<number, Entry>();

  /** A row's body never changes, so its number is key enough. */
  function entryOf(n: number): Entry {
    const known = cache.get(n);
    const entry = known ?? (JSON.parse(String(sql.body.get(n)?.body)) as Entry);
    cache.delete(n);
    cache.set(n, entry);
    const oldest = cache.size > CACHED ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    return entry;
  }

  const versioned = (row: Row): Versioned => ({
    entry: entryOf(Number(row.n)),
    version: String(row.version),
    live: row.live === 1,
  });

  function withStock(rows: readonly Row[]) {
    const products = rows.filter((row) => row.kind === "product");
    const stock = products.map((row) => [String(row.id), Number(row.on_hand ?? 0)] as const);
    return { entries: rows.map(versioned), stock: Object.fromEntries(stock) };
  }

  return {
    products: (skus: readonly string[]) =>
      withStock([...new Set(skus)].map((sku) => sql.product.get(sku)).filter((row) => row !== undefined)),
    /** By row; what was withdrawn since the search is left out. */
    entries: (rows: readonly number[]) =>
      withStock(rows.map((n) => sql.live.get(n)).filter((row) => row !== undefined)),
    bundles: (skus: readonly string[]) => sql.bundles.all(JSON.stringify(skus)).map(versioned),
    version: (id: string, version: string): Versioned => {
      const row = sql.version.get(id, version);
      if (row === undefined) throw new Fault("not_found", `there is no ${id} at version ${version}`);
      return versioned(row);
    },
    census: () => ({
      products: Number(sql.count.product.get()?.n),
      passages: Number(sql.count.passage.get()?.n),
      voices: Number(sql.count.voice.get()?.n),
      currencies: sql.currencies.all().map((row) => String(row.currency)),
    }),
  };
}

type Row = Record<string, unknown>;

function statementsOf(db: DatabaseSync) {
  const head =
    "e.n, e.id, e.version, e.kind, e.live, k.on_hand FROM entry e LEFT JOIN stock k ON k.sku = e.id";
  return {
    product: db.prepare(
      `SELECT ${head} WHERE e.id = ? AND e.kind = 'product' ORDER BY e.serial DESC LIMIT 1`,
    ),
    live: db.prepare(`SELECT ${head} WHERE e.n = ? AND e.live = 1`),
    version: db.prepare(`SELECT ${head} WHERE e.id = ? AND e.version = ?`),
    bundles: db.prepare(
      `SELECT ${head} WHERE e.live = 1 AND e.n IN
         (SELECT n FROM bundle_part WHERE sku IN (SELECT value FROM json_each(?))) ORDER BY e.id`,
    ),
    body: db.prepare("SELECT body FROM entry WHERE n = ?"),
    count: {
      product: db.prepare("SELECT count(*) AS n FROM product"),
      passage: db.prepare("SELECT count(*) AS n FROM passage"),
      voice: db.prepare("SELECT count(*) AS n FROM voice"),
    },
    currencies: db.prepare("SELECT DISTINCT currency FROM price ORDER BY currency"),
  };
}
