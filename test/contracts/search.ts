import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entry } from "../../src/domain/entry.ts";
import type { Filters } from "../../src/domain/lookup.ts";
import { idsOf, type KnowledgeBase, loaded, product, searched, shop } from "./knowledge.ts";

/** The promises of ports/search.ts, over any adapter. */
export function searchContract(name: string, empty: () => Promise<KnowledgeBase>): void {
  describe(`${name}: search`, () => {
    let base: KnowledgeBase;
    beforeAll(async () => {
      base = await empty();
      await loaded(base, shop);
    });
    afterAll(() => base.close());

    const ids = async (text: string, filters: Filters = {}) => idsOf(await searched(base, text, filters));

    test.each([
      ["earbuds", "EB-1"],
      ["Do you have wireless ear-buds?", "EB-1"],
      ["buds", "EB-1"],
      ["27 inch monitor", "MN-27"],
      ['monitor 27"', "MN-27"],
      ["mechanical keyboards", "KB-RTX200"],
      ["rtx 200", "KB-RTX200"],
      ["kb-rtx200", "KB-RTX200"],
      ["무선이어폰 있어요?", "EB-1"],
      ["무선 이어폰을 찾고 있어요", "EB-1"],
      ["27인치 모니터는 얼마예요?", "MN-27"],
      ["에어버드", "EB-1"],
    ])("%s finds %s first", async (text, sku) => {
      expect((await ids(text))[0]).toBe(sku);
    });

    test.each(["garmin", "nautilus", "dishwasher", "the boys", "식기세척기", "electric guitar", "???", "😀"])(
      "%s, which the shop has not got, finds nothing",
      async (text) => {
        expect(await searched(base, text)).toMatchObject({ entries: [], partial: false, relaxed: false });
      },
    );

    test.each<[string, Filters, string[]]>([
      ["a price below", { price_max: 10_000 }, ["ST-1"]],
      ["a price above", { price_min: 20_000 }, ["MN-27"]],
      ["stock", { in_stock: true, brand: "Aurora" }, ["MN-27"]],
      ["a brand in other letters", { brand: "AURORA" }, ["MN-24", "MN-27"]],
      ["the top of a category", { category: "furniture" }, ["ST-1"]],
      ["a whole category path", { category: "Computers/Monitors" }, ["MN-24", "MN-27"]],
      ["an option", { options: { color: "black" } }, ["MN-27"]],
      ["an option in British spelling", { options: { colour: "white" } }, ["MN-24"]],
      [
        "a named size in another unit",
        { specs: [{ key: "screen_size", op: "min", value: 65, unit: "cm" }] },
        ["MN-27"],
      ],
      [
        "a size as it is called",
        { specs: [{ key: "screen_size", op: "eq", value: 24, unit: "in" }] },
        ["MN-24"],
      ],
      ["a size without a key", { specs: [{ op: "eq", value: 27, unit: "inch" }] }, ["MN-27"]],
      ["part of a key", { specs: [{ key: "refresh", op: "min", value: 120, unit: "Hz" }] }, ["MN-27"]],
    ])("%s excludes what does not meet it", async (_, filters, skus) => {
      const found = await searched(base, "monitor", filters);
      expect(found.relaxed).toBe(false);
      expect(idsOf(found).sort()).toEqual(skus);
    });

    test("units of one dimension compare: hours with minutes, pounds with grams", async () => {
      const life: Filters = { specs: [{ key: "battery_life", op: "min", value: 480, unit: "min" }] };
      expect(await ids("", life)).toEqual(["EB-1"]);
      const light: Filters = { specs: [{ key: "weight", op: "max", value: 50, unit: "g" }] };
      expect(await ids("", light)).toEqual(["EB-1"]);
      expect(await ids("", { specs: [{ key: "bluetooth", op: "eq", value: true }] })).toEqual(["EB-1"]);
      expect(await ids("", { specs: [{ key: "bluetooth", op: "eq", value: false }] })).toEqual(["MN-27"]);
    });

    test("when no product meets every condition, the nearest come and say so", async () => {
      const found = await searched(base, "monitor", { brand: "Aurora", price_max: 5_000 });
      expect(found.relaxed).toBe(true);
      expect(idsOf(found).sort()).toEqual(["MN-24", "MN-27"]);
    });

    test("neither a brand nor the words are given up", async () => {
      expect(await ids("monitor", { brand: "Plover" })).toEqual([]);
      expect(await ids("garmin", { price_max: 1 })).toEqual([]);
    });

    test("a product is found only in a currency it is sold in", async () => {
      expect(idsOf(await searched(base, "monitor", {}, { currency: "KRW" }))).toEqual(["MN-27"]);
      expect(idsOf(await searched(base, "monitor", { price_max: 400_000 }, { currency: "KRW" }))).toEqual([
        "MN-27",
      ]);
    });

    test("conditions without words list what meets them, what can be had first, then by price", async () => {
      expect(await ids("", { category: "computers" })).toEqual(["KB-RTX200", "MN-27", "MN-24"]);
      expect(await ids("what do you have?", { price_max: 9_000 })).toEqual(["ST-1", "EB-1"]);
    });

    test("stock is that of the moment of the call", async () => {
      const before = (await searched(base, "earbuds")).stock["EB-1"] ?? 0;
      await base.sell("EB-1", 4);
      expect((await searched(base, "earbuds")).stock).toEqual({ "EB-1": before - 4 });
    });

    test("products come by code in the order asked, unknown ones left out", async () => {
      const found = await base.search.find(
        { kind: "products", skus: ["ST-1", "nope", "EB-1", "ST-1"] },
        1_000,
      );
      expect(idsOf(found)).toEqual(["ST-1", "EB-1"]);
      expect(Object.keys(found.stock)).toEqual(["ST-1", "EB-1"]);
    });

    test("bundles are those with any of the products", async () => {
      const of = (sku: string) => base.search.find({ kind: "bundles", skus: [sku] }, 1_000);
      expect(idsOf(await of("ST-1"))).toEqual(["bundle-desk"]);
      expect(idsOf(await of("EB-1"))).toEqual([]);
    });

    test("voices are about the one product, the vendor's own first", async () => {
      const of = async (sku: string, text: string) =>
        idsOf(await base.search.find({ kind: "voices", sku, text, limit: 5 }, 10_000));
      expect(await of("EB-1", "is it waterproof?")).toEqual(["a-1", "r-1"]);
      expect(await of("MN-27", "is it waterproof?")).toEqual(["r-2"]);
      expect(await of("EB-1", "does it have a subwoofer?")).toEqual([]);
      expect(await of("EB-1", "what do you think of it?")).toEqual(["a-1", "r-1"]);
    });

    test("reviews in an order of their own come with what all of them come to, and without answers", async () => {
      const reviewed = (id: string, rating: number | undefined, date: string): Entry => ({
        ...{ kind: "review", id, sku: "RV-1", text: "Fine.", lang: "en", date, source: { name: "rv.jsonl" } },
        ...(rating === undefined ? {} : { rating }),
      });
      await loaded(
        base,
        [
          product("RV-1", "Reviewed widget"),
          reviewed("rv-1", 5, "2026-01-03"),
          reviewed("rv-2", 1, "2026-01-01"),
          reviewed("rv-3", undefined, "2026-01-04"),
          reviewed("rv-4", 4, "2026-01-02"),
          {
            ...{ kind: "answer", id: "rv-a", sku: "RV-1", question: "Fine?", text: "Yes.", by: "vendor" },
            ...{ lang: "en", source: { name: "rv.jsonl" } },
          },
        ],
        "reviewed",
      );
      const of = (by: "newest" | "lowest" | "highest", limit = 5) =>
        base.search.find({ kind: "voices", sku: "RV-1", text: "", by, limit }, 10_000);
      expect(idsOf(await of("newest"))).toEqual(["rv-3", "rv-1", "rv-4", "rv-2"]);
      expect(idsOf(await of("lowest"))).toEqual(["rv-2", "rv-4", "rv-1", "rv-3"]);
      expect(idsOf(await of("highest", 1))).toEqual(["rv-1"]);
      const tally = { count: 4, rated: 3, sum10: 100, stars: [1, 0, 0, 1, 1], newest: "2026-01-04" };
      expect((await of("highest", 1)).tally).toEqual(tally);
    });

    test("passages answer in the asker's language when they can", async () => {
      const of = async (text: string, lang: "en" | "ko") =>
        idsOf(await base.search.find({ kind: "passages", text, lang, limit: 5 }, 10_000));
      expect(await of("Can I return it?", "en")).toEqual(["policy/returns/en"]);
      expect(await of("반품은 며칠 안에 되나요?", "ko")).toEqual(["policy/returns/ko"]);
      expect(await of("gift wrapping", "ko")).toEqual(["faq/gift"]);
      expect(await of("do you ship to the moon", "en")).toEqual([]);
    });

    test("recall refuses a version that is gone", async () => {
      await expect(base.search.recall([["EB-1", "no such version"]])).rejects.toMatchObject({
        code: "not_found",
      });
    });

    test.each([
      '"',
      "monitor OR NEAR(x y, 2) AND *",
      "title: monitor -stand ^27 {brand}: x",
      "' OR 1=1; DROP TABLE entry; --",
      "\u0000monitor\u0000",
      "\ud800 lone surrogate",
      "Ω≈ç√∫˜µ≤≥÷ ͒͏Z̮̞̠͙͔ͅ ﷽ ‮test‬",
      "田中さんにあげて下さい 사회과학원 어학연구소",
      "%_\\ ../../../etc/passwd $(7*7) <script>",
      "a".repeat(400),
      "monitor ".repeat(50),
    ])("strange words are text: %j", async (text) => {
      const found = await searched(base, text);
      expect(found.partial).toBe(false);
      for (const kind of ["voices", "passages"] as const) {
        const lookup =
          kind === "voices"
            ? { kind, sku: text, text, limit: 5 }
            : { kind, text, lang: "ko" as const, limit: 5 };
        expect((await base.search.find(lookup, 10_000)).partial).toBe(false);
      }
      await searched(base, "", { brand: text, category: text, options: { [text]: text } });
    });

    test("a code may hold any character", async () => {
      const sku = `"x' OR \u0000 * 가-${"é"}`;
      await loaded(base, [product(sku, "Oddly coded widget")], "odd");
      expect(idsOf(await base.search.find({ kind: "products", skus: [sku] }, 1_000))).toEqual([sku]);
      expect(await ids("oddly coded widget")).toEqual([sku]);
    });

    test("a search past its deadline comes back partial, and the next one is whole again", async () => {
      const lookup = {
        kind: "search",
        text: "monitor",
        lang: "en",
        currency: "USD",
        filters: {},
        limit: 5,
      } as const;
      expect(await base.search.find(lookup, 0)).toMatchObject({ entries: [], partial: true });
      expect(idsOf(await base.search.find(lookup, 10_000))).not.toEqual([]);
    });

    test("a look-up by code past its deadline is whole or says that it is not", async () => {
      const skus = idsOf(await searched(base, "monitor")).slice(0, 3);
      expect(skus).not.toEqual([]);
      for (const deadline_ms of [0, 1, 10_000]) {
        const found = await base.search.find({ kind: "products", skus }, deadline_ms);
        if (!found.partial || deadline_ms === 10_000) expect(idsOf(found).sort()).toEqual([...skus].sort());
      }
    });
  });
}
