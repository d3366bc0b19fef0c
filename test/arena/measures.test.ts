import fc from "fast-check";
import { expect, test } from "vitest";
import { distance, frontierOf } from "../../src/arena/frontier.ts";
import type { Session } from "../../src/arena/match.ts";
import { correlation, measure } from "../../src/arena/measures.ts";
import { spaceOf } from "../../src/arena/view.ts";
import { scenario } from "./table.ts";

const agreed = (outcome: number): Session => ({ outcome, ended: "accepted", by: 1, plays: [] });
const failed: Session = { outcome: null, ended: "deadline", by: null, plays: [] };

// Mine 100, 80, 60, 0 %; theirs 0, 60, 40, 100 %. Outcome 2 is worse than 1 for both.
const space = spaceOf(scenario([[10, 8, 6, 0]], [[0, 6, 4, 10]], [200_000, 300_000]));
const frontier = frontierOf(space);

test("an agreement is measured as by hand, from either side", () => {
  const plays = Array.from({ length: 5 }, () => ({ side: 0, play: { does: "leave" } }) as const);
  const mine = measure(space, frontier, { ...agreed(2), plays }, 0);
  expect(mine).toMatchObject({
    agreed: true,
    utility: 0.6,
    partner_utility: 0.4,
    welfare: 1,
    used: 3,
    missed: false,
  });
  expect(mine.advantage).toBeCloseTo((0.6 - 0.2) / 0.8, 12);
  expect(mine.partner_advantage).toBeCloseTo((0.4 - 0.3) / 0.7, 12);
  // The nearest better outcome, and the Nash point, is (.8, .6).
  expect(mine.pareto_distance).toBeCloseTo(Math.hypot(0.2, 0.2), 12);
  expect(mine.nash_distance).toBeCloseTo(Math.hypot(0.2, 0.2), 12);
  const theirs = measure(space, frontier, agreed(2), 1);
  expect([theirs.utility, theirs.advantage]).toEqual([mine.partner_utility, mine.partner_advantage]);
});

test("without an agreement both keep their reservations, and a feasible deal was missed", () => {
  expect(measure(space, frontier, failed, 0)).toMatchObject({
    ...{
      agreed: false,
      utility: 0.2,
      advantage: 0,
      partner_utility: 0.3,
      partner_advantage: 0,
      welfare: 0.5,
    },
    ...{ pareto_distance: null, nash_distance: null, missed: true },
  });
});

test("where no outcome is worth having to both, nothing was missed and there is no Nash point", () => {
  const hopeless = spaceOf(scenario([[10, 0]], [[0, 10]], [500_000, 500_000]));
  const none = frontierOf(hopeless);
  expect(none).toMatchObject({ rational: false, nash: null });
  expect(measure(hopeless, none, failed, 0).missed).toBe(false);
  expect(measure(hopeless, none, agreed(0), 0).nash_distance).toBeNull();
});

test("correlation is Pearson's, and nothing where one side is flat", () => {
  expect(correlation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  // By hand: deviations -1, 0, 1 and -1, 1, 0.
  expect(correlation([1, 2, 3], [0, 2, 1])).toBeCloseTo(0.5, 12);
  expect(correlation([5, 5, 5], [1, 2, 3])).toBe(0);
});

const worths = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
const spaces = fc
  .array(fc.tuple(worths, worths), { minLength: 1, maxLength: 3 })
  .map((issues) => issues.map(([a, b]) => [a.slice(0, b.length), b.slice(0, a.length)] as const))
  .filter((issues) => [0, 1].every((side) => issues.some((issue) => Math.max(...(issue[side] ?? [])) > 0)))
  .chain((issues) =>
    fc.tuple(fc.integer({ min: 0, max: 900_000 }), fc.integer({ min: 0, max: 900_000 })).map((reservations) =>
      spaceOf(
        scenario(
          issues.map(([a]) => a),
          issues.map(([, b]) => b),
          reservations,
        ),
      ),
    ),
  );

test("the Pareto set and the Nash point are those of comparing every outcome with every other", () => {
  fc.assert(
    fc.property(spaces, (any) => {
      const [a, b] = [any.views[0].utility, any.views[1].utility] as const;
      const all = [...a.keys()];
      const at = (view: Int32Array, outcome: number) => view[outcome] as number;
      const pareto = all.filter(
        (o) =>
          !all.some(
            (p) =>
              at(a, p) >= at(a, o) && at(b, p) >= at(b, o) && (at(a, p) > at(a, o) || at(b, p) > at(b, o)),
          ),
      );
      const found = frontierOf(any);
      expect([...found.pareto].sort((x, y) => x - y)).toEqual(pareto);
      const gains = (o: number) => [at(a, o) - any.views[0].reservation, at(b, o) - any.views[1].reservation];
      const good = all.filter(
        (o) => gains(o).every((gain) => gain >= 0) && gains(o).some((gain) => gain > 0),
      );
      const product = (o: number) => gains(o).reduce((x, y) => x * y);
      expect(found.rational).toBe(good.length > 0);
      if (found.nash !== null) expect(product(found.nash)).toBe(Math.max(...good.map(product)));
    }),
  );
});

test("distance is taken in the plane of both utilities", () => {
  expect(distance(space, 1, 1)).toBe(0);
  expect(distance(space, 0, 3)).toBeCloseTo(Math.SQRT2, 12);
  expect(distance(space, 0, 3)).toBe(distance(space, 3, 0));
});
