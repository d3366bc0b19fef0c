import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const MAIN = resolve(import.meta.dirname, "../bench/main.ts");

function bench(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Refused in one line, nothing measured. */
const refused = (line: string) => ({ status: 2, stdout: "", stderr: `${line}\n` });

describe("a measurement", () => {
  const floor = "usage: bench floor [--sessions N] [--show N]";

  it("tells how it is called in one line, and measures nothing", () => {
    expect(bench("floor", "--help")).toEqual(refused(floor));
    expect(bench("words", "-h")).toEqual(refused("usage: bench words"));
    expect(bench("race", "--help")).toEqual(refused("usage: bench race [times]"));
    expect(bench().stderr).toMatch(/^usage: bench turn \| durable \| .*\n$/);
  });

  it("refuses an option or a value it does not know, with what is wrong and no stack", () => {
    expect(bench("floor", "--sesions", "2")).toEqual(refused(`bench: Unknown option '--sesions'; ${floor}`));
    expect(bench("confidential", "--all").stderr).toMatch(
      /Unknown option '--all'; usage: bench confidential/,
    );
    expect(bench("words", "7")).toEqual(refused("bench: there is no place for 7; usage: bench words"));
    expect(bench("race", "ten").stderr).toMatch(/times: "ten" is no number; usage: bench race/);
    expect(bench("floor", "--sessions", "few").stderr).toMatch(/^bench: --sessions takes .*; usage: .*\n$/);
    expect(bench("negotiate", "--rounds", "0").stderr).toMatch(/^bench: --rounds takes .*; usage: .*\n$/);
  });
});
