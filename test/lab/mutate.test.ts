import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { stages } from "../../src/app/lab-stage.ts";
import { type Fixture, type FixtureFile, loadFixtures } from "../../src/lab/fixture.ts";
import { MUTANT_KINDS, mutate } from "../../src/lab/mutate.ts";
import { mutantRates, ratesTable } from "../../src/lab/mutate-report.ts";
import { HOUSE, play } from "../../src/lab/play.ts";

const root = resolve(import.meta.dirname, "../..");
const { fixtures } = loadFixtures(root);
const fixture = (id: string): Fixture => {
  const found = fixtures.find((one) => one.fixture.id === id)?.fixture;
  if (!found) throw new Error(`no fixture ${id}`);
  return found;
};
const FIGURE = /\d[\d,.]*\d|\d|\b[A-Z]{2,}(?:-[A-Z0-9]+)+\b/g;

describe("mutants", () => {
  test("are the same for the same seed, differ between seeds, and say something else than their original", () => {
    const once = mutate(fixture("en-search-to-order"), 7);
    expect(mutate(fixture("en-search-to-order"), 7)).toEqual(once);
    expect(mutate(fixture("en-search-to-order"), 8)).not.toEqual(once);
    expect(once.length).toBeGreaterThanOrEqual(6);
    const original = fixture("en-search-to-order").turns.map(({ say }) => say);
    for (const { fixture: mutant } of once) expect(mutant.turns.map(({ say }) => say)).not.toEqual(original);
    expect(new Set(once.map(({ fixture: { id } }) => id)).size).toBe(once.length);
  });

  test("never touch figures, product codes or what is told for an order", () => {
    for (const { fixture: original } of fixtures)
      for (let seed = 1; seed <= 3; seed++)
        for (const { kind, fixture: mutant } of mutate(original, seed))
          for (const [i, { say }] of original.turns.entries()) {
            if (say === undefined) continue;
            const figures = (text: string) => (text.match(FIGURE) ?? []).sort();
            expect(figures(mutant.turns[i]?.say ?? ""), `${mutant.id}: ${mutant.turns[i]?.say}`).toEqual(
              figures(say),
            );
            if (/@/.test(say)) expect(mutant.turns[i]?.say, kind).toBe(say);
          }
  });

  test("keep what is expected of acts, offers and orders, and nothing of words", () => {
    const [mutant] = mutate(fixture("ko-assistant"), 1, ["polite"]);
    expect(mutant?.fixture.turns[0]?.expect).toEqual({
      act: "offer",
      offer: { skus: ["HS-B1"], quantity: 12, payment: "net30", discounts: ["tier"] },
    });
    expect(mutant?.fixture.turns[2]?.expect).toEqual({ fault: "order_details_missing" });
    expect(mutant?.fixture.turns[3]?.expect.text).toBeUndefined();
    expect(mutant?.fixture.turns[3]?.act).toEqual(fixture("ko-assistant").turns[3]?.act);
  });

  test("Korean ones slip by jamo, change the level of speech and lose spaces", () => {
    const said = (kind: (typeof MUTANT_KINDS)[number]) =>
      Array.from({ length: 12 }, (_, seed) => mutate(fixture("ko-monitor-under-budget"), seed, [kind]))
        .flat()
        .flatMap(({ fixture: { turns } }) => turns.map(({ say = "" }) => say))
        .join("\n");
    expect(said("typo")).toMatch(/[ㄱ-ㅎ]/);
    expect(said("polite")).toMatch(/(?:니까|습니다|십시오)/);
    expect(said("injection")).toMatch(/[Ii]gnore|무시/);
  });

  test("the house is measured on them, by kind", async () => {
    const set = stages(root, (line) => expect.fail(line));
    const run = async (file: FixtureFile) => play(file, await set.open(file.fixture), HOUSE);
    const played = [];
    for (const { fixture: original, file } of fixtures.filter((_, i) => i % 6 === 0)) {
      if ((await run({ fixture: original, file })).verdict !== "pass") continue;
      for (const { kind, fixture: mutant } of mutate(original, 1))
        played.push({ kind, outcome: await run({ fixture: mutant, file }) });
    }
    const rates = mutantRates(played);
    const table = ratesTable(rates);
    if (process.env.SHOW) console.log(table);
    expect(rates.map(({ kind }) => kind).sort()).toEqual([...MUTANT_KINDS].sort());
    expect(rates.reduce((sum, { of }) => sum + of, 0)).toBe(played.length);
    const rate = (kind: string) =>
      rates.filter((one) => one.kind === kind).map(({ passed, of }) => passed / of)[0];
    for (const kind of ["case", "spacing", "polite"])
      expect(rate(kind), `${kind}\n${table}`).toBeGreaterThan(0.6);
  });
});
