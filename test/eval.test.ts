import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

function evaluated(...args: string[]) {
  const main = join(ROOT, "bench/eval/main.ts");
  const env = { ...process.env, PARLEY_DATA: "/nowhere" };
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env });
}

describe("an evaluation", () => {
  test("without a set lists them, one a line", () => {
    const { status, stderr } = evaluated();
    expect(status).toBe(2);
    const names = stderr.split("\n").flatMap((line) => /^ {2}(\S+) +\S/.exec(line)?.[1] ?? []);
    expect(names).toEqual([
      ...[
        "search",
        "answers",
        "understand",
        "pizza",
        "simmc2",
        "clinc150",
        "ko-3i4k",
        "x-risawoz",
        "attacks",
      ],
    ]);
  });

  test.each([
    [["serch"], "there is no set serch; is it search?"],
    [["search", "answers"], "one set at a time: there is no place for answers"],
    [["search", "--worst", "some"], '--worst: "some" is no number of cases'],
    [["search", "--best"], "Unknown option '--best'"],
    [["pizza"], "/nowhere/pizza/pizza_dev.jsonl is not there; PARLEY_DATA names its folder"],
  ])("%j is refused with what is wrong", (args, problem) => {
    const { status, stdout, stderr } = evaluated(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`eval: ${problem}`);
  });

  test("names the function that decided where it stands in the source, and ends with one JSON object", () => {
    const { status, stdout } = evaluated("understand", "--worst", "25");
    expect(status).toBe(0);
    const lines = stdout.trim().split("\n");
    const decided = lines.filter((line) => line.startsWith("  decided   "));
    expect(decided).toHaveLength(25);
    for (const line of decided) {
      const [, file = "", at = "", name] = /(src\/\S+\.ts):(\d+) (\w+)$/.exec(line) ?? [];
      const source = readFileSync(join(ROOT, file), "utf8").split("\n");
      expect(source[Number(at) - 1]).toMatch(new RegExp(`^(?:export )?function ${name}\\b`));
    }
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ set: "understand", failures: [] });
  });
});
