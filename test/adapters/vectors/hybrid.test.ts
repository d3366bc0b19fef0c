import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Filters } from "../../../src/domain/lookup.ts";
import { isProduct } from "../../../src/domain/lookup.ts";
import { catalogueContract } from "../../contracts/catalogue.ts";
import { idsOf, loaded, product, searched } from "../../contracts/knowledge.ts";
import { searchContract } from "../../contracts/search.ts";
import { type EmbeddingsWire, startEmbeddings, type Trouble } from "../../wire/embeddings.ts";
import { type VectorBase, vectorBase } from "./knowledge.ts";

const wire: EmbeddingsWire = await startEmbeddings();
afterAll(() => wire.close());
beforeEach(() => {
  wire.trouble = null;
  wire.asked.length = 0;
});

searchContract("SQLite with vectors", () => vectorBase(wire));
catalogueContract("SQLite with vectors", () => vectorBase(wire));

const black = { brand: "Nacht", options: { color: "black" } };
const goods = [
  product("CH-1", "Chair", { category: "seating", price: { USD: 9_000 }, description: { en: "A chair." } }),
  product("CH-2", "Ergonomic mesh-back swivel armchair for long meetings", {
    ...black,
    category: "seating",
    price: { USD: 30_000 },
    description: { en: "Goes with any desk; this chair has an adjustable mesh back for ergonomic meetings." },
  }),
  product("DV-1", "Ergonomical-swivelling chairlike seatings", {
    category: "lounge",
    price: { USD: 50_000 },
  }),
  product("LP-1", "Lamp", { category: "lighting", price: { USD: 2_000 }, stock: 0 }),
  product("LP-2", "Lamp with a dimmer", { category: "lighting", price: { USD: 4_000 } }),
  product("KT-1", "Kettle", { category: "kitchen", price: { USD: 3_000 } }),
];

