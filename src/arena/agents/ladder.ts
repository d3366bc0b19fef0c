import type { Random, View } from "../agent.ts";

/** Every outcome worth its reservation or more to a side, best first: all that a sensible player proposes. Never empty. */
export interface Ladder {
  readonly size: number;
  /** By rank, from 0; past the end the last. */
  outcomeAt(rank: number): number;
  utilityAt(rank: number): number;
  /** How many are worth at least this much. */
  count(least: number): number;
  /** The one whose worth lies nearest to a target. */
  nearest(target: number): number;
  /** Of those worth between `least` and `most` the one that `liking` is greatest for; the nearest to `least` if none is. */
  liked(least: number, most: number, liking: ArrayLike<number>): number;
  /** Any one of those worth between `least` and `most`; the nearest to `least` if none is. */
  drawn(least: number, most: number, random: Random): number;
}

export function ladderOf({ utility, reservation, ranked }: View): Ladder {
  const all = ranked();
  const size = Math.max(1, ranksWorth(all, utility, reservation));
  const outcomeAt = (rank: number) => all[Math.min(rank, size - 1)] as number;
  const utilityAt = (rank: number) => utility[outcomeAt(rank)] as number;
  const count = (least: number) => Math.min(size, ranksWorth(all, utility, least));
  const above = (most: number) => count(most + 1);
  const nearest = (target: number) => {
    const below = count(target);
    if (below === 0) return outcomeAt(0);
    if (below === size) return outcomeAt(size - 1);
    const [over, under] = [utilityAt(below - 1) - target, target - utilityAt(below)];
    // The first of those worth the same, wherever the search came out.
    return outcomeAt(count(utilityAt(over <= under ? below - 1 : below) + 1));
  };
  return {
    size,
    outcomeAt,
    utilityAt,
    count,
    nearest,
    liked: (least, most, liking) => {
      const to = count(least);
      let best = -1;
      for (let rank = above(most); rank < to; rank++) {
        const outcome = all[rank] as number;
        if (best < 0 || (liking[outcome] as number) > (liking[best] as number)) best = outcome;
      }
      return best < 0 ? nearest(least) : best;
    },
    drawn: (least, most, random) => {
      const [from, to] = [above(most), count(least)];
      return from < to ? outcomeAt(from + Math.floor(random() * (to - from))) : nearest(least);
    },
  };
}

/** The length of the part of a ranking that is worth at least so much. */
export function ranksWorth(ranked: Int32Array, utility: Int32Array, least: number): number {
  let [from, to] = [0, ranked.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((utility[ranked[middle] as number] as number) >= least) from = middle + 1;
    else to = middle;
  }
  return from;
}
