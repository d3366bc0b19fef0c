import { expect, it } from "vitest";
import { simulated } from "../../bench/simulate.ts";

it("two seeds of the simulation go the same way twice, hurt nothing, and every planted bug is found in them", async () => {
  const { seeds, runs, violations, differences, planted_found, counts, failures } = await simulated(2, 2);
  expect(failures).toEqual([]);
  expect({ seeds, runs, violations, differences, planted_found }).toEqual({
    ...{ seeds: 2, runs: 4, violations: 0, differences: 0, planted_found: 3 },
  });
  // Not for want of anything going wrong.
  for (const what of [
    "turns",
    "orders",
    "node_crashes",
    "store_crashes",
    "takeovers",
    "cuts",
    "hints_dropped",
  ])
    expect(counts[what], what).toBeGreaterThan(0);
});
