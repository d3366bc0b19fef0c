import { cheapest, type Space } from "./space.ts";
import { type Range, utilityOf, valueAt, WHOLE } from "./utility.ts";

/**
 * The utilities of everything that could be sent with the terms wished for, each once, best first, down to the limit. A
 * rung aimed at is sent exactly: between one and the next there is no offer.
 */
export function ladderOf(space: Space, range: Range): readonly number[] {
  const rungs: number[] = [];
  for (let least = 0; least <= WHOLE; ) {
    const found = cheapest(space, valueAt(range, least), false);
    if (found.length === 0) break;
    const rung = utilityOf(range, Math.min(...found.map(({ value }) => value)));
    rungs.push(rung);
    least = rung + 1;
  }
  return rungs.reverse();
}
