import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { messagesIn } from "../../src/app/train.ts";
import { SURE } from "../../src/domain/act.ts";
import weights from "../../src/understanding/act-weights.json" with { type: "json" };
import { read } from "../../src/understanding/read.ts";
import { NOW, stateOf } from "./contexts.ts";

const TRAIN = join(import.meta.dirname, "../../fixtures/understanding/train");

function reading(text: string, context: string) {
  return read(text, { state: stateOf(context), now: NOW });
}

test("what the house reads with was learned from the messages that are there", () => {
  const messages = messagesIn(TRAIN);
  const digest = createHash("sha256").update(JSON.stringify(messages)).digest("hex");
  expect(weights.learned_from, "run npm run train").toBe(digest);
  expect(messages.length).toBeGreaterThan(8_000);
});

test.each([
  "you drive a hard bargain, take my money",
  "consider it sold, put it through",
  "works for me, please put the order in",
])("a yes that no rule knows is heard, and never surely enough to bind at once: %s", (text) => {
  const heard = reading(text, "offer_usd");
  expect(heard.acts).toEqual([{ act: "accept" }]);
  expect(heard.confidence).toBeLessThan(SURE.binding);
});

test.each([
  ["you drive a hard bargain, take my money if it ships today", "offer_usd"],
  ["you drive a hard bargain, take my money for 30", "offer_usd"],
  ["works for me, but please put two in the order", "offer_usd"],
  ["you drive a zebra bargain, take my kazoo", "offer_usd"],
  ["works for me, please put the order in?", "offer_usd"],
  ["works for me, please put the order in", "start_usd"],
])(
  "a figure, a condition, a question or a word of no yes keeps one from being made: %s (%s)",
  (text, context) => {
    const { acts } = reading(text, context);
    expect(acts.filter(({ act }) => act === "accept" || act === "confirm")).toEqual([]);
  },
);
