import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { messagesIn } from "../../src/app/train.ts";
import { situations } from "../../src/app/train-situations.ts";
import { loadVendor } from "../../src/app/vendor.ts";
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
  expect(messages.length).toBeGreaterThan(20_000);
});

test.each([
  "you've convinced me, write it up",
  "consider it sold, put it through",
  "works for me, please put the order in",
])("a yes that no rule knows is heard, and never surely enough to bind at once: %s", (text) => {
  const heard = reading(text, "offer_usd");
  expect(heard.acts).toEqual([{ act: "accept" }]);
  expect(heard.confidence).toBeLessThan(SURE.binding);
});

test.each([
  ["accpet\toffer\tyes", 'no act "accpet"'],
  ["accept\toffered\tyes", 'no situation "offered"'],
  ["accept\toffer\t", "no text"],
])("a line nothing can be learned from is named with what is wrong: %j", (line, problem) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-train-"));
  writeFileSync(join(folder, "en-x.tsv"), `accept\toffer\tdeal\n${line}\n`);
  expect(() => messagesIn(folder)).toThrow(
    `en-x.tsv, line 2: ${problem.startsWith("no text") ? "it has" : "there is"} ${problem}`,
  );
  rmSync(folder, { recursive: true });
});

const LIMITS = {
  en: [
    "but only if it ships today",
    "however I need it in red",
    "without the warranty",
    "once my boss signs",
  ],
  ko: ["대신 빨간색으로요", "다만 내일 와야 해요", "무료배송일 때만요", "케이블 빼고요"],
} as const;

test("no yes that was learned from binds when something limits it", async () => {
  const { vendor } = await loadVendor(join(import.meta.dirname, "../../fixtures/vendors/demo"));
  const stand = situations(vendor);
  const all = messagesIn(TRAIN).filter(({ acts }) => acts.join() === "accept");
  // Every ninth: they are several thousand, each with all limits.
  const yeses = all.filter((_, i) => i % 9 === 0);
  expect(yeses.length).toBeGreaterThan(200);
  const bound = yeses.flatMap(({ lang, situation, text }, i) =>
    LIMITS[lang]
      .map((limit) => `${text.replace(/[.!]+$/, "")}, ${limit}`)
      .filter((said) =>
        read(said, { state: stand(lang, situation, i), now: NOW }).acts.some(
          ({ act }) => act === "accept" || act === "confirm",
        ),
      ),
  );
  expect(bound).toEqual([]);
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
