import type { View } from "./agent.ts";
import { type Scenario, type Side, sharesOf, WHOLE } from "./scenario.ts";

/** A scenario with all its outcomes enumerated: worked out once, played by everybody in this thread. */
export interface Space {
  readonly scenario: Scenario;
  readonly outcomes: number;
  readonly views: readonly [View, View];
}

export function spaceOf(scenario: Scenario): Space {
  const sizes = scenario.issues.map((issue) => issue.values.length);
  const outcomes = sizes.reduce((product, size) => product * size, 1);
  const [first, second] = scenario.sides;
  return { scenario, outcomes, views: [viewOf(first, sizes, outcomes), viewOf(second, sizes, outcomes)] };
}

function viewOf(side: Side, sizes: readonly number[], outcomes: number): View {
  const utility = utilitiesOf(side, outcomes);
  const values = sizes.map(() => 0);
  let ranked: Int32Array | null = null;
  return {
    sizes,
    outcomes,
    utility,
    reservation: side.reservation,
    values: (outcome) => {
      let rest = outcome;
      for (let i = sizes.length - 1; i >= 0; i--) {
        const size = sizes[i] as number;
        values[i] = rest % size;
        rest = (rest - (values[i] as number)) / size;
      }
      return values;
    },
    outcomeOf: (chosen) => chosen.reduce((outcome, value, i) => outcome * (sizes[i] ?? 1) + value, 0),
    ranked: () => {
      ranked ??= rank(utility);
      return ranked;
    },
  };
}

/** Whole parts per million of the side's best outcome; one rounding an outcome, of the whole sum. */
function utilitiesOf(side: Side, outcomes: number): Int32Array {
  const sums = new Float64Array(outcomes);
  spread(sums, sharesOf(side));
  return Int32Array.from(sums, (sum) => Math.round(sum * WHOLE));
}

/** Sums of one share from every issue, for all outcomes: issue by issue from the last place down, within the array. */
export function spread(into: Float64Array, shares: readonly ArrayLike<number>[]): void {
  let filled = 1;
  into[0] = 0;
  for (const share of shares) {
    const size = share.length;
    filled *= size;
    for (let i = filled - 1; i >= 0; i--)
      into[i] = (into[Math.floor(i / size)] as number) + (share[i % size] as number);
  }
}

function rank(utility: Int32Array): Int32Array {
  return Int32Array.from(utility.keys()).sort(
    (a, b) => (utility[b] as number) - (utility[a] as number) || a - b,
  );
}
