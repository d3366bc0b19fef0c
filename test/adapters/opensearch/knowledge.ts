import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { both } from "../../../src/adapters/lexical/both.ts";
import { openSearchCatalogue } from "../../../src/adapters/opensearch/catalogue.ts";
import { openSearch } from "../../../src/adapters/opensearch/search.ts";
import { sqliteCatalogue } from "../../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { sqliteFacts } from "../../../src/adapters/sqlite/facts.ts";
import { sqliteSearch } from "../../../src/adapters/sqlite/search.ts";
import { DEFAULT_STOCK, type KnowledgeBase } from "../../contracts/knowledge.ts";

/** SQLite with its facts, and an index of its own at the server that `url` names. */
export async function openSearchKnowledge(url: string): Promise<KnowledgeBase> {
  const folder = await mkdtemp(join(tmpdir(), "parley-opensearch-"));
  const db = open(join(folder, "parley.db"));
  const index = `${url}/parley-test-${randomUUID()}`;
  const engine = await openSearchCatalogue(index);
  const search = openSearch(index, sqliteFacts(db), sqliteSearch(db));
  return {
    catalogue: both(sqliteCatalogue(db, DEFAULT_STOCK), engine),
    search,
    sell: async (sku, quantity) => {
      db.prepare("UPDATE stock SET on_hand = on_hand - ? WHERE sku = ?").run(quantity, sku);
    },
    close: async () => {
      await search.close();
      db.close();
      await rm(folder, { recursive: true });
    },
  };
}
