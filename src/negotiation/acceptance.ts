import { LEAST } from "./strategies/curve.ts";

/** Utilities in parts per million, as the vendor sees them. */
export interface Standpoint {
  /** The proposal on the table. */
  readonly theirs: number;
  /** What the vendor would ask for next. */
  readonly next: number;
  /** Their proposals before, oldest first. */
  readonly received: readonly number[];
  readonly round: number;
  readonly rounds: number;
}

/** Near the end a proposal this far below the target will still do. */
const SLACK = 150_000;

/**
 * Whether to settle for the counterpart's proposal. AC_combi (Baarslag, Hindriks and Jonker 2013): it is at least
 * what the vendor would ask for next; or time is nearly up and nothing better came in a window as long as the time
 * left, and it is not far below the target; or this is the last round and it is not below the floor.
 */
export function acceptable({ theirs, next, received, round, rounds }: Standpoint): boolean {
  if (theirs < 0) return false;
  if (theirs >= next || round >= rounds) return true;
  if (round * 10 < rounds * 9) return false;
  const window = received.slice(-Math.max(1, rounds - round));
  return theirs >= Math.max(LEAST, next - SLACK, ...window);
}
