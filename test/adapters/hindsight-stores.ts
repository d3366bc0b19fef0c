import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresHindsight } from "../../src/adapters/postgres/hindsight.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { sqliteStore } from "../../src/adapters/sqlite/store.ts";
import type { Seen } from "../contracts/hindsight.ts";
import { postgresShelf } from "./postgres/shelf.ts";

export async function onSqlite(): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), "parley-hindsight-"));
  const store = sqliteStore(open(join(folder, "parley.db")));
  return {
    ...{ store, hindsight: store.hindsight },
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

export async function onPostgres(): Promise<Seen> {
  const { store, sql, close } = await postgresShelf();
  return { store, hindsight: postgresHindsight(sql), close };
}
