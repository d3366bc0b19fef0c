import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Entry } from "../../src/domain/entry.ts";
import { Lang } from "../../src/domain/text.ts";
import { evidence } from "../../src/knowledge/evidence.ts";
import { demoEntries, demoVendor, gathered, shelf, stateOf } from "./shelf.ts";

/** What the demo vendor's own knowledge answers each question with; none where it states nothing. */
const Row = z.strictObject({
  lang: Lang,
  sku: z.string().nullable(),
  question: z.string(),
  facts: z.array(z.string()),
});
const rows = readFileSync(new URL("../../fixtures/questions/demo.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Row.parse(JSON.parse(line)));

const vendor = demoVendor();
const find = shelf(demoEntries());

describe("questions to the demo vendor", () => {
  test.each(rows)("$lang $sku: $question", ({ lang, sku, question, facts }) => {
    expect(answered(lang, sku, question).facts.map(({ id }) => id)).toEqual(facts);
  });
});

describe("an answer", () => {
  test("keeps the title, the number and the unit exactly as they are stated", () => {
    const answer = answered("ko", "NB-14A-BLK", "무게가 얼마예요?");
    expect(answer).toMatchObject({
      about: "NB-14A-BLK",
      title: "오린 에어 14 노트북 블랙",
      topic: "무게가 얼마예요?",
    });
    expect(answer.facts).toMatchObject([
      {
        key: "weight",
        value: 1.19,
        unit: "kg",
        label: { en: "Weight", ko: "무게" },
        source: { name: "products.jsonl", line: 1 },
      },
      { id: "qa-003", kind: "answer", key: "customer" },
    ]);
    expect(answer.conflicts).toEqual([{ fact: "NB-14A-BLK#spec.weight", with: "qa-003" }]);
  });

  test("gives the typed fact before the customer who says otherwise", () => {
    const { facts } = told("How long does the battery really last in use?", [
      review("r1", "The battery really lasts six hours in use, never ten."),
    ]);
    expect(facts.map(({ id }) => id)).toEqual(["P1#spec.battery_life", "r1"]);
    expect(facts[0]).toMatchObject({ value: 10, unit: "h" });
  });

  test("about what people complain about is from the reviews that praise it least, and from no others", () => {
    const voices = [
      { ...review("r1", "Lovely, no complaints at all."), rating: 5 },
      { ...review("r2", "The hinge squeaks."), rating: 3 },
      { ...review("r3", "Broke in a week."), rating: 1 },
    ];
    const { facts } = told("What do people complain about with the first one?", voices);
    expect(facts.filter(({ kind }) => kind === "review").map(({ id }) => id)).toEqual(["r3", "r2"]);
    const content = told("What do people complain about?", voices.slice(0, 1)).facts;
    expect(content.every(({ kind }) => kind === "rating")).toBe(true);
    expect(content.find(({ key }) => key === "rated_low")?.value).toBe(0);
  });

  test("to a wish to hear about it is what it is, its first figures, its price and its stock", () => {
    const about = answered("en", "NB-14A-BLK", "Tell me about the first one");
    expect(about.facts.map(({ id }) => id)).toEqual([
      "NB-14A-BLK#description.en",
      ...["screen_size", "resolution", "processor", "memory", "storage"].map(
        (key) => `NB-14A-BLK#spec.${key}`,
      ),
      "NB-14A-BLK#price.USD",
      "NB-14A-BLK#stock",
    ]);
  });

  test("gives the vendor's answer before a customer's", () => {
    const { facts } = told("Does it fit a bicycle mount?", [
      said("a1", "Does it fit a bicycle mount?", "Mine does.", "customer"),
      said("a2", "Will this fit a bicycle mount?", "Only with the adapter.", "vendor"),
    ]);
    expect(facts.map(({ id, key }) => [id, key])).toEqual([
      ["a2", "vendor"],
      ["a1", "customer"],
    ]);
  });

  test("never takes a price or a stock figure from anybody's words", () => {
    const claims = [
      review("r1", "The price was 5 dollars and there are thousands in stock."),
      said("a1", "What is the price?", "It costs 5 dollars today.", "vendor"),
    ];
    expect(told("What is the price?", claims).facts).toMatchObject([
      { id: "P1#price.USD", value: 12900, unit: "USD" },
    ]);
    expect(told("Is it in stock?", claims).facts).toMatchObject([{ id: "P1#stock", value: 7 }]);
  });

  test("is empty when the product is not sold in the currency that was asked about", () => {
    const claims = [said("a1", "What is the price in won?", "The price is 99 won.", "vendor")];
    expect(told("What is the price?", claims, { currency: "KRW" }).facts).toEqual([]);
  });

  test("is empty when the words at hand speak of something else", () => {
    const chatter = [
      review("r1", "A lovely gift, my sister plays music on it every evening."),
      said("a1", "Which music services work?", "All of the usual ones.", "vendor"),
    ];
    expect(told("Does it float in a swimming pool?", chatter).facts).toEqual([]);
  });

  test("quotes long texts by whole sentences around what was asked, byte for byte", () => {
    const padding = Array.from(
      { length: 30 },
      (_, n) => `Sentence ${n} talks of other matters entirely.`,
    ).join(" ");
    const text = `${padding} The carrying strap is made of hemp – 12.5 mm wide. ${padding}`;
    const [fact] = told("Is the carrying strap wide?", [review("r1", text)]).facts;
    expect(fact?.text).toContain("The carrying strap is made of hemp – 12.5 mm wide.");
    expect(text).toContain(fact?.text);
    expect(fact?.text?.length).toBeLessThanOrEqual(300);
  });

  test("tells what a product is when nothing particular is asked", () => {
    const acts = [{ act: "ask", item: { sku: "P1" } }] as const;
    const state = stateOf();
    const { found } = gathered(acts, state, shelf([speaker]));
    const [answer] = evidence(acts, state, found, vendor).answers;
    expect(answer?.facts.map(({ key }) => key)).toEqual([
      "price",
      "stock",
      "category",
      "battery_life",
      "weight",
    ]);
  });

  test("takes a typed topic to the letter", () => {
    const acts = [{ act: "ask", item: { sku: "P1" }, topic: "battery_life" }] as const;
    const state = stateOf();
    const { found, rounds } = gathered(acts, state, shelf([speaker]));
    expect(rounds).toHaveLength(2);
    expect(evidence(acts, state, found, vendor).answers).toMatchObject([
      { topic: "battery life", facts: [{ value: 10, unit: "h" }] },
    ]);
  });

  test("is found where it says little of the question in the question's own words, and not where it says nothing", () => {
    const voices = [
      review("r1", "The strap broke after a week, so I carry it by hand."),
      said(
        "a1",
        "Can two of these be paired for stereo?",
        "Yes, hold both buttons until they chime.",
        "customer",
      ),
    ];
    expect(told("Can I pair two speakers?", voices).facts.map(({ id }) => id)).toEqual(["a1"]);
    expect(told("Does it float?", voices).facts).toEqual([]);
  });

  test("of a long review is quoted around the sentence that answers, never cut inside one", () => {
    const before = "I bought it in spring and have carried it to the lake every weekend since. ".repeat(5);
    const after = "My neighbors have one too and never complained to me about theirs in any way. ".repeat(5);
    const text = `${before}It floats face up in the water. ${after}`.trim();
    const [fact] = told("Does it float in water?", [review("r1", text)]).facts;
    expect(fact?.text).toContain("It floats face up in the water.");
    expect(fact?.text?.length).toBeLessThanOrEqual(300);
    expect(fact?.text).toMatch(/^(?:I bought|It floats).*\.$/);
  });

  test("about the product spoken of is found without naming it", () => {
    const acts = [{ act: "ask", question: "How heavy?" }] as const;
    const state = stateOf({ that: "P1" });
    const { found } = gathered(acts, state, shelf([speaker]));
    expect(evidence(acts, state, found, vendor).answers).toMatchObject([
      { about: "P1", facts: [{ id: "P1#spec.weight" }] },
    ]);
  });

  test("in English is found for a question in Korean when nothing is written in Korean", () => {
    const passage: Entry = {
      ...{ kind: "policy", id: "privacy/en", source: { name: "privacy.md" }, lang: "en", topic: "privacy" },
      ...{ title: "Privacy 개인정보", text: "We keep your personal data for a year." },
    };
    const acts = [{ act: "ask", question: "개인정보는 어떻게 되나요?" }] as const;
    const state = stateOf({ lang: "ko", currency: "KRW" });
    const { found } = gathered(acts, state, shelf([passage]));
    expect(evidence(acts, state, found, vendor).answers).toMatchObject([
      { about: null, facts: [{ id: "privacy/en", lang: "en" }] },
    ]);
  });
});

const speaker: Entry = {
  ...{ kind: "product", id: "P1", source: { name: "own.jsonl", line: 1 }, category: "audio/speakers" },
  title: { en: "Pebble Speaker", ko: "페블 스피커" },
  price: { USD: 12900 },
  specs: [
    { key: "battery_life", value: 10, unit: "h" },
    { key: "weight", value: 540, unit: "g" },
  ],
};

function review(id: string, text: string): Entry {
  return { kind: "review", id, sku: "P1", rating: 4, text, lang: "en", source: { name: "reviews.jsonl" } };
}

function said(id: string, question: string, text: string, by: "vendor" | "customer"): Entry {
  return { kind: "answer", id, sku: "P1", question, text, by, lang: "en", source: { name: "answers.jsonl" } };
}

function told(question: string, voices: readonly Entry[], changes: Parameters<typeof stateOf>[0] = {}) {
  const acts = [{ act: "ask", item: { sku: "P1" }, question }] as const;
  const state = stateOf(changes);
  const { found } = gathered(acts, state, shelf([speaker, ...voices]));
  return only(evidence(acts, state, found, vendor).answers);
}

function answered(lang: Lang, sku: string | null, question: string) {
  const acts = [{ act: "ask" as const, ...(sku === null ? {} : { item: { sku } }), question }];
  const state = stateOf({ lang, currency: lang === "ko" ? "KRW" : "USD" });
  const { found } = gathered(acts, state, find);
  return only(evidence(acts, state, found, vendor).answers);
}

function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1);
  return list[0] as T;
}
