import type { Limits } from "../../domain/limits.ts";
import { WHOLE } from "../utility.ts";

/** Where a session stands: `round` counts from 1, the reply now made included. */
export interface Moment {
  readonly round: number;
  readonly rounds: number;
  readonly objective: Limits["objective"];
}

/** How much a vendor asks for as rounds go by: a target utility in parts per million, never rising with the round. */
export interface Strategy {
  readonly name: string;
  target(moment: Moment): number;
  /** Whether it takes less than its target when time runs out. */
  readonly settles: boolean;
}

/** A tenth of the room is kept even in the last round: closing at the floor itself would earn nothing. */
export const LEAST = WHOLE / 10;

/**
 * least + (1 - least)(1 - t^E) with t = round / rounds (Faratin, Sierra and Jennings 1998, time-dependent tactics),
 * in whole parts per million. `doubled` is 2E, so that the conceder's E = 1/2 is a whole number too.
 */
export function curve({ round, rounds }: Moment, doubled: number): number {
  const t = Math.min(WHOLE, Math.floor((round * WHOLE) / rounds));
  let power = WHOLE;
  for (let i = 0; i < Math.floor(doubled / 2); i++) power = Math.floor((power * t) / WHOLE);
  if (doubled % 2 === 1) power = Math.floor((power * Math.floor(Math.sqrt(t * WHOLE))) / WHOLE);
  return LEAST + Math.floor(((WHOLE - LEAST) * (WHOLE - power)) / WHOLE);
}
