import type { DatabaseSync } from "node:sqlite";
import type { Entry, Versioned } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import type { Found, Lookup } from "../../domain/lookup.ts";
import type { Search } from "../../ports/search.ts";
import { open } from "./database.ts";
import { searcher } from "./searcher.ts";

/**
 * The knowledge base, read side. What is found by its code is read at once, through a handle of its own; searches by
 * words run in a thread with another, so the database MUST be a file. `main` stays the caller's to close.
 */
export function sqliteSearch(main: DatabaseSync): Search {
  const path = main.location();
  if (path === null) throw new Fault("bad_config", "searching needs a database in a file");
  const db = open(path, { readonly: true });
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
    close: async () => {
      await thread.close();
      read.close();
    },
  };
}

/** Parsed entries kept, so that a product in talk is not parsed at every turn. */
const CACHED = 5_000;

function readerOf(db: DatabaseSync) {
  const sql = statementsOf(db);
  const bodies = bounded<number, Entry>(CACHED);
  const products = bounded<string, Versioned | null>(CACHED);
  const bundles = bounded<string, readonly Versioned[]>(CACHED);
  let changes: unknown;
  let reading = false;

  /**
   * Look-ups that are asked for together are read in one transaction: to begin one costs more than the reading.
   * What is current may be remembered until a load changes anything; stock never is.
   */
  function refresh(): void {
    if (reading) return;
    reading = true;
    sql.begin.run();
    queueMicrotask(end);
    const now = sql.changes.get()?.changes;
    if (now === changes) return;
    changes = now;
    products.clear();
    bundles.clear();
  }

  function end(): void {
    if (reading) sql.end.run();
    reading = false;
  }

  const versioned = (row: Row): Versioned => ({
    // A row's body never changes, so its number is key enough.
    entry: bodies.get(Number(row.n), (n) => JSON.parse(String(sql.body.get(n)?.body)) as Entry),
    version: String(row.version),
    live: row.live === 1,
  });

  const product = (sku: string) =>
    products.get(sku, () => {
      const row = sql.product.get(sku);
      return row === undefined ? null : versioned(row);
    });

  function withStock(entries: readonly Versioned[]) {
    const stock: Record<string, number> = {};
    for (const { entry } of entries) {
      if (entry.kind === "product") stock[entry.id] = Number(sql.stock.get(entry.id)?.on_hand ?? 0);
    }
    return { entries, stock };
  }

  return {
    products: (skus: readonly string[]) => {
      refresh();
      return withStock([...new Set(skus)].map(product).filter((item) => item !== null));
    },
    /** By row; what was withdrawn since the search is left out. */
    entries: (rows: readonly number[]) => {
      refresh();
      const live = rows.map((n) => sql.live.get(n)).filter((row) => row !== undefined);
      return withStock(live.map(versioned));
    },
    close: () => {
      end();
      if (db.isOpen) db.close();
    },
    bundles: (skus: readonly string[]) => {
      refresh();
      const key = JSON.stringify(skus);
      return bundles.get(key, () => sql.bundles.all(key).map(versioned));
    },
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

/** Remembers the `most` last used values. */
function bounded<K, V>(most: number) {
  const kept = new Map<K, V>();
  return {
    get: (key: K, make: (key: K) => V): V => {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const made = make(key);
      kept.set(key, made);
      if (kept.size > most) kept.delete(kept.keys().next().value as K);
      return made;
    },
    clear: () => kept.clear(),
  };
}

function statementsOf(db: DatabaseSync) {
  const head = "e.n, e.version, e.live FROM entry e";
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
    begin: db.prepare("BEGIN"),
    end: db.prepare("COMMIT"),
    changes: db.prepare("SELECT changes FROM knowledge"),
    stock: db.prepare("SELECT on_hand FROM stock WHERE sku = ?"),
    body: db.prepare("SELECT body FROM entry WHERE n = ?"),
    count: {
      product: db.prepare("SELECT count(*) AS n FROM product"),
      passage: db.prepare("SELECT count(*) AS n FROM passage"),
      voice: db.prepare("SELECT count(*) AS n FROM voice"),
    },
    currencies: db.prepare("SELECT DISTINCT currency FROM price ORDER BY currency"),
  };
}
