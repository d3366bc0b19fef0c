import type { View } from "../agent.ts";
import { spread } from "../view.ts";

/**
 * What the other side's proposals say about its preferences: a value it asks for often is worth much to it, an issue it
 * leaves alone from one proposal to the next matters to it (HardHeaded; van Krimpen, Looije and Hajizadeh 2013).
 */
export interface FrequencyModel {
  hear(outcome: number): void;
  /** What every outcome is thought to be worth to the other side, from 0 to 1. MUST not be kept: the array is used again. */
  worths(): Float64Array;
}

/** What an issue's weight, 1 at first, gains whenever it is left unchanged. */
const UNCHANGED = 0.2;

export function frequencyModel(view: View): FrequencyModel {
  const weights = view.sizes.map(() => 1);
  const counts = view.sizes.map((size) => new Float64Array(size).fill(1));
  const worths = new Float64Array(view.outcomes);
  let last: readonly number[] | null = null;
  let stale = true;
  return {
    hear: (outcome) => {
      const values = [...view.values(outcome)];
      values.forEach((value, issue) => {
        if (last?.[issue] === value) (weights[issue] as number) += UNCHANGED;
        const seen = counts[issue] as Float64Array;
        seen[value] = (seen[value] as number) + 1;
      });
      last = values;
      stale = true;
    },
    worths: () => {
      if (stale) spread(worths, sharesOf(weights, counts));
      stale = false;
      return worths;
    },
  };
}

function sharesOf(weights: readonly number[], counts: readonly Float64Array[]): Float64Array[] {
  const total = weights.reduce((sum, each) => sum + each, 0);
  return counts.map((seen, issue) => {
    const most = Math.max(...seen);
    return seen.map((each) => ((weights[issue] as number) / total) * (each / most));
  });
}
