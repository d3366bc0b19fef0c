import type { Position, Strategy } from "./strategies/strategy.ts";
import { WHOLE } from "./utility.ts";

/** What a strategy does in a round, in the vendor's utilities. */
export interface NextMove {
  /** What its curve aims at. */
  readonly target: number;
  /** What is asked for: never less than they have offered themselves before. */
  readonly next: number;
  /** It asks for just the best they have offered before. */
  readonly closes: boolean;
  /**
   * Whether it takes the proposal on the table rather than make a bid of this worth: `next` where prices move in steps as
   * small as a shop's, more where outcomes lie far apart.
   */
  accepts(bid: number): boolean;
}

/**
 * The decision of a round, the same over a shop's orders and a table's outcomes. The last one asks only for the best that
 * was offered before (UOAgent, ANL 2024), if that holds the limit; what is on the table now is taken or refused.
 */
export function nextMove(strategy: Strategy, position: Position): NextMove {
  const { round, rounds, received } = position;
  const target = strategy.target(position);
  const offered = Math.max(-WHOLE, ...received.slice(0, -1).map((one) => one ?? -WHOLE));
  const closes = strategy.closes && round >= rounds && offered >= 0;
  const next = closes ? offered : Math.max(target, offered);
  return { target, next, closes, accepts: (bid) => strategy.accepts(position, bid) };
}
