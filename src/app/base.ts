import type { DatabaseSync } from "node:sqlite";
import { sqliteCensus } from "../adapters/sqlite/census.ts";
import { open } from "../adapters/sqlite/database.ts";
import { sqliteSearch } from "../adapters/sqlite/search.ts";
import { readStamp, writeStamp } from "../adapters/sqlite/stamps.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Catalogue } from "../ports/catalogue.ts";
import type { Census } from "../ports/census.ts";
import type { Hindsight } from "../ports/hindsight.ts";
import type { Search } from "../ports/search.ts";
import type { Store } from "../ports/store.ts";
import { type Config, databasePath } from "./config.ts";

/** Where a vendor's sessions, orders, goods and stock are: one database, whichever it is. */
export interface Base {
  readonly store: Store;
  readonly search: Search;
  readonly census: Census;
  readonly hindsight: Hindsight;
  /** Its own catalogue; `default_stock` is what is on hand of a product that never stated it. */
  catalogue(default_stock: number): Promise<Catalogue>;
  /** Small notes a database keeps about itself, such as the digest of what was last loaded. */
  note(key: string): Promise<string | null>;
  setNote(key: string, value: string): Promise<void>;
  /** Version of the key of limits that the latest turn was decided with, 0 for none. No earlier turn has a newer one. */
  lastDraws(): Promise<number>;
  /** The embedded database itself; null where the store is a server's. */
  readonly db: DatabaseSync | null;
  /** What is told of every load beside the store, and where it is; without it the store finds by itself. */
  readonly finding?: { readonly at: string; readonly catalogue: Catalogue };
}

/** Opens what the configuration names; the threads that write and search begin here. */
export async function openBase(
  config: Pick<Config, "home"> & { readonly store?: string | undefined },
): Promise<Base> {
  return config.store === undefined ? embedded(open(databasePath(config))) : onServer(config.store);
}

export async function closeBase({ search, store }: Pick<Base, "search" | "store">): Promise<void> {
  await search.close();
  await store.close();
}

export function embedded(db: DatabaseSync): Base {
  const latest =
    "SELECT staff ->> '$.draws' AS draws FROM event WHERE staff IS NOT NULL ORDER BY rowid DESC LIMIT 1";
  const store = sqliteStore(db);
  return {
    ...{ db, store, hindsight: store.hindsight, search: sqliteSearch(db), census: sqliteCensus(db) },
    catalogue: async (default_stock) => {
      const { sqliteCatalogue } = await import("../adapters/sqlite/catalogue.ts");
      return sqliteCatalogue(db, default_stock);
    },
    note: async (key) => readStamp(db, key),
    setNote: async (key, value) => writeStamp(db, key, value),
    lastDraws: async () => Number(db.prepare(latest).get()?.draws ?? 0),
  };
}

async function onServer(url: string): Promise<Base> {
  const { openShared } = await import("../adapters/postgres/open.ts");
  const { store, search, census, hindsight, note, setNote, catalogue } = await openShared(url);
  return {
    ...{ store, search, census, hindsight, note, setNote, db: null },
    catalogue: async (default_stock) => catalogue(default_stock),
    lastDraws: async () => Number((await note("draws")) ?? 0),
  };
}
