import { expect, test } from "vitest";
import { sqliteCatalogue } from "../../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { directSearch, forked } from "../../../src/adapters/sqlite/direct.ts";
import {
  DEFAULT_STOCK,
  idsOf,
  type KnowledgeBase,
  loaded,
  product,
  searched,
} from "../../contracts/knowledge.ts";
import { searchContract } from "../../contracts/search.ts";

async function inMemory(): Promise<KnowledgeBase> {
  const db = open(":memory:");
  return {
    catalogue: sqliteCatalogue(db, DEFAULT_STOCK),
    search: directSearch(db),
    sell: async (sku, quantity) => {
      db.prepare("UPDATE stock SET on_hand = on_hand - ? WHERE sku = ?").run(quantity, sku);
    },
    close: async () => db.close(),
  };
}

searchContract("SQLite without threads", inMemory);

test("a copy begins as the other stood, and what happens in one is not seen in the other", async () => {
  const db = open(":memory:");
  const base = { catalogue: sqliteCatalogue(db, DEFAULT_STOCK), search: directSearch(db) } as KnowledgeBase;
  await loaded(base, [product("G-1", "Grey gear")]);
  const [one, other] = [forked(db.serialize()), forked(db.serialize())];
  one.prepare("UPDATE stock SET on_hand = 1 WHERE sku = 'G-1'").run();
  const found = async (copy: typeof one) => searched({ ...base, search: directSearch(copy) }, "gear");
  expect(idsOf(await found(one))).toEqual(["G-1"]);
  expect((await found(one)).stock).toEqual({ "G-1": 1 });
  expect((await found(other)).stock).toEqual({ "G-1": DEFAULT_STOCK });
});
