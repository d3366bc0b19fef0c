import { describe, expect, test } from "vitest";
import { Citation, Fact } from "../../src/domain/fact.ts";
import { citation, factsOf } from "../../src/knowledge/facts.ts";
import { shopFacts } from "../../src/knowledge/shop.ts";
import { demoEntries, demoVendor } from "./shelf.ts";

const all = demoEntries().map((entry) => ({ entry, version: "v1", live: true }));

describe("the facts of an entry", () => {
  test("are valid and have ids of their own, over everything the demo vendor states", () => {
    const facts = [...all.flatMap((item) => factsOf(item, 3)), ...shopFacts(demoVendor(), "USD", "en")];
    for (const fact of facts) Fact.parse(fact);
    for (const fact of facts) Citation.parse(citation(fact));
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  test("carry every spec's value and unit unchanged", () => {
    for (const item of all) {
      if (item.entry.kind !== "product") continue;
      const facts = new Map(factsOf(item).map((fact) => [fact.id, fact]));
      for (const { key, value, unit } of item.entry.specs) {
        expect(facts.get(`${item.entry.id}#spec.${key}`)).toMatchObject({ value, ...(unit ? { unit } : {}) });
      }
    }
  });

  test("number a key that repeats, so that no id names two facts", () => {
    const specs = [
      { key: "port", value: "HDMI" },
      { key: "port", value: "USB-C" },
    ];
    const entry = {
      kind: "product",
      id: "A",
      source: { name: "a" },
      title: { en: "A" },
      category: "a",
      price: {},
      specs,
    } as const;
    const facts = factsOf({ entry: { ...entry, specs }, version: "v1", live: true });
    expect(facts.filter(({ key }) => key === "port").map(({ id }) => id)).toEqual([
      "A#spec.port",
      "A#spec.port~2",
    ]);
  });

  test("state the stock only when it is known", () => {
    const [item] = all;
    if (!item) throw new Error("the demo vendor sells nothing");
    expect(factsOf(item).some(({ kind }) => kind === "stock")).toBe(false);
    expect(factsOf(item, 0).find(({ kind }) => kind === "stock")).toMatchObject({ value: 0 });
  });
});

describe("a citation", () => {
  test("names the place in the vendor's own file and quotes at most 300 characters", () => {
    const source = { name: "reviews.jsonl", line: 7 };
    const text = "좋아요. ".repeat(200);
    const entry = { kind: "review", id: "r", sku: "A", text, lang: "ko", source } as const;
    const cited = factsOf({ entry, version: "v1", live: true }).map(citation);
    expect(cited).toEqual([{ fact: "r", source: "reviews.jsonl:7", quote: text.slice(0, 300) }]);
  });
});

describe("the shop's own terms", () => {
  test("are money in the session's currency and plain numbers with units, never text", () => {
    const facts = shopFacts(demoVendor(), "KRW", "ko");
    const fee = facts.find(({ id }) => id === "vendor#delivery.standard.fee");
    expect(fee).toMatchObject({ kind: "price", key: "shipping_fee", value: 3000, unit: "KRW" });
    expect(facts.find(({ id }) => id === "vendor#warranty.warranty-24")).toMatchObject({
      value: 24,
      unit: "month",
    });
    expect(facts.every(({ text }) => text === undefined)).toBe(true);
  });
});
