import type { Catalogue } from "../../ports/catalogue.ts";
import type { Census } from "../../ports/census.ts";
import type { Hindsight } from "../../ports/hindsight.ts";
import type { Search } from "../../ports/search.ts";
import type { Store } from "../../ports/store.ts";
import { postgresCatalogue } from "./catalogue.ts";
import { postgresCensus } from "./census.ts";
import { openPostgres, pooled } from "./database.ts";
import { postgresHindsight } from "./hindsight.ts";
import { postgresSearch } from "./search.ts";
import { postgresStore } from "./store.ts";

/** Everything that nodes of one vendor share, in one database. The store is closed last, and the connections with it. */
export interface Shared {
  readonly store: Store;
  readonly search: Search;
  readonly census: Census;
  readonly hindsight: Hindsight;
  catalogue(default_stock: number): Catalogue;
  /** Small notes about the database, such as the digest of what was last loaded. */
  note(key: string): Promise<string | null>;
  setNote(key: string, value: string): Promise<void>;
  /** Clients that come back are told to drop what they had: what followed a backup is lost. */
  newEpoch(): Promise<void>;
}

export async function openShared(url: string): Promise<Shared> {
  const sql = await openPostgres(url);
  // Connections of their own: no order waits for a search by words to end.
  const own = pooled(url);
  // What is named by its code is asked for together, one round at a time, and waits for no order either.
  const named = pooled(url, 1);
  const end = () => Promise.all([named.end(), own.end(), sql.end()]);
  const store = await postgresStore(own).catch(async (cause: unknown) => {
    await end();
    throw cause;
  });
  return {
    store: {
      ...store,
      close: async () => {
        await store.close();
        await end();
      },
    },
    search: postgresSearch(sql, named),
    census: postgresCensus(sql),
    hindsight: postgresHindsight(sql),
    catalogue: (default_stock) => postgresCatalogue(sql, default_stock),
    note: async (key) => {
      const [row] = await sql.query("SELECT value FROM meta WHERE key = $1", [key]);
      return row ? String(row.value) : null;
    },
    setNote: async (key, value) => {
      await sql.query("INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2", [
        key,
        value,
      ]);
    },
    newEpoch: async () => {
      await sql.query(
        "UPDATE meta SET value = substr(replace(gen_random_uuid()::text, '-', ''), 1, 16) WHERE key = 'epoch'",
      );
    },
  };
}
