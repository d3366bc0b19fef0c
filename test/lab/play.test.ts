import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run as restamp } from "../../src/app/lab-restamp.ts";
import type { FixtureFile } from "../../src/lab/fixture.ts";
import { totals } from "../../src/lab/outcome.ts";
import { repeated, wilson } from "../../src/lab/repeat.ts";
import { restale } from "../../src/lab/restale.ts";
import { allFixtures, fixtureOf, labOn, ROOT } from "./bench.ts";

const SHORT = (expected: string) => `
id: written-here
about: One question
lang: en
currency: USD
turns:
  - say: how much is NB-16S-GRY?
    expect: ${expected}
`;

const house = labOn(ROOT, "--mode", "house");
const failures = async (expected: string) => {
  const [outcome] = await house.play([fixtureOf(SHORT(expected))]);
  return outcome?.turns[0]?.failures.map(({ path }) => path);
};

describe("what is expected and does not hold", () => {
  test.each([
    ["{ act: counter }", "act"],
    ["{ reasons: [out_of_stock] }", "reasons"],
    ["{ ask: payer }", "ask"],
    ["{ offer: { quantity: 2 } }", "offer"],
    ["{ offers: 3 }", "offers"],
    ["{ results: [NB-16S-GRY, MN-24F] }", "results"],
    ["{ shows: [MN-24F] }", "shows"],
    ["{ cites: [nothing] }", "cites"],
    ["{ unanswered: true }", "unanswered"],
    ["{ intent: { status: pending } }", "intent.status"],
    ["{ intents: 1 }", "intents"],
    ["{ text: { contains: [free of charge] } }", "text.contains"],
    ["{ text: { matches: ['^never'] } }", "text.matches"],
    ['{ text: { not: ["1,699"] } }', "text.not"],
    ["{ speech: { longest: 3 } }", "speech.longest"],
    ["{ lang: ko }", "lang"],
    ["{ fault: rate_limited }", "fault"],
  ])("%s fails, and by its name", async (expected, path) => {
    expect(await failures(expected)).toEqual([path]);
  });

  test("of a model's part nothing is held against the house alone", async () => {
    expect(await failures("{ verified: true, calls: 3 }")).toEqual([]);
  });
});

test("a play sees nothing of another: what was sold in one is there in the next", async () => {
  const bench = labOn(ROOT, "--mode", "house");
  const order = allFixtures().filter(({ fixture }) => fixture.id === "en-address-in-two");
  const lookup = { kind: "products" as const, skus: ["MS-UP-WHT"] };
  const onHand = async () => {
    const stage = await bench.stages.open({ vendor: "demo" });
    const { stock } = await stage.house.search.find(lookup, 1_000);
    const stored = await stage.house.store.sessions(10);
    stage.close();
    return { stock, stored };
  };
  const before = await onHand();
  const [first] = await bench.play(order);
  expect(first?.turns.at(-1)?.move?.intents).toHaveLength(1);
  expect(await onHand()).toEqual(before);
  const [again] = await bench.play(order);
  const words = (outcome: typeof first) => outcome?.turns.map((turn) => turn.words);
  expect(words(again)).toEqual(words(first));
});

test("what cannot be played is an error and no pass", async () => {
  const file = fixtureOf(SHORT("{}").replace("USD", "JPY"));
  const [outcome] = await house.play([file]);
  expect(outcome).toMatchObject({ verdict: "error", problem: expect.stringContaining("sells in") });
});

