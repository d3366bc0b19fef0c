import { SIDES, WHOLE } from "./scenario.ts";
import type { Space } from "./view.ts";

/** What a perfectly informed pair could reach. Outcomes, by their numbers. */
export interface Frontier {
  /** Every outcome that no other is better than for one side and as good for both, best for side 0 first. */
  readonly pareto: Int32Array;
  /** The greatest product of both sides' gains over their reservations; null where `rational` is false. */
  readonly nash: number | null;
  /** Some outcome is worth no less than its reservation to either side, and more to one: a deal is feasible. */
  readonly rational: boolean;
}

export function frontierOf(space: Space): Frontier {
  const [mine, theirs] = [space.views[0].utility, space.views[1].utility];
  const pareto = paretoOf(space);
  const [r0, r1] = [space.views[0].reservation, space.views[1].reservation];
  let nash: number | null = null;
  let most = -1;
  for (const outcome of pareto) {
    const [a, b] = [(mine[outcome] as number) - r0, (theirs[outcome] as number) - r1];
    if (a >= 0 && b >= 0 && a + b > 0 && a * b > most) {
      most = a * b;
      nash = outcome;
    }
  }
  return { pareto, nash, rational: nash !== null };
}

function paretoOf(space: Space): Int32Array {
  const [mine, theirs] = [space.views[0].utility, space.views[1].utility];
  const ranked = space.views[0].ranked();
  const found: number[] = [];
  // Down side 0's ranking in groups of equal worth: of each group the best for side 1 stay, if better than all before.
  let best = Number.NEGATIVE_INFINITY;
  for (let from = 0; from < ranked.length; ) {
    const level = mine[ranked[from] as number];
    let to = from;
    let top = Number.NEGATIVE_INFINITY;
    for (; to < ranked.length && mine[ranked[to] as number] === level; to++)
      top = Math.max(top, theirs[ranked[to] as number] as number);
    if (top > best) {
      for (let i = from; i < to; i++)
        if (theirs[ranked[i] as number] === top) found.push(ranked[i] as number);
      best = top;
    }
    from = to;
  }
  return Int32Array.from(found);
}

/** Euclidean distance between what two outcomes are worth to both sides, in fractions of their best. */
export function distance(space: Space, one: number, other: number): number {
  let squares = 0;
  for (const side of SIDES) {
    const { utility } = space.views[side];
    squares += ((utility[one] as number) - (utility[other] as number)) ** 2;
  }
  return Math.sqrt(squares) / WHOLE;
}
