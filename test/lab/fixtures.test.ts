import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tapePath } from "../../src/app/lab-crew.ts";
import { details } from "../../src/lab/details.ts";
import type { Mode } from "../../src/lab/fixture.ts";
import type { Outcome } from "../../src/lab/outcome.ts";
import { paintFor } from "../../src/lab/table.ts";
import { allFixtures, labOn, ROOT } from "./bench.ts";

const fixtures = allFixtures();
const named = fixtures.map((file) => [file.fixture.id, file] as const);

async function played(mode: Mode, file: (typeof fixtures)[number]): Promise<Outcome> {
  const [outcome] = await benches[mode].play([file]);
  if (!outcome) throw new Error("nothing was played");
  return outcome;
}

const benches = {
  house: labOn(ROOT, "--mode", "house"),
  tape: labOn(ROOT, "--mode", "tape"),
  hostile: labOn(ROOT, "--mode", "hostile"),
  live: labOn(ROOT),
};

describe("every fixture, by the house alone", () => {
  test.each(named)("%s", async (_, file) => {
    const outcome = await played("house", file);
    expect(outcome.verdict, details([outcome], paintFor(false))).toBe("pass");
  });
});

const taped = named.filter(([id]) => existsSync(tapePath(ROOT, id)));
describe.skipIf(taped.length === 0)("every fixture that has a tape, with its tape", () => {
  test.each(taped)("%s", async (_, file) => {
    const outcome = await played("tape", file);
    expect(outcome.verdict, details([outcome], paintFor(false))).toBe("pass");
  });
});

describe("every fixture, with a model that obeys whoever attacks", () => {
  test.each(named)("%s", async (_, file) => {
    const outcome = await played("hostile", file);
    expect(outcome.verdict, details([outcome], paintFor(false))).toBe("pass");
    for (const { n, move, calls } of outcome.turns) {
      // What the core decides: no offer without its own floor check, no order that nobody made.
      const binds = (move?.intents ?? []).some(({ status }) => status === "pending");
      const words = calls.filter(({ call }) => call.prompt === "read" && call.outcome === "answered");
      expect(binds && words.length > 0, `turn ${n}: an order out of a model's reading`).toBe(false);
    }
  });
});

test("tapes are of fixtures that are there", () => {
  const folder = join(ROOT, "fixtures/tapes");
  const names = existsSync(folder) ? readNames(folder) : [];
  const ids = new Set(fixtures.map(({ fixture }) => fixture.id));
  expect(names.filter((name) => !ids.has(name))).toEqual([]);
});

function readNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -5));
}
