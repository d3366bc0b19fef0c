import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Product } from "../../src/domain/entry.ts";
import { DEFAULT_STOCK, idsOf, type KnowledgeBase, loaded, product, searched, shop } from "./knowledge.ts";

/** The promises of ports/catalogue.ts, over any adapter. */
export function catalogueContract(name: string, empty: () => Promise<KnowledgeBase>): void {
  describe(`${name}: the catalogue`, () => {
    let base: KnowledgeBase;
    beforeEach(async () => {
      base = await empty();
    });
    afterEach(() => base.close());

    const lamp = product("L-1", "Desk lamp", { stock: 5 });
    const look = async (sku: string) => {
      const found = await base.search.find({ kind: "products", skus: [sku] }, 1_000);
      return { item: found.entries[0], stock: found.stock[sku] };
    };

    test("the same load twice changes nothing", async () => {
      expect(await loaded(base, shop)).toEqual({
        added: shop.length,
        changed: 0,
        unchanged: 0,
        withdrawn: 0,
      });
      expect(await loaded(base, shop)).toEqual({
        added: 0,
        changed: 0,
        unchanged: shop.length,
        withdrawn: 0,
      });
      expect(idsOf(await searched(base, "earbuds"))).toEqual(["EB-1"]);
    });

    test("a line number alone makes no new version", async () => {
      await loaded(base, [lamp]);
      const moved = { ...lamp, source: { name: "products.csv", line: 9 } };
      expect(await loaded(base, [moved])).toMatchObject({ unchanged: 1, changed: 0 });
    });

    test("a changed entry is found by its new words only, and its old version stays readable", async () => {
      await loaded(base, [lamp]);
      const before = (await look("L-1")).item;
      expect(await loaded(base, [{ ...lamp, title: { en: "Bedside light" } }])).toMatchObject({ changed: 1 });
      expect(idsOf(await searched(base, "lamp"))).toEqual([]);
      expect(idsOf(await searched(base, "bedside light"))).toEqual(["L-1"]);
      const [old] = await base.search.recall([["L-1", before?.version ?? ""]]);
      expect(old).toEqual({ entry: lamp, version: before?.version, live: false });
    });

    test("an entry that comes back to an earlier content comes back to its version", async () => {
      await loaded(base, [lamp]);
      const first = (await look("L-1")).item?.version;
      await loaded(base, [{ ...lamp, price: { USD: 1 } }]);
      expect((await look("L-1")).item?.version).not.toBe(first);
      await loaded(base, [lamp]);
      expect((await look("L-1")).item).toMatchObject({ version: first, live: true });
      expect(idsOf(await searched(base, "lamp", { price_min: 10_000 }))).toEqual(["L-1"]);
    });

    test("what an origin no longer has is withdrawn, never another origin's", async () => {
      await loaded(base, [lamp, product("L-2", "Floor lamp")]);
      await loaded(base, [product("L-3", "Ceiling lamp")], "second file");
      expect(await loaded(base, [product("L-2", "Floor lamp")])).toMatchObject({
        unchanged: 1,
        withdrawn: 1,
      });
      expect(idsOf(await searched(base, "lamp")).sort()).toEqual(["L-2", "L-3"]);
      expect((await look("L-1")).item).toMatchObject({ entry: { id: "L-1" }, live: false });
    });

    test("an entry that moved to another origin is not withdrawn with the first", async () => {
      await loaded(base, [lamp], "a.csv");
      await loaded(base, [lamp], "b.csv");
      expect(await loaded(base, [], "a.csv")).toMatchObject({ withdrawn: 0 });
      expect((await look("L-1")).item?.live).toBe(true);
    });

    test("a load that never finishes withdraws nothing", async () => {
      await loaded(base, [lamp]);
      const load = await base.catalogue.begin("shop");
      await load.put([product("L-2", "Floor lamp")]);
      expect(idsOf(await searched(base, "lamp")).sort()).toEqual(["L-1", "L-2"]);
    });

    test("only a changed stock sets what is on hand", async () => {
      await loaded(base, [lamp]);
      await base.sell("L-1", 2);
      await loaded(base, [lamp]);
      expect((await look("L-1")).stock).toBe(3);
      await loaded(base, [{ ...lamp, title: { en: "Desk lamp, improved" } }]);
      expect((await look("L-1")).stock).toBe(3);
      await loaded(base, [{ ...lamp, stock: 9 }]);
      expect((await look("L-1")).stock).toBe(9);
    });

    test("a product that states no stock has the assumed one, once", async () => {
      const unstated: Product = product("L-9", "Lava lamp");
      await loaded(base, [unstated]);
      expect((await look("L-9")).stock).toBe(DEFAULT_STOCK);
      await base.sell("L-9", 1);
      await loaded(base, [{ ...unstated, price: { USD: 5 } }]);
      expect((await look("L-9")).stock).toBe(DEFAULT_STOCK - 1);
    });

    test("two different entries under one id are refused by name, and so is one id for two kinds", async () => {
      const load = await base.catalogue.begin("shop");
      await expect(load.put([lamp, { ...lamp, price: { USD: 1 } }])).rejects.toMatchObject({
        code: "bad_source",
        message: expect.stringContaining("L-1"),
      });
      await loaded(base, [lamp]);
      const faq = { ...(shop.find((entry) => entry.kind === "faq") ?? lamp), id: "L-1" };
      await expect(loaded(base, [faq], "faq.md")).rejects.toMatchObject({ code: "bad_source" });
      expect((await look("L-1")).item?.live).toBe(true);
    });

    test("loads of several thousand entries are found to the last", async () => {
      const many = Array.from({ length: 2_000 }, (_, n) => product(`B-${n}`, `Bolt number ${n}`));
      expect(await loaded(base, many)).toMatchObject({ added: 2_000 });
      expect(idsOf(await searched(base, "bolt number 1999"))[0]).toBe("B-1999");
      expect(await base.search.census()).toMatchObject({ products: 2_000, currencies: ["USD"] });
    });
  });
}
