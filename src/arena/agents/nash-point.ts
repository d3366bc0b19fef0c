import type { Ladder } from "./ladder.ts";

/** What the outcome with the greatest product of own utility and a model's estimate is worth to oneself. */
export function nashWorth(ladder: Ladder, worths: ArrayLike<number>): number {
  let [fair, most] = [0, Number.NEGATIVE_INFINITY];
  for (let rank = 0; rank < ladder.size; rank++) {
    const own = ladder.utilityAt(rank);
    const product = own * (worths[ladder.outcomeAt(rank)] as number);
    if (product > most) [fair, most] = [own, product];
  }
  return fair;
}