describe("a tape", () => {
  let root: string;
  let file: FixtureFile;
  const tape = () => join(root, "fixtures/tapes/written-here.yaml");
  const prompt = () => join(root, "prompts/word.md");
  const lab = () => labOn(root, "--mode", "tape");
  const played = async () => (await lab().play([file]))[0];

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "parley-lab-"));
    mkdirSync(join(root, "fixtures/dialogues"), { recursive: true });
    mkdirSync(join(root, "fixtures/tapes"));
    cpSync(join(ROOT, "fixtures/vendors"), join(root, "fixtures/vendors"), { recursive: true });
    cpSync(join(ROOT, "prompts"), join(root, "prompts"), { recursive: true });
    const text = SHORT('{ verified: true, calls: { gte: 1 }, text: { contains: ["$1,699.00"] } }');
    writeFileSync(join(root, "fixtures/dialogues/written-here.yaml"), text);
    file = fixtureOf(text);
    writeTape(WORDS);
    await restamp(["written-here", "--root", root]);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const writeTape = (text: string) =>
    writeFileSync(
      tape(),
      JSON.stringify({
        fixture: "written-here",
        origin: "authored",
        calls: [
          {
            turn: 1,
            prompt: "word",
            answer: { text, speech: "It is one thousand six hundred ninety-nine dollars." },
          },
        ],
      }),
    );

  test("written by hand is held to the prompts as they stand, and then replayed", async () => {
    const outcome = await played();
    expect(outcome).toMatchObject({ verdict: "pass", model: "authored" });
    expect(outcome?.turns[0]).toMatchObject({ by: "model", failures: [] });
    expect(outcome?.turns[0]?.words?.text).toBe(WORDS);
    expect(outcome?.turns[0]?.calls.map(({ source }) => source)).toEqual(["replayed"]);
  });

  test("whose words do not verify is left as it was", async () => {
    writeTape("It is only $12.00, and a second one is free.");
    const before = readFileSync(tape(), "utf8");
    expect(await restamp(["written-here", "--root", root])).toBe(1);
    expect(readFileSync(tape(), "utf8")).toBe(before);
  });

  test("is stale once its prompt was edited: no pass, with what changed, and what the house makes of it", async () => {
    writeFileSync(
      prompt(),
      readFileSync(prompt(), "utf8").replace("# User\n", "# User\n\nBe brief about it.\n"),
    );
    const outcome = await played();
    expect(outcome?.verdict).toBe("stale");
    const call = outcome?.turns[0]?.calls[0];
    expect(call).toMatchObject({ source: "stale", stale: { changed: ["prompt"] } });
    expect(call?.stale?.diff).toContain("+Be brief about it.");
    expect(call?.stale?.tokens.after).toBeGreaterThan(call?.stale?.tokens.before ?? 0);
    expect(outcome?.house).toMatchObject({ mode: "house", verdict: "pass" });
  });

  test("an edit judged without playing again comes to what playing again would", async () => {
    const before = await played();
    const text = readFileSync(prompt(), "utf8");
    for (const edited of [text.replace("# User\n", "# User\n\nBe brief about it.\n"), text]) {
      writeFileSync(prompt(), edited);
      const bench = lab();
      const crew = await bench.crew();
      const word = crew.prompts.prompt("word");
      if (!before) throw new Error("nothing was played");
      const judged = await restale(before, await bench.tape("written-here"), word, crew);
      const again = await played();
      const without = (outcome: typeof again) => ({
        verdict: outcome?.verdict,
        turns: outcome?.turns.map(({ ms: _, calls, ...turn }) => ({
          ...turn,
          calls: calls.map(({ call, ...source }) => ({ ...source, call: { ...call, ms: 0 } })),
        })),
      });
      expect(without(judged)).toEqual(without(again));
    }
  });

  test("a question that is not on it is missing, and no pass", async () => {
    const value = readFileSync(tape(), "utf8");
    writeFileSync(tape(), value.replace(/\ncalls:[\s\S]*/, "\ncalls: []\n"));
    const outcome = await played();
    expect(outcome?.verdict).toBe("stale");
    expect(outcome?.turns[0]?.calls[0]?.source).toBe("missing");
    expect(outcome?.turns[0]?.by).toBe("house");
  });

  test("counts what its answers cost when they were given", async () => {
    const outcome = await played();
    expect(outcome && totals(outcome)).toMatchObject({ calls: 1 });
  });
});

const WORDS = "The Orrin Studio 16 Laptop, gray costs $1,699.00.";

describe("playing several times", () => {
  test("is a pass only when all of them pass, and says how sure that is", async () => {
    const [pass] = await house.play([fixtureOf(SHORT("{}"))]);
    const [fail] = await house.play([fixtureOf(SHORT("{ act: counter }"))]);
    if (!pass || !fail) throw new Error("nothing was played");
    expect(repeated([[pass], [pass]])[0]).toMatchObject({ verdict: "pass", repeat: { passed: 2, of: 2 } });
    expect(repeated([[pass], [fail]])[0]).toMatchObject({ verdict: "fail", repeat: { passed: 1, of: 2 } });
  });

  // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i lies between %f and %f", (passed, of, low, high) => {
    expect(wilson(passed, of).low).toBeCloseTo(low, 4);
    expect(wilson(passed, of).high).toBeCloseTo(high, 4);
  });
});
