import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../../src/adapters/sqlite/search.ts";
import { type KnowledgeBase, loaded, product, searched } from "../../contracts/knowledge.ts";
import { searchContract } from "../../contracts/search.ts";
import { sqliteKnowledge } from "./knowledge.ts";

searchContract("SQLite", sqliteKnowledge);

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
