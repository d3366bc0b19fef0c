import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openEmbeddings } from "../../../src/adapters/model/embeddings.ts";
import { sqliteCatalogue } from "../../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../../src/adapters/sqlite/search.ts";
import { type Filled, fill } from "../../../src/adapters/vectors/fill.ts";
import { hybridSearch } from "../../../src/adapters/vectors/hybrid.ts";
import { nearest } from "../../../src/adapters/vectors/nearest.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { Search } from "../../../src/ports/search.ts";
import { DEFAULT_STOCK, type KnowledgeBase } from "../../contracts/knowledge.ts";
import type { EmbeddingsWire } from "../../wire/embeddings.ts";

export interface VectorBase extends KnowledgeBase {
  readonly db: DatabaseSync;
  /** By words alone, on the same file. */
  readonly words: Search;
  /** What was said to the log, as `warn no vector ...`. */
  readonly said: string[];
  fill(model?: string): Promise<Filled>;
}

/** A knowledge base with vectors from that server, in a file of its own; every whole load is followed by making them. */
export async function vectorBase(wire: EmbeddingsWire): Promise<VectorBase> {
  const folder = await mkdtemp(join(tmpdir(), "parley-vectors-"));
  const path = join(folder, "parley.db");
  const db = open(path);
  const said: string[] = [];
  const embedOf = (model: string) => openEmbeddings({ base_url: wire.url, model });
  const embed = await embedOf("letters");
  const words = sqliteSearch(db);
  const log = logTo(said);
  const near = nearest(path, (problem) => void said.push(`nearest ${problem}`));
  const search = hybridSearch({ words, embed, nearest: near, log });
  const made = async (model = "letters") =>
    fill(db, model === "letters" ? embed : await embedOf(model), new AbortController().signal);
  const plain = sqliteCatalogue(db, DEFAULT_STOCK);
  return {
    ...{ db, words, said, search, fill: made },
    catalogue: {
      begin: async (origin) => {
        const load = await plain.begin(origin);
        const finish = async () => {
          const report = await load.finish();
          await made();
          return report;
        };
        return { ...load, finish };
      },
    },
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

function logTo(said: string[]): Log {
  const at = (level: string) => (_: Record<string, unknown>, message: string) =>
    void said.push(`${level} ${message}`);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