describe("a search by words and vectors", () => {
  let base: VectorBase;
  beforeAll(async () => {
    base = await vectorBase(wire);
    await loaded(base, goods);
  });
  afterAll(() => base.close());
  const both = async (text: string, filters: Filters = {}) => idsOf(await searched(base, text, filters));
  const words = async (text: string, filters: Filters = {}) =>
    idsOf(await searched({ ...base, search: base.words }, text, filters));

  test("what lies nearer comes in though it has none of the words, where it meets the conditions", async () => {
    const asked = "ergonomic swivel chair";
    expect(await words(asked)).not.toContain("DV-1");
    expect(await both(asked)).toContain("DV-1");
    expect(await both(asked, { price_max: 40_000 })).not.toContain("DV-1");
    expect(await both(asked, { category: "seating" })).not.toContain("DV-1");
  });

  test("what has nothing to do with the query stays out, however near it is among the rest", async () => {
    expect((await both("lamp")).sort()).toEqual(["LP-1", "LP-2"]);
    expect(await both("kettle")).toEqual(["KT-1"]);
  });

  test("what the words do not find the shop has not got, though something lies near", async () => {
    for (const text of ["kettlebells", "swivelometer", "lampshadeless meetinghouse"]) {
      expect(await words(text)).toEqual([]);
      expect(await both(text)).toEqual([]);
    }
  });

  test.each<[string, Filters]>([
    ["lamp", { price_max: 1_000 }],
    ["ergonomic swivel chair", { price_min: 45_000 }],
  ])(
    "what does not meet all conditions is what words found, and is said not to: %s",
    async (text, filters) => {
      const found = await searched(base, text, filters);
      expect(found).toEqual(await searched({ ...base, search: base.words }, text, filters));
      expect(found.relaxed).toBe(true);
    },
  );

  test("no condition is ever defeated", async () => {
    const texts = fc.constantFrom(
      "ergonomic swivel chair",
      "mesh armchair",
      "lamp",
      "chair for meetings",
      "의자",
    );
    const filters = fc.record(
      {
        price_min: fc.integer({ min: 0, max: 40_000 }),
        price_max: fc.integer({ min: 2_000, max: 60_000 }),
        category: fc.constantFrom("seating", "lounge", "lighting"),
        in_stock: fc.constant(true),
        brand: fc.constantFrom("Nacht"),
        options: fc.constant({ color: "black" }),
      },
      { requiredKeys: [] },
    );
    const limits = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(texts, filters, limits, async (text, wanted, limit) => {
        const found = await searched(base, text, wanted as Filters, { limit });
        expect(found.lookup).toMatchObject({ text, limit });
        expect(found.entries.length).toBeLessThanOrEqual(limit);
        expect(Object.keys(found.stock).sort()).toEqual(idsOf(found).sort());
        if (found.relaxed) return;
        for (const { entry } of found.entries.filter(isProduct)) {
          const price = entry.price.USD ?? 0;
          expect(price).toBeGreaterThanOrEqual(wanted.price_min ?? 0);
          expect(price).toBeLessThanOrEqual(wanted.price_max ?? Number.POSITIVE_INFINITY);
          if (wanted.category) expect(entry.category).toBe(wanted.category);
          if (wanted.brand) expect(entry.brand).toBe(wanted.brand);
          if (wanted.options) expect(entry.options?.color).toBe("black");
          if (wanted.in_stock) expect(found.stock[entry.id]).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("what others hold of the last units is not on offer as in stock", async () => {
    const viewer = { session: "se_mine", now: "2026-03-02T09:00:00.000Z" };
    base.db.exec("INSERT INTO hold VALUES ('se_other', 'DV-1', 7, '2026-03-02T10:00:00.000Z')");
    const lookup = { kind: "search", text: "ergonomic swivel chair", lang: "en", currency: "USD" } as const;
    const found = await base.search.find(
      { ...lookup, filters: { in_stock: true }, limit: 5 },
      10_000,
      viewer,
    );
    expect(idsOf(found)).toEqual(["CH-2"]);
    base.db.exec("DELETE FROM hold");
  });

  test("a code means itself: nobody is asked for its vector", async () => {
    expect(await both("CH-2")).toEqual(await words("CH-2"));
    expect(await both("", { category: "lighting" })).toEqual(["LP-2", "LP-1"]);
    expect(wire.asked).toEqual([]);
  });
});

describe("without a vector in time", () => {
  const spoil = (some: (numbers: unknown[]) => unknown[]): Trouble => ({
    spoil: (data) => data.map((one) => ({ ...one, embedding: some(one.embedding) })),
  });
  test.each<[string, Trouble]>([
    ["the server fails", { status: 500 }],
    ["it is late", { late_ms: 5_000 }],
    ["its vector is of another length", spoil((numbers) => numbers.slice(8))],
    ["its vector holds what is no number", spoil((numbers) => [...numbers.slice(1), null])],
    ["it gives no vector", { spoil: () => [] }],
    ["it speaks no JSON", { body: "<html>" }],
  ])("where %s, a search is the one by words, whole, and the log says it once", async (_, trouble) => {
    const base = await vectorBase(wire);
    await loaded(base, goods);
    wire.trouble = trouble;
    for (let time = 0; time < 2; time++) {
      const found = await searched(base, "ergonomic swivel chair");
      expect(found).toEqual(await searched({ ...base, search: base.words }, "ergonomic swivel chair"));
      expect(found.partial).toBe(false);
    }
    const told = base.said.filter((line) => line.startsWith("warn") || line.startsWith("nearest"));
    expect(new Set(told).size).toBe(1);
    wire.trouble = null;
    expect(idsOf(await searched(base, "ergonomic swivel chair"))).toContain("DV-1");
    await base.close();
  });

  test("a server that keeps failing is left alone for a while", async () => {
    const base = await vectorBase(wire);
    await loaded(base, goods);
    wire.asked.length = 0;
    wire.trouble = { status: 500 };
    for (let time = 0; time < 10; time++) await searched(base, "ergonomic swivel chair");
    expect(wire.asked).toHaveLength(3);
    expect(base.said).toEqual(["warn no vector for a search: by words alone"]);
    await base.close();
  });
});
