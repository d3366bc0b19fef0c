import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linesOf, orderAfter, sameOrder } from "../../bench/understand-lines.ts";
import { stageOf } from "../../bench/understand-stage.ts";
import { read } from "../../src/understanding/read.ts";
import { NOW, stateOf } from "./contexts.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Least share of each language's messages after which the order is as it shall be. */
const BAR = 0.87;

describe("a message that changes an order", async () => {
  const stage = await stageOf(ROOT, "demo");
  test.each(["en", "ko"] as const)("leaves the goods and counts it says: %s", async (lang) => {
    const misread: string[] = [];
    const entries = linesOf(ROOT, lang);
    for (const entry of entries)
      if (!sameOrder((await orderAfter(entry, stage)).order, entry.order)) misread.push(entry.says);
    expect(1 - misread.length / entries.length, misread.join("\n")).toBeGreaterThanOrEqual(BAR);
  });
});

test.each([
  ["no hesitation, i take it", "offer_usd"],
  ["one sec", "offer_usd"],
  ["can you throw in the longer warranty for free?", "offer_usd"],
  ["교환은 어떻게 하나요", "start_krw"],
  ["재밌는 얘기 하나만", "start_krw"],
] as const)("%s adds nothing to an order and takes nothing off it", (text, context) => {
  const { acts } = read(text, { state: stateOf(context), now: NOW });
  expect(acts.filter((act) => act.act === "propose" && (act.lines ?? act.remove) !== undefined)).toEqual([]);
});
