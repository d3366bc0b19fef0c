import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../../src/adapters/sqlite/search.ts";
import { searchers } from "../../../src/adapters/sqlite/searcher.ts";
import { type KnowledgeBase, loaded, product, searched } from "../../contracts/knowledge.ts";
import { searchContract } from "../../contracts/search.ts";
import { searchWordsContract } from "../../contracts/search-words.ts";
import { sealedKnowledge, sqliteKnowledge } from "./knowledge.ts";

searchContract("SQLite", sqliteKnowledge);
searchContract("SQLite, sealed", sealedKnowledge);
searchWordsContract("SQLite", sqliteKnowledge);
searchWordsContract("SQLite, sealed", sealedKnowledge);

describe("a search that takes longer than it may", () => {
  let base: KnowledgeBase;
  beforeAll(async () => {
    base = await sqliteKnowledge();
    const specs = Array.from({ length: 60 }, (_, n) => ({ key: `size_${n}`, value: n, unit: "mm" }));
    await loaded(
      base,
      Array.from({ length: 1_000 }, (_, n) => product(`G-${n}`, `Grey gear ${n}`, { specs })),
    );
  });
  afterAll(() => base.close());

  /** Reads every spec of every product, many times over: no machine does that within a millisecond. */
  const specs = Array.from({ length: 8 }, () => ({ op: "eq" as const, value: 1e6, unit: "m" }));
  const slow = {
    kind: "search",
    text: "",
    lang: "en",
    currency: "USD",
    filters: { specs },
    limit: 5,
  } as const;

  test("ends with its thread, and searches that waited behind it are still answered", async () => {
    await searched(base, "gear");
    const [cut, behind] = await Promise.all([base.search.find(slow, 1), searched(base, "gear 77")]);
    expect(cut).toMatchObject({ entries: [], partial: true });
    expect(behind).toMatchObject({ partial: false });
    expect(behind.entries[0]?.entry.id).toBe("G-77");
  });

  test("does not hold the event loop", async () => {
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    await base.search.find(slow, 10_000);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
  });

  test("is not begun once closed", async () => {
    const other = await sqliteKnowledge();
    await other.search.close();
    expect(await searched(other, "gear")).toMatchObject({ partial: true });
    await other.close();
  });
});

test("a database in memory is refused: a second thread would see another one", () => {
  const db = open(":memory:");
  expect(() => sqliteSearch(db)).toThrow(/in a file/);
  db.close();
});

test("a second thread begins while one is busy, ends when nobody searches, and begins again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-threads-"));
  const path = join(folder, "parley.db");
  open(path).close();
  let begun = 0;
  let running = 0;
  const seen = (thread: Worker) => {
    begun += 1;
    running += 1;
    thread.once("exit", () => {
      running -= 1;
    });
  };
  process.on("worker", seen);
  const { search, close } = searchers(path, 2, 50);
  const both = () => Promise.all([ANY, ANY].map((lookup) => search(lookup, 30_000)));
  try {
    for (const threads of [2, 3]) {
      expect(await both()).toMatchObject([NONE, NONE]);
      await expect.poll(() => [begun, running]).toEqual([threads, 1]);
    }
  } finally {
    process.off("worker", seen);
    await close();
    await rm(folder, { recursive: true });
  }
});

const ANY = { kind: "search", text: "gear", lang: "en", currency: "USD", filters: {}, limit: 5 } as const;
const NONE = { entries: [] };
