import { describe, expect, test } from "vitest";
import { byDomain, estimate, paired } from "../../src/arena/bootstrap.ts";
import { gainsOf, standingsOf } from "../../src/arena/standings.ts";
import { type Contest, type Row, tournament } from "../../src/arena/tournament.ts";
import { scenario } from "./table.ts";

const contest: Contest = {
  scenarios: [
    scenario([[3, 2, 1, 0]], [[0, 1, 2, 3]], [250_000, 250_000], "y2099/Cake"),
    scenario(
      [
        [1, 0],
        [0, 1, 2],
      ],
      [
        [0, 3],
        [2, 1, 0],
      ],
      [250_000, 250_000],
      "y2099/Lamp",
    ),
  ],
  vendors: ["stairs", "chatter", "opposed"],
  partners: ["chatter", "stairs"],
  ...{ rounds: 6, seeds: [1, 2, 3] },
  roster: new URL("./roster.ts", import.meta.url).href,
};

describe("a tournament", () => {
  test("gives the same rows in the same order on one thread and on three, and every session replays", async () => {
    const [one, three] = await Promise.all([tournament(contest, 1), tournament(contest, 3)]);
    expect(one.rows).toHaveLength(2 * 3 * 2 * 2 * 3);
    expect(three).toEqual(one);
    expect([one.replayed, one.identical]).toEqual([72, 72]);
    expect(one.rows.map((row) => row.vendor)).toEqual(
      ["Cake", "Lamp"].flatMap(() => contest.vendors.flatMap((vendor) => Array(12).fill(vendor))),
    );
  });

  test("the partner begins with odd seeds, and chance differs by seed", async () => {
    const { rows } = await tournament({ ...contest, vendors: ["chatter"], partners: ["chatter"] });
    for (const row of rows) expect(row.begins).toBe(row.seed % 2 === 1 ? "partner" : "vendor");
    expect(new Set(rows.map((row) => row.digest)).size).toBe(rows.length);
  });

  test("says what a vendor believed after three proposals, where it says so and there were three", async () => {
    const { rows } = await tournament({ ...contest, scenarios: contest.scenarios.slice(0, 1) });
    for (const row of rows) {
      const heard = row.begins === "partner" && row.by !== "partner" ? row.used : row.used - 1;
      if (row.vendor !== "opposed" || heard < 3) expect(row.r3).toBeNull();
      // On the cake each wants the opposite of the other.
      else expect(row.r3).toBeCloseTo(1, 9);
    }
    expect(rows.some((row) => row.r3 !== null)).toBe(true);
  });

  test("counts sessions that do not replay", async () => {
    const { replayed, identical } = await tournament({
      ...contest,
      vendors: ["counting"],
      partners: ["stairs"],
    });
    expect(identical).toBeLessThan(replayed);
  });

  test.each([
    [{ partners: ["deaf"] }, "protocol_violation", "deaf, turn 1 of 6 on y2099/Cake: accepts outcome 0"],
    [{ vendors: ["nobody"] }, "bad_source", 'no agent "nobody"'],
  ])("ends with the fault of whoever breaks the rules: %o", async (change, code, message) => {
    const broken = tournament({ ...contest, ...change });
    await expect(broken).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe("standings", () => {
  const row = (family: string, pareto_distance: number | null) =>
    ({ vendor: "v", family, pareto_distance, agreed: pareto_distance !== null, advantage: 0 }) as Row;
  const distanceOf = (...rows: Row[]) => standingsOf(rows, 1)[0]?.measures.pareto_distance;

  test("know the distance of deals alone: a session without one is no deal at distance 0", () => {
    expect(distanceOf(row("a", 0.5), row("a", null), row("b", null))?.mean).toBe(0.5);
    expect(distanceOf(row("a", null), row("b", null))).toBeNull();
  });

  test("tell how far one is ahead of each other with the same partners, and nothing of who did not play", () => {
    const met = (vendor: string, family: string, advantage: number) =>
      ({ vendor, family, scenario: family, partner: "p", side: 0, seed: 1, advantage }) as Row;
    const rows = [met("v", "a", 0.75), met("w", "a", 0.5), met("v", "b", 0.25), met("w", "b", 0.25)];
    expect(gainsOf(rows, "v", 1)).toEqual({ w: { mean: 0.125, low: 0, high: 0.25 } });
    expect(gainsOf(rows, "nobody", 1)).toEqual({});
  });
});

describe("estimates", () => {
  const rows = [
    ...[1, 2, 3].map((value) => ({ family: "a", value })),
    ...[10, 20].map((value) => ({ family: "b", value })),
    { family: "c", value: null },
  ];

  test("every domain counts the same, however many sessions it has; none where nothing was measured", () => {
    const found = byDomain(rows, (row) => row.value);
    expect([...found.keys()]).toEqual(["a", "b"]);
    const { mean, low, high } = estimate(found, 7);
    expect(mean).toBe((2 + 15) / 2);
    // Two domains drawn twice: both the lower one in one of four.
    expect([low, high]).toEqual([2, 15]);
    expect(estimate(found, 7)).toEqual(estimate(found, 7));
  });

  test("the interval of many domains is that of their mean", () => {
    const values = Array.from({ length: 100 }, (_, i) => [`${i}`, [i % 2]] as const);
    const { mean, low, high } = estimate(new Map(values), 1);
    expect(mean).toBe(0.5);
    // Standard error .05, so .5 -+ .098.
    expect(low).toBeGreaterThan(0.38);
    expect(low).toBeLessThan(0.42);
    expect(high).toBeGreaterThan(0.58);
    expect(high).toBeLessThan(0.62);
  });

  test("a pairing compares the same cells and refuses any other", () => {
    const cell = (family: string, seed: number, utility: number) =>
      ({ family, scenario: family, partner: "p", side: 0, seed, utility }) as Row;
    const mine = [cell("a", 1, 0.5), cell("a", 2, 0.75), cell("b", 1, 1)];
    const theirs = [cell("b", 1, 0.5), cell("a", 2, 0.5), cell("a", 1, 0.5)];
    const found = paired(mine, theirs, (row) => row.utility);
    expect(Object.fromEntries(found)).toEqual({ a: [0, 0.25], b: [0.5] });
    expect(() => paired(mine, theirs.slice(1), (row) => row.utility)).toThrow(/the same cells/);
    expect(() => paired(mine, [cell("c", 1, 0), ...theirs.slice(1)], (row) => row.utility)).toThrow(
      /b, 0, p, 1/,
    );
  });
});
