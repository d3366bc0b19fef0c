import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openFinding } from "../../src/adapters/drivers.ts";
import { both } from "../../src/adapters/lexical/both.ts";
import { sqliteCatalogue } from "../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../src/adapters/sqlite/search.ts";
import { catalogueContract } from "../contracts/catalogue.ts";
import {
  DEFAULT_STOCK,
  idsOf,
  type KnowledgeBase,
  loaded,
  product,
  searched,
} from "../contracts/knowledge.ts";
import { searchContract } from "../contracts/search.ts";
import { subsetServer } from "./opensearch/server.ts";
import { isThere, postgresDatabase } from "./postgres/knowledge.ts";

/** As a gateway is put together: sessions, orders and facts in SQLite, products found where the address says. */
async function beside(url: string, closed: () => Promise<void> = async () => {}): Promise<KnowledgeBase> {
  const folder = await mkdtemp(join(tmpdir(), "parley-finding-"));
  const db = open(join(folder, "parley.db"));
  const { search, catalogue } = await openFinding(url, db, sqliteSearch(db));
  return {
    catalogue: both(sqliteCatalogue(db, DEFAULT_STOCK), catalogue),
    search,
    sell: async (sku, quantity) => {
      db.prepare("UPDATE stock SET on_hand = on_hand - ? WHERE sku = ?").run(quantity, sku);
    },
    close: async () => {
      await search.close();
      db.close();
      await rm(folder, { recursive: true });
      await closed();
    },
  };
}

describe.runIf(await isThere())("products found in PostgreSQL, facts in SQLite", () => {
  const empty = async () => {
    const { url, drop } = await postgresDatabase();
    return beside(url, drop);
  };
  searchContract("PostgreSQL beside SQLite", empty);
  catalogueContract("PostgreSQL beside SQLite", empty);

  test("whether it is in stock is for the store to say", async () => {
    const base = await empty();
    await loaded(base, [product("L-1", "Desk lamp"), product("L-2", "Floor lamp", { stock: 4 })]);
    await base.sell("L-2", 4);
    const found = await searched(base, "lamp", { in_stock: true });
    expect(idsOf(found)).toEqual(["L-1"]);
    expect(found.stock).toEqual({ "L-1": DEFAULT_STOCK });
    await base.close();
  });
});

const server = await subsetServer();
afterAll(() => server.close());

test("an address says which engine it is, and one that nothing answers at names its place, never its password", async () => {
  const base = await beside(`${server.url}/parley`);
  expect(await base.search.census()).toMatchObject({ products: 0 });
  await base.close();
  await expect(beside("opensearch://me:secret@127.0.0.1:1/parley")).rejects.toThrow(
    /^the search engine at 127\.0\.0\.1:1 cannot be reached$/,
  );
  await expect(beside("postgres://me:secret@127.0.0.1:1/none")).rejects.toMatchObject({
    code: "bad_config",
    message: "127.0.0.1:1/none cannot be used as Parley's database",
  });
  await expect(beside("opensearch://127.0.0.1:1/No Such")).rejects.toThrow(/is no name of an index/);
});
