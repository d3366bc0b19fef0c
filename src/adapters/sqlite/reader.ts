import type { DatabaseSync } from "node:sqlite";
import type { Entry, Versioned } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import type { Found, KnowledgeLookup } from "../../domain/lookup.ts";
import type { Search, Viewer } from "../../ports/search.ts";
import type { Hits } from "../lexical/hits.ts";
import type { ByWords } from "./hits.ts";
import { stockFor } from "./holdings.ts";

/**
 * Reads entries by what they are called and where they stand. `own` handles are this reader's alone: look-ups of one
 * moment then share a transaction. On a handle that is also written through there MUST be none, as it would nest.
 */
export function readerOf(db: DatabaseSync, own: boolean, bodies = keptBodies()) {
  const sql = statementsOf(db);
  const free = stockFor(db);
  const products = bounded<string, Versioned | null>(CACHED);
  const bundles = bounded<string, readonly Versioned[]>(CACHED);
  let changes: unknown;
  let reading = false;
  let census: Awaited<ReturnType<Search["census"]>> | undefined;

  /**
   * Look-ups that are asked for together are read in one transaction: to begin one costs more than the reading.
   * What is current may be remembered until a load changes anything; stock never is.
   */
  function refresh(): void {
    if (reading) return;
    if (own) {
      reading = true;
      sql.begin.run();
      queueMicrotask(end);
    }
    const now = sql.changes.get()?.changes;
    if (now === changes) return;
    changes = now;
    products.clear();
    bundles.clear();
    census = undefined;
  }

  function end(): void {
    // A file that cannot be read may have ended it.
    if (reading && db.isTransaction) sql.end.run();
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

  const bundled = (skus: readonly string[]) => {
    const key = JSON.stringify(skus);
    return bundles.get(key, () => sql.bundles.all(key).map(versioned));
  };

  function withStock(entries: readonly Versioned[], viewer: Viewer | undefined) {
    const stock: Record<string, number> = {};
    for (const { entry } of entries) {
      if (entry.kind === "product") stock[entry.id] = free(entry.id, viewer);
    }
    return { entries, stock };
  }

  return {
    /** What is named by its code, read at once. */
    known: (lookup: Exclude<KnowledgeLookup, ByWords>, viewer?: Viewer): Found => {
      refresh();
      if (lookup.kind === "bundles")
        return { lookup, entries: bundled(lookup.skus), stock: {}, partial: false };
      const entries = [...new Set(lookup.skus)].map(product).filter((item) => item !== null);
      return { lookup, ...withStock(entries, viewer), partial: false };
    },
    /** What a search by words hit; what was withdrawn since is left out. */
    found: (lookup: ByWords, { entries, relaxed, tally, partial = false }: Hits, viewer?: Viewer): Found => {
      refresh();
      const live = entries.map((n) => sql.live.get(n)).filter((row) => row !== undefined);
      const hits = withStock(live.map(versioned), viewer);
      // The index knows what is on hand, not what others hold of it.
      const free = ({ entry }: Versioned) => hits.stock[entry.id] !== 0;
      const wanted = lookup.kind === "search" && lookup.filters.in_stock === true && relaxed !== true;
      const found = {
        lookup,
        ...hits,
        entries: wanted ? hits.entries.filter(free) : hits.entries,
        partial,
        ...(tally === undefined ? {} : { tally }),
      };
      return relaxed === undefined ? found : { ...found, relaxed };
    },
    close: () => {
      end();
      if (own && db.isOpen) db.close();
    },
    version: (id: string, version: string): Versioned => {
      const row = sql.version.get(id, version);
      if (row === undefined) throw new Fault("not_found", `there is no ${id} at version ${version}`);
      return versioned(row);
    },
    /** Counted once for each load: of a million products it takes a while. */
    census: () => {
      refresh();
      census ??= {
        products: Number(sql.count.product.get()?.n),
        passages: Number(sql.count.passage.get()?.n),
        voices: Number(sql.count.voice.get()?.n),
        currencies: sql.currencies.all().map((row) => String(row.currency)),
      };
      return census;
    },
  };
}

/** Parsed entries kept, so that a product in talk is not parsed at every turn. */
const CACHED = 5_000;

/** Entries by their row, which never changes: readers of copies of one database may share them. */
export function keptBodies() {
  return bounded<number, Entry>(CACHED);
}
export type Bodies = ReturnType<typeof keptBodies>;

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
    body: db.prepare("SELECT body FROM entry WHERE n = ?"),
    count: {
      product: db.prepare("SELECT count(*) AS n FROM product"),
      passage: db.prepare("SELECT count(*) AS n FROM passage"),
      voice: db.prepare("SELECT count(*) AS n FROM voice"),
    },
    // From one currency to the next along the index, and not over every price there is.
    currencies: db.prepare(
      `WITH RECURSIVE each (currency) AS (
         SELECT min(currency) FROM price
         UNION ALL SELECT (SELECT min(currency) FROM price p WHERE p.currency > each.currency) FROM each
           WHERE each.currency IS NOT NULL
       ) SELECT currency FROM each WHERE currency IS NOT NULL`,
    ),
  };
}
