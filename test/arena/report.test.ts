import { expect, test } from "vitest";
import { arenaTable } from "../../src/app/arena-table.ts";
import { generated } from "../../src/arena/generated.ts";
import { report } from "../../src/arena/report.ts";
import type { Scenario } from "../../src/arena/scenario.ts";
import { standingsOf } from "../../src/arena/standings.ts";
import { type Row, tournament } from "../../src/arena/tournament.ts";

const [plain, other] = generated(3, 2) as [Scenario, Scenario];
/** Whatever stands in a scenario is somebody's text. */
const evil = `<script>alert("&")</script>`;
const named: Scenario = {
  ...other,
  family: evil,
  sides: [{ ...other.sides[0], name: evil }, other.sides[1]],
};
const scenarios = [plain, named];
const vendors = ["parley/round-aware", "boulware", "micro"];
const { rows } = await tournament({
  ...{ scenarios, vendors, partners: ["linear", "hardheaded"] },
  ...{ rounds: 10, seeds: [1, 2] },
  roster: new URL("../../src/arena/roster.ts", import.meta.url).href,
});
const settings = { source: "generated", rounds: 10, seeds: 2 };
const standings = standingsOf(rows, 1);
const page = report({ scenarios, rows, standings, settings });

function count(pattern: RegExp, text = page): number {
  return [...text.matchAll(pattern)].length;
}

test("standings are in the order of the advantage, their intervals around their means", () => {
  const means = standings.map(({ measures }) => measures.advantage?.mean ?? 0);
  expect(means).toEqual([...means].sort((a, b) => b - a));
  for (const { measures } of standings)
    for (const estimate of Object.values(measures)) {
      if (!estimate) continue;
      expect(estimate.low).toBeLessThanOrEqual(estimate.mean + 1e-9);
      expect(estimate.high).toBeGreaterThanOrEqual(estimate.mean - 1e-9);
    }
});

test("a strategy that never closed has no distances, and says so in table and page", () => {
  const none: Row[] = rows.map((row) => ({
    ...row,
    ...{ agreed: false, outcome: null, pareto_distance: null, nash_distance: null },
  }));
  const empty = standingsOf(none, 1);
  expect(empty[0]?.measures.pareto_distance).toBeNull();
  expect(arenaTable(empty)).toMatch(/ - /);
  expect(report({ scenarios, rows: none, standings: empty, settings })).toContain("<td>–</td>");
});

test("the table has a line a strategy and fits 100 columns", () => {
  const lines = arenaTable(standings).split("\n");
  expect(lines).toHaveLength(1 + vendors.length);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  for (const head of ["advantage", "agreement", "partner", "welfare", "Pareto", "Nash", "rounds", "missed"])
    expect(lines[0]).toContain(head);
});

test("the page draws a frontier, a Nash point and what was agreed on each scenario", () => {
  expect(count(/<polyline class="frontier"/g)).toBe(scenarios.length);
  expect(count(/<polygon class="nash" points="[^"]+"><title>Nash point/g)).toBe(scenarios.length);
  const agreed = new Set(
    rows
      .filter((row) => row.agreed)
      .map(({ scenario, vendor, side, outcome }) => [scenario, vendor, side, outcome].join()),
  );
  expect(agreed.size).toBeGreaterThan(10);
  expect(count(/<(?:circle|rect) [^>]*class="mark s\d+ v\d+"/g)).toBe(agreed.size);
  expect(count(/class="bar /g)).toBe(2 * vendors.length);
});

test("the page runs nothing and reaches for nothing, and what scenarios say is text", () => {
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i);
  expect(page).toContain("&lt;script&gt;");
});

test("a page without scenarios to draw has its figures all the same", () => {
  const bare = report({ scenarios: [], rows, standings, settings });
  expect(bare).not.toContain("Where agreements lie");
  expect(count(/class="bar /g, bare)).toBe(2 * vendors.length);
});
