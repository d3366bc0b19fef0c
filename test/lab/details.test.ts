import { describe, expect, test } from "vitest";
import { details, staleSummary } from "../../src/lab/details.ts";
import type { Outcome } from "../../src/lab/outcome.ts";
import { allFixtures, labOn } from "./bench.ts";

const plain = (_: string, text: string) => text;
const files = allFixtures().slice(0, 6);
const broken =
  (problem: string) =>
  (outcome: Outcome): Outcome => ({ ...outcome, verdict: "error", problem });

describe("what is shown of what did not pass", () => {
  test("one thing wrong with many fixtures is said once, with how many", async () => {
    const played = await labOn(undefined, "--mode", "house").play(files);
    const text = details(played.map(broken("prompts/word.md:6: not YAML")), plain);
    expect(text.match(/not YAML/g)).toHaveLength(1);
    expect(text).toMatch(/^ERROR 6 fixtures {2}\S+, \S+, \S+ and 3 more\n {2}prompts\/word/);
  });

  test("different things are said each", async () => {
    const played = await labOn(undefined, "--mode", "house").play(files.slice(0, 2));
    const text = details(
      played.map((one, i) => broken(`this ${i}`)(one)),
      plain,
    );
    expect(text).toMatch(/this 0(?:.|\n)*this 1/);
  });

  test("nothing stale is nothing to sum up", async () => {
    expect(staleSummary(await labOn(undefined, "--mode", "house").play(files.slice(0, 1)))).toEqual([]);
  });
});
