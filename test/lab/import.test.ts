import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readFixture } from "../../src/lab/fixture.ts";
import { importCases } from "../../src/lab/import.ts";

const folder = resolve(import.meta.dirname, "../../fixtures/import");
const imported = (name: string) => importCases(name, readFileSync(resolve(folder, name), "utf8"));
const loaded = (name: string) =>
  imported(name).fixtures.map(({ name: file, yaml }) => {
    const { fixture, problems } = readFixture(yaml, file);
    if (fixture === null) throw new Error(problems.join("\n"));
    return fixture;
  });
const lineOf = (name: string, words: string) =>
  readFileSync(resolve(folder, name), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(words)) + 1;
const holds = (text: string, patterns: readonly string[] = []) =>
  patterns.every((pattern) => new RegExp(pattern, "u").test(text));

describe("a promptfoo configuration", () => {
  test("becomes one fixture a test, each of which loads, in the language that is spoken", () => {
    const fixtures = loaded("promptfooconfig.yaml");
    expect(fixtures.map(({ id, lang, currency }) => [id, lang, currency])).toEqual([
      ["promptfooconfig-price-of-the-monitor", "en", "USD"],
      ["promptfooconfig-delivery", "en", "USD"],
      ["promptfooconfig-several-ways-to-greet", "en", "USD"],
      ["promptfooconfig-several-ways-to-greet-2", "en", "USD"],
      ["promptfooconfig-5", "ko", "KRW"],
    ]);
    expect(fixtures.map(({ turns }) => turns.map(({ say }) => say))).toEqual([
      ["How much is the 27 inch 4K monitor?"],
      ["How long does express delivery take?"],
      ["Hello"],
      ["Good morning"],
      ["모니터 보증 기간이 어떻게 되나요?"],
    ]);
  });

  test("keeps what its assertions mean: case, negation, alternatives, cost and time", () => {
    const [price, delivery, greeting] = loaded("promptfooconfig.yaml").map(({ turns }) => turns[0]?.expect);
    expect(price?.text?.contains).toEqual(["Lumeko"]);
    expect(price?.text?.not).toEqual(["internal"]);
    expect(holds("one cable, USB-C", price?.text?.matches)).toBe(true);
    expect(holds("one cable", price?.text?.matches)).toBe(false);
    expect(holds("It takes 1 day.", delivery?.text?.matches)).toBe(true);
    expect(holds("It takes 1 day,\nguaranteed.", delivery?.text?.matches)).toBe(false);
    expect(delivery?.latency_ms).toEqual({ lte: 2_500 });
    expect(delivery?.cost_micro_usd).toEqual({ lte: 2_000 });
    expect(holds("WELCOME", greeting?.text?.matches)).toBe(true);
    expect(holds("Good day", greeting?.text?.matches)).toBe(false);
  });

  test("tells by file and line everything that was left behind", () => {
    const { notes } = imported("promptfooconfig.yaml");
    for (const [words, kind] of [
      ["type: llm-rubric", "`llm-rubric` was not carried over"],
      ["type: javascript", "`javascript` was not carried over"],
      ["type: is-json", "`is-json` was not carried over"],
      ["openai:gpt-5-mini", "`providers` was not carried over"],
      ["You are a helpful", "a prompt was not carried over"],
    ] as const)
      expect(
        notes.some((note) =>
          note.startsWith(`promptfooconfig.yaml:${lineOf("promptfooconfig.yaml", words)}: ${kind}`),
        ),
        `${kind}\n${notes.join("\n")}`,
      ).toBe(true);
    expect(notes).toHaveLength(5);
  });

  test("tests that share a conversation become its turns; scenarios are multiplied out", () => {
    const fixtures = loaded("conversation.yaml");
    expect(fixtures.map(({ turns }) => turns.map(({ say }) => say))).toEqual([
      ["I need two mesh chairs", "Could you do 600 for both?"],
      ["Do you ship to Jeju?"],
      ["Which keyboards are quiet?", "And what does it cost?"],
      ["Do you have a laptop?", "How long is its warranty?"],
      ["Do you have a headset?", "How long is its warranty?"],
    ]);
    const [chairs, , written, laptop] = fixtures;
    expect(chairs?.turns.map(({ expect: wanted }) => wanted.text)).toEqual([
      { contains: ["Foldu"] },
      { not: ["floor"] },
    ]);
    expect(written?.turns[0]?.expect).toEqual({});
    expect(holds("It costs $95.00.", written?.turns[1]?.expect.text?.matches)).toBe(true);
    expect(holds("It costs $95.00. Or less.", written?.turns[1]?.expect.text?.matches)).toBe(false);
    expect(holds("Our Laptop", laptop?.turns[0]?.expect.text?.matches)).toBe(true);
    const { notes } = imported("conversation.yaml");
    expect(notes.some((note) => note.includes("`similar` was not carried over"))).toBe(true);
    expect(notes.some((note) => note.includes("replies in `messages`"))).toBe(true);
  });

  test("a broken file, or one that points elsewhere, gives notes with lines and no fixture", () => {
    const broken = importCases("x.yaml", "tests:\n  - vars: [\n");
    expect(broken.fixtures).toEqual([]);
    expect(broken.notes[0]).toMatch(/^x\.yaml:\d+: /);
    const elsewhere = importCases("y.yaml", "prompts: [file://a.txt]\ntests: file://cases.csv\n");
    expect(elsewhere.fixtures).toEqual([]);
    expect(elsewhere.notes.join("\n")).toMatch(
      /y\.yaml:1: a prompt in another file[\s\S]*y\.yaml:2: left out/,
    );
  });
});

describe("samples of OpenAI Evals", () => {
  test("become fixtures whose last reply must hold one of the ideal answers", () => {
    const fixtures = loaded("samples.jsonl");
    expect(fixtures.map(({ turns }) => turns.map(({ say }) => say))).toEqual([
      ["How many months is the standard warranty?"],
      ["Do you take returns?", "Could I have a month?"],
      ["What is the capital of Korea?"],
      ["제주도도 배송되나요?"],
      ["Is delivery free?"],
    ]);
    const wanted = fixtures[1]?.turns[1]?.expect.text?.matches;
    expect(holds("You may have 30-Day returns.", wanted)).toBe(true);
    expect(holds("No.", wanted)).toBe(false);
    expect(fixtures[1]?.turns[0]?.expect).toEqual({});
  });

  test("what is not a sample, and what a sample holds beside, is noted by line", () => {
    const { notes } = imported("samples.jsonl");
    const text = notes.join("\n");
    expect(text).toContain("samples.jsonl:1: a system message was not carried over");
    expect(text).toContain("samples.jsonl:2: a message of the assistant was not carried over");
    expect(text).toContain("samples.jsonl:3: `metadata` was not carried over");
    expect(text).toContain("samples.jsonl:5: an example given in a system message");
    expect(text).toMatch(/samples\.jsonl:7: left out/);
    expect(text).toContain("samples.jsonl:8: left out: not JSON");
  });
});
