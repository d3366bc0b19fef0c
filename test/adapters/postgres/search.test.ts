import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueContract } from "../../contracts/catalogue.ts";
import { idsOf, type KnowledgeBase, loaded, product, searched, shop } from "../../contracts/knowledge.ts";
import { searchContract } from "../../contracts/search.ts";
import { searchWordsContract } from "../../contracts/search-words.ts";
import { isThere, postgresKnowledge } from "./knowledge.ts";

describe.runIf(await isThere())("on a server", () => {
  searchContract("PostgreSQL", postgresKnowledge);
  searchWordsContract("PostgreSQL", postgresKnowledge);
  catalogueContract("PostgreSQL", postgresKnowledge);

  describe("PostgreSQL: what takes time", () => {
    let base: KnowledgeBase;
    beforeAll(async () => {
      base = await postgresKnowledge();
      const specs = Array.from({ length: 60 }, (_, n) => ({ key: `size_${n}`, value: n, unit: "mm" }));
      await loaded(
        base,
        Array.from({ length: 1_000 }, (_, n) => product(`G-${n}`, `Grey gear ${n}`, { specs })),
      );
    });
    afterAll(() => base.close());

    test("a search that takes longer than it may is ended, and one beside it is answered", async () => {
      const specs = Array.from({ length: 8 }, () => ({ op: "eq" as const, value: 1e6, unit: "m" }));
      const lookup = { text: "", lang: "en", currency: "USD", filters: { specs }, limit: 5 } as const;
      const [cut, beside] = await Promise.all([
        base.search.find({ kind: "search", ...lookup }, 1),
        searched(base, "gear 77"),
      ]);
      expect(cut).toMatchObject({ entries: [], partial: true });
      expect(beside.entries[0]?.entry.id).toBe("G-77");
    });

    test("loads that run at once lose nothing of each other", async () => {
      const goods = (of: string) =>
        Array.from({ length: 40 }, (_, n) => product(`${of}-${n}`, `Tin whistle ${of} ${n}`));
      await Promise.all(["A", "B", "C"].map((of) => loaded(base, goods(of), of)));
      expect(idsOf(await searched(base, "tin whistle", {}, { limit: 50 }))).toHaveLength(50);
      expect((await base.search.census()).products).toBe(1_120);
    });
  });

  test("the words of what is withdrawn are no longer counted", async () => {
    const base = await postgresKnowledge();
    await loaded(base, shop);
    await loaded(base, [product("ZI-1", "Alpine zither")], "more");
    const counted = () => base.counts();
    const before = await counted();
    await loaded(base, [], "more");
    // Both words, and what its code is: "zi1", "zi" and "1".
    expect(before.terms - (await counted()).terms).toBe(5);
    await loaded(base, []);
    expect(await counted()).toEqual({ products: 0, terms: 0, lengths: 0 });
    await base.close();
  });

  test("a look-up by code that the server keeps waiting says so in time", async () => {
    const base = await postgresKnowledge();
    await loaded(base, shop);
    const lookup = { kind: "products" as const, skus: ["EB-1"] };
    await base.locked("stock", async () => {
      expect(await base.search.find(lookup, 50)).toEqual({ lookup, entries: [], stock: {}, partial: true });
    });
    expect(idsOf(await base.search.find(lookup, 10_000))).toEqual(["EB-1"]);
    await base.close();
  });

  test("what sessions hold of a product is not free to others", async () => {
    const base = await postgresKnowledge();
    await loaded(base, shop);
    await base.hold("ses_1", "EB-1", 30, "2026-01-01T01:00:00Z");
    const look = async (session: string, now: string) => {
      const found = await base.search.find({ kind: "products", skus: ["EB-1"] }, 1_000, { session, now });
      return found.stock["EB-1"];
    };
    expect(await look("ses_2", "2026-01-01T00:00:00Z")).toBe(10);
    expect(await look("ses_1", "2026-01-01T00:00:00Z")).toBe(40);
    expect(await look("ses_2", "2026-01-01T01:00:00Z")).toBe(40);
    await base.close();
  });
});
