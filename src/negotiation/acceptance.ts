import { LEAST, type Position } from "./strategies/strategy.ts";

/** Near the end a proposal this far below the target will still do. */
const SLACK = 150_000;

/** AC_next: it is worth at least what would be asked for next (Baarslag, Hindriks and Jonker 2013). */
export function asGoodAsNext({ received }: Position, next: number): boolean {
  const theirs = received.at(-1) ?? null;
  return theirs !== null && theirs >= 0 && theirs >= next;
}

/**
 * AC_combi (the same authors): as good as next; or time is nearly up, nothing better came in a window as long as the
 * time left, and it is not far below the target; or nothing can be said any more that would be answered, and it is not
 * below the limit.
 */
export function goodEnough(position: Position, next: number): boolean {
  const { received, round, rounds, last_word } = position;
  const theirs = received.at(-1) ?? null;
  if (theirs === null || theirs < 0) return false;
  if (theirs >= next || last_word) return true;
  if (round * 10 < rounds * 9) return false;
  const window = received.slice(0, -1).slice(-Math.max(1, rounds - round));
  return theirs >= Math.max(LEAST, next - SLACK, ...window.map((one) => one ?? 0));
}
