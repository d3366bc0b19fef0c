import { resolve } from "node:path";
import { benchFor } from "../../src/app/lab-bench.ts";
import { parsed } from "../../src/app/lab-options.ts";
import { type FixtureFile, loadFixtures, readFixture } from "../../src/lab/fixture.ts";

export const ROOT = resolve(import.meta.dirname, "../..");

/** The lab as its command has it, on this repository or on the folder given. */
export function labOn(root = ROOT, ...args: string[]) {
  return benchFor(parsed(["--root", root, ...args]));
}

export function allFixtures(): readonly FixtureFile[] {
  const { fixtures, problems } = loadFixtures(ROOT);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return fixtures;
}

/** A fixture out of its YAML, as it would stand in fixtures/dialogues. */
export function fixtureOf(text: string): FixtureFile {
  const file = "fixtures/dialogues/written-here.yaml";
  const { fixture, problems } = readFixture(text, file);
  if (!fixture) throw new Error(problems.join("\n"));
  return { fixture, file };
}
