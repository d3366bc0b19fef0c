import { describe, expect, test } from "vitest";
import { match } from "../../src/arena/match.ts";
import { seeded } from "../../src/arena/random.ts";
import { WHOLE } from "../../src/arena/scenario.ts";
import { vendorAgent } from "../../src/arena/vendor-agent.ts";
import { spaceOf } from "../../src/arena/view.ts";
import { STRATEGIES } from "../../src/negotiation/strategies/index.ts";
import { LEAST } from "../../src/negotiation/strategies/strategy.ts";
import { agent, scenario } from "./table.ts";

const vendor = (name: string) =>
  vendorAgent(STRATEGIES.find((one) => one.name === name) as (typeof STRATEGIES)[number]);

/** What the vendor, side 1, proposes to somebody who says these outcomes in turn, the last for ever, and takes nothing. */
function answers(
  where: ReturnType<typeof spaceOf>,
  says: readonly number[],
  name = "round-aware",
  rounds = 10,
) {
  const partner = agent("partner", () => ({ step }) => ({
    does: "propose",
    outcomes: [says[Math.min(step, says.length - 1)] as number],
  }));
  const luck = [seeded(1), seeded(2)] as const;
  const session = match(where, [partner, vendor(name)], luck, { rounds, begins: 0 });
  const proposed = session.plays.flatMap(({ side, play }) =>
    side === 1 && play.does === "propose" ? play.outcomes : [],
  );
  return { session, proposed };
}

/** One price of a hundred: the vendor likes high numbers, the buyer low ones. */
const worths = Array.from({ length: 101 }, (_, i) => i / 100);
const haggle = (reservation: number) =>
  spaceOf(scenario([worths.toReversed()], [worths], [0, Math.round(reservation * WHOLE)]));

describe("the vendor's own strategies at a table", () => {
  test("ask in the end for the best they were offered, once that is over the reservation value", () => {
    // It names 80, then nothing but 20.
    expect(answers(haggle(0.5), [80, 20]).proposed.slice(-2)).toEqual([80, 80]);
    expect(answers(haggle(0.5), [20]).proposed.at(-1)).toBeGreaterThan(50);
  });

  test("never ask for less than they were offered before", () => {
    for (const { name } of STRATEGIES) {
      const { proposed } = answers(haggle(0), [80, 20], name);
      for (const one of proposed) expect(one).toBeGreaterThanOrEqual(80);
    }
  });

  test("concede down to a tenth of the room over their reservation value, not of all there is", () => {
    for (const reservation of [0.3, 0.6]) {
      const floor = reservation + (1 - reservation) * (LEAST / WHOLE);
      const { proposed } = answers(haggle(reservation), [0]);
      expect((proposed.at(-1) as number) / 100).toBeGreaterThanOrEqual(floor - 1e-9);
      expect((proposed.at(-1) as number) / 100).toBeLessThan(floor + 0.21);
      const boulware = answers(haggle(reservation), [0], "linear").proposed.at(-1) as number;
      // Nine tenths of the time gone by: nine tenths of what may be conceded.
      const left = LEAST / WHOLE + (1 - LEAST / WHOLE) / 9;
      expect(boulware / 100).toBeCloseTo(reservation + (1 - reservation) * left, 1);
    }
  });
});

describe("of bids worth about the same", () => {
  // The vendor cares for the price, and little for the colour, which is nearly all the buyer asks for.
  const table = spaceOf(
    scenario(
      [
        [0, 2, 4, 6, 8],
        [0, 0, 0, 0, 8],
      ],
      [
        [10, 9, 8, 7, 6],
        [0.8, 0.6, 0.4, 0.2, 0],
      ],
    ),
  );

  test("the vendor makes the one the buyer should like best, up to a fifth of the room above its aim", () => {
    const view = table.views[0];
    const { proposed } = answers(table, [view.outcomeOf([4, 4])]);
    // Aims at .88 and .74 of the room; the buyer's colour leaves .93 of it at the first price, .83 at the second.
    expect([...view.values(proposed[5] as number)]).toEqual([0, 4]);
    expect([...view.values(proposed[6] as number)]).toEqual([1, 4]);
  });

  test("it makes another where it would make one again, as long as there is another", () => {
    // Its last two turns aim at the same.
    const [before, last] = answers(haggle(0.5), [20]).proposed.slice(-2);
    expect(last).not.toBe(before);
    const ultimatum = spaceOf(scenario([[1, 0]], [[0, 1]], [0, WHOLE / 2]));
    expect(new Set(answers(ultimatum, [0]).proposed)).toEqual(new Set([1]));
  });
});
