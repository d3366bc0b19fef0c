import { describe, expect, test } from "vitest";
import type { Lang } from "../../src/domain/text.ts";
import { evidence } from "../../src/knowledge/evidence.ts";
import { demoEntries, demoVendor, gathered, shelf, stateOf } from "./shelf.ts";

const find = shelf(demoEntries());
const vendor = demoVendor();

describe("what is asked of products side by side", () => {
  test.each<[Lang, string, string, "most" | "least", string[]]>([
    ["en", "which is lighter?", "weight", "least", ["HP-OV1-BLK"]],
    ["en", "which one weighs more?", "weight", "most", ["HP-ST1"]],
    ["en", "Which is cheaper?", "price", "least", ["HP-ST1"]],
    ["en", "which has better reviews?", "rating", "most", ["HP-ST1"]],
    ["en", "which one has the larger driver size?", "driver_size", "most", ["HP-ST1"]],
    ["en", "which one lasts longer?", "battery_life", "most", []],
    ["ko", "뭐가 더 가벼워요?", "weight", "least", ["HP-OV1-BLK"]],
    ["ko", "어느 게 더 비싸요?", "price", "most", ["HP-OV1-BLK"]],
    ["ko", "후기가 더 많은 건 뭐예요?", "review_count", "most", ["HP-OV1-BLK"]],
    ["ko", "노이즈 캔슬링은 어느 게 돼요?", "noise_cancelling", "most", ["HP-OV1-BLK"]],
  ])("%s: %s", (lang, question, key, way, best) => {
    expect(compared(lang, question)?.verdict).toEqual({ key, way, best });
  });

  test.each<[Lang, string, boolean]>([
    ["en", "Is the Over One lighter than the ST1?", true],
    ["en", "is it cheaper than the other?", false],
    ["ko", "오버원이 ST1보다 가벼워요?", true],
    ["ko", "오버원이 ST1보다 싸요?", false],
  ])("a supposition holds or not: %s %s", (lang, question, holds) => {
    expect(compared(lang, question, ["HP-OV1-BLK", "HP-ST1"])?.verdict?.holds).toBe(holds);
  });

  test("is nothing in particular when they are only compared", () => {
    expect(compared("en", "compare the first two")?.verdict).toBeNull();
    expect(compared("en", "which one would you recommend?")?.verdict).toBeNull();
    expect(compared("ko", "둘이 비교해 주세요")?.verdict).toBeNull();
  });

  test("stands first in the rows, every row with a fact or nothing for each product", () => {
    const comparison = compared("en", "which is lighter?");
    expect(comparison?.rows[0]?.key).toBe("weight");
    expect(comparison?.rows.every(({ values }) => values.length === 2)).toBe(true);
    const price = comparison?.rows.find(({ key }) => key === "price")?.values;
    expect(price).toMatchObject([{ id: "HP-ST1#price.USD" }, { id: "HP-OV1-BLK#price.USD", value: 22900 }]);
  });

  test("for the difference leaves out what is alike, and never the price", () => {
    const all = compared("en", "compare them")?.rows.map(({ key }) => key);
    const different = compared("en", "what's the difference?")?.rows.map(({ key }) => key);
    expect(all).toContain("foldable");
    expect(different).not.toContain("foldable");
    expect(different).toContain("price");
    const twins = compared("ko", "차이가 뭐예요?", ["HP-OV1-BLK", "HP-OV1-SND"]);
    expect(twins?.rows.map(({ key }) => key)).toContain("price");
  });

  test("is of none that is not sold, and of no product beside itself", () => {
    expect(compared("en", "which is lighter?", ["HP-ST1", "NONE"])).toBeNull();
    expect(compared("en", "which is lighter?", ["HP-ST1", "HP-ST1"])).toBeNull();
  });
});

function compared(lang: Lang, question: string, skus: readonly string[] = ["HP-ST1", "HP-OV1-BLK"]) {
  const acts = [{ act: "compare" as const, items: skus.map((sku) => ({ sku })), question }];
  const state = stateOf({ lang, currency: lang === "ko" ? "KRW" : "USD" });
  const { found } = gathered(acts, state, find);
  return evidence(acts, state, found, vendor).comparison;
}
