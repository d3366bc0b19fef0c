import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { directStore } from "../../../src/adapters/sqlite/direct.ts";
import { stockFor } from "../../../src/adapters/sqlite/holdings.ts";
import { sqliteStore } from "../../../src/adapters/sqlite/store.ts";
import { storeContract } from "../../contracts/store.ts";

storeContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-store-"));
  const path = join(folder, "parley.db");
  const store = sqliteStore(open(path));
  const beside = open(path);
  return {
    store,
    stock: stockOf(beside),
    free: async (sku, viewer) => stockFor(beside)(sku, viewer),
    close: async () => {
      beside.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

storeContract("SQLite without threads", async () => {
  const db = open(":memory:");
  const store = directStore(db);
  const free = stockFor(db);
  return {
    store,
    stock: stockOf(db),
    free: async (sku, viewer) => free(sku, viewer),
    close: () => store.close(),
  };
});

function stockOf(db: DatabaseSync) {
  return (sku: string, units?: number) => {
    if (units !== undefined)
      db.prepare("INSERT OR REPLACE INTO stock (sku, on_hand) VALUES (?, ?)").run(sku, units);
    return Number(db.prepare("SELECT on_hand FROM stock WHERE sku = ?").get(sku)?.on_hand);
  };
}
