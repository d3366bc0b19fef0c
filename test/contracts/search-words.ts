import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Filters } from "../../src/domain/lookup.ts";
import { idsOf, type KnowledgeBase, loaded, product, searched } from "./knowledge.ts";

const reviews = (sku: string, many: number) =>
  Array.from({ length: many }, (_, n) => ({
    ...({ kind: "review", id: `${sku}-r${n}`, sku, lang: "en" } as const),
    source: { name: "reviews.csv", line: n + 2 },
    text: `Opinion number ${n}.`,
  }));

const catalogue = [
  product("LP-1", "Orrin Note 13 Laptop", {
    category: "computers/laptops",
    brand: "Orrin",
    mpn: "ON13-2201UK",
  }),
  product("NB-1", "Tamo Lite 14 Notebook PC", { category: "computers/laptops", brand: "Tamo", stock: 0 }),
  product("NB-2", "Tamo Lite 14 Notebook PC", { category: "computers/laptops", brand: "Tamo", stock: 4 }),
  product("SL-1", "Felta Notebook Sleeve", { category: "accessories/bags", brand: "Felta" }),
  product("KB-1", "Tokka wireless keyboard", { category: "computers/keyboards" }),
  product("MN-1", "Aurora 68.6 cm monitor", { category: "computers/monitors", price: { USD: 29_900 } }),
  product("MN-2", "Aurora 61 cm monitor", { category: "computers/monitors", price: { USD: 19_900 } }),
  product("HD-1", "Vault 2000GB disk", { category: "storage/disks" }),
  product("HD-2", "Vault 500GB disk", { category: "storage/disks" }),
  product("HT-1", "Brun 1500 W heater", { category: "home/heating" }),
  product("MP-1", "Glide mouse pad", { category: "accessories/desk" }),
  product("CS-1", "Glassy ClearCase iPhone XR phone case", {
    category: "accessories/cases",
    brand: "Glassy",
  }),
  product("CS-2", "Folio for iPad Air", { category: "accessories/cases", brand: "Felta" }),
  product("UP-1", "Volta XR rack frame", { category: "power/ups", brand: "Volta" }),
  product("CL-1", "Oak clock", { category: "home/clocks" }),
  product("WM-1", "Wall clock mount", { category: "accessories/mounts" }),
  product("WL-1", "Wall paint", { category: "home/paint" }),
  product("CS-3", "Soft cover for iPhone 12", { category: "accessories/cases" }),
  product("CH-1", "Brun car charger", { specs: [{ key: "compatibility", value: "iPhone, iPod" }] }),
  product("GB-1", "Nimbus laptop, 8 GB memory, 512 GB SSD", { category: "computers/laptops" }),
  product("GB-2", "Nimbus laptop, 16 GB memory, 512 GB SSD", { category: "computers/laptops" }),
  product("GB-3", "Nimbus laptop", {
    category: "computers/laptops",
    specs: [
      { key: "memory", value: 8, unit: "GB" },
      { key: "storage", value: 1, unit: "TB" },
    ],
  }),
  product("SP-1", "Sorae speaker", { category: "audio/speakers" }),
  product("SP-2", "Sorae speaker", { category: "audio/speakers" }),
  ...reviews("SP-1", 2),
  ...reviews("SP-2", 30),
];

/** What buyers' words find, over any adapter that ranks by our own rules. */
export function searchWordsContract(name: string, empty: () => Promise<KnowledgeBase>): void {
  describe(`${name}: words as buyers write them`, () => {
    let base: KnowledgeBase;
    beforeAll(async () => {
      base = await empty();
      await loaded(base, catalogue);
    });
    afterAll(() => base.close());

    const ids = async (text: string, filters: Filters = {}) => idsOf(await searched(base, text, filters));

    test.each([
      ["a slip of one letter", "wirelss keyboard", "KB-1"],
      ["two letters swapped", "keybaord", "KB-1"],
      ["a letter of Hangul", "키보두", "KB-1"],
      ["another language", "무선 키보드", "KB-1"],
      ["two words written as one", "mousepad", "MP-1"],
      ["two names written as one", "무선키보드", "KB-1"],
      ["a part number", "ON13-2201UK", "LP-1"],
      ["the beginning of a part number", "on13-2201", "LP-1"],
      ["inches for centimetres", "27 inch monitor", "MN-1"],
      ["terabytes for gigabytes", "2tb disk", "HD-1"],
      ["kilowatts for watts", "1.5 kW heater", "HT-1"],
    ])("%s: %s", async (_, text, sku) => {
      expect((await ids(text))[0]).toBe(sku);
    });

    test("what is called by another name comes behind what is called by the one that was said", async () => {
      expect(await ids("laptop", { brand: "Orrin" })).toEqual(["LP-1"]);
      expect((await ids("laptop")).slice(-3)).toEqual(["NB-2", "NB-1", "SL-1"]);
    });

    test("things come before what is bought for them, unless that was asked for", async () => {
      expect((await ids("notebook")).at(0)).toBe("NB-2");
      expect((await ids("notebook sleeve")).at(0)).toBe("SL-1");
    });

    test("of equals those in stock come first, then those that many more have reviewed", async () => {
      expect((await ids("tamo notebook")).slice(0, 2)).toEqual(["NB-2", "NB-1"]);
      expect(await ids("sorae speaker")).toEqual(["SP-2", "SP-1"]);
    });

    test.each(["iphone xr", "ipad air", "guitar", "keyring"])(
      "%s, for which the shop has a case at most, is not found",
      async (text) => {
        expect(await ids(text)).toEqual([]);
      },
    );

    test.each([
      ["iphone xr case", "CS-1"],
      ["iphone 12 cover", "CS-3"],
      ["glassy clearcase", "CS-1"],
    ])("%s finds the case", async (text, sku) => {
      expect((await ids(text)).at(0)).toBe(sku);
    });

    test("a word that other things are named by too does not make it an accessory's", async () => {
      expect((await ids("wall clock")).slice(0, 2)).toEqual(["WM-1", "CL-1"]);
    });

    test("a bare name finds what there is for it", async () => {
      expect((await ids("iphone")).slice(0, 2).sort()).toEqual(["CS-1", "CS-3"]);
    });

    test("so many gigabytes at least, of a size memory has, are not met by a disk", async () => {
      const least = (value: number): Filters => ({ specs: [{ op: "min", value, unit: "GB" }] });
      expect(await ids("nimbus laptop", least(16))).toEqual(["GB-2"]);
      expect((await ids("nimbus laptop", least(500))).sort()).toEqual(["GB-1", "GB-2", "GB-3"]);
    });

    test("conditions are met by the best there are, however far down", async () => {
      expect(await ids("aurora monitor", { price_max: 20_000 })).toEqual(["MN-2"]);
      const many = Array.from({ length: 300 }, (_, n) => product(`PN-${n}`, `Steel pen ${n}`, { stock: 1 }));
      const dear = product("PN-X", "Steel pen with a very long name indeed", { price: { USD: 90_000 } });
      await loaded(base, [...many, dear], "pens");
      expect(await ids("steel pen", { price_min: 50_000 })).toEqual(["PN-X"]);
    });

    test("what a load changes is found at the next search", async () => {
      expect(await ids("zither")).toEqual([]);
      await loaded(base, [product("ZI-1", "Alpine zither")], "more");
      expect(await ids("zither")).toEqual(["ZI-1"]);
      await loaded(base, [], "more");
      expect(await ids("zither")).toEqual([]);
    });
  });
}
