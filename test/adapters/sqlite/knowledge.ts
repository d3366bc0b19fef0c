import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteCatalogue } from "../../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { SEALED } from "../../../src/adapters/sqlite/sealing.ts";
import { sqliteSearch } from "../../../src/adapters/sqlite/search.ts";
import { DEFAULT_STOCK, type KnowledgeBase } from "../../contracts/knowledge.ts";

/** One that is sealed after every load, as a very large catalogue is. */
export const sealedKnowledge = () => sqliteKnowledge({ from: 1, worth: 1, loose: 1e9 });

/** A knowledge base in a file of its own, which is gone once it is closed. */
export async function sqliteKnowledge(sealed = SEALED): Promise<KnowledgeBase> {
  const folder = await mkdtemp(join(tmpdir(), "parley-knowledge-"));
  const db = open(join(folder, "parley.db"));
  const search = sqliteSearch(db);
  return {
    catalogue: sqliteCatalogue(db, DEFAULT_STOCK, sealed),
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
