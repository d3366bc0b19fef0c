import { gainOf, ISSUES } from "./modes.ts";
import type { Space } from "./space.ts";
import { type Range, utilityOf } from "./utility.ts";

/** The distinct utilities of every candidate, best first, down to the limit. Gifts are left out: they are asked for. */
export function ladderOf({ order, after, worth, modes }: Space, range: Range): readonly number[] {
  let sums: readonly (readonly number[])[] = [worth];
  for (const issue of ISSUES) {
    const gains = modes[issue].map((mode) => after.map((amount) => gainOf(mode, order.place, amount)));
    sums = sums.flatMap((row) => gains.map((gain) => row.map((value, k) => value + (gain[k] ?? 0))));
  }
  const utilities = new Set(sums.flat().map((value) => utilityOf(range, value)));
  return [...utilities].filter((utility) => utility >= 0).sort((a, b) => b - a);
}
