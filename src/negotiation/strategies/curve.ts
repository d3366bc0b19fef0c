import { WHOLE } from "../utility.ts";
import { LEAST, type Position } from "./strategy.ts";

/**
 * least + (1 - least)(1 - t^E), a time-dependent tactic (Faratin, Sierra and Jennings 1998, "Negotiation decision
 * functions for autonomous agents"), in whole parts per million. `doubled` is 2E, so that E = 1/2 is a whole number too;
 * `t` is the share of the rounds gone by.
 *
 * Where costs changed, the rest of the curve starts from what the last offer made before is worth now: the vendor neither
 * takes back what it said nor lets a change of cost show as a jump (anchor and resume).
 */
export function curve({ anchor, rounds }: Position, doubled: number, t: number): number {
  const left = WHOLE - power(t, doubled);
  if (anchor === null) return LEAST + Math.floor(((WHOLE - LEAST) * left) / WHOLE);
  if (anchor.utility <= LEAST) return anchor.utility;
  const leftThen = WHOLE - power(share(anchor.round, rounds), doubled);
  const kept = leftThen <= left ? WHOLE : Math.floor((left * WHOLE) / leftThen);
  return LEAST + Math.floor(((anchor.utility - LEAST) * kept) / WHOLE);
}

/** The share of the rounds gone by once this reply is made: 1 in the last round, whose number is known. */
export function counted({ round, rounds }: Position): number {
  return share(round, rounds);
}

/** The share gone by before this reply, as seen by who does not know which round is the last. */
export function elapsed({ round, rounds }: Position): number {
  return share(round - 1, rounds);
}

function share(round: number, rounds: number): number {
  return Math.max(0, Math.min(WHOLE, Math.floor((round * WHOLE) / rounds)));
}

function power(t: number, doubled: number): number {
  let result = WHOLE;
  for (let i = 0; i < Math.floor(doubled / 2); i++) result = Math.floor((result * t) / WHOLE);
  return doubled % 2 === 1 ? Math.floor((result * Math.floor(Math.sqrt(t * WHOLE))) / WHOLE) : result;
}
