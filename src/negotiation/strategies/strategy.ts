import type { Limits } from "../../domain/limits.ts";
import { WHOLE } from "../utility.ts";

/** A tenth of the room is kept even in the last round: closing at the limit itself would earn nothing. */
export const LEAST = WHOLE / 10;

/**
 * Where a bargain stands, as the vendor sees it. Utilities are parts per million of its own: 0 at its limit, `WHOLE` at
 * the best it could get.
 */
export interface Position {
  /** Of the reply now made, from 1. */
  readonly round: number;
  readonly rounds: number;
  /** Nothing said after this can still be answered by the counterpart. */
  readonly last_word: boolean;
  readonly objective: Limits["objective"];
  /** What their proposals would be worth, oldest first; the last is the one now answered, null when it names nothing. */
  readonly received: readonly (number | null)[];
  /** What the offers made so far are worth at today's costs, oldest first. */
  readonly sent: readonly number[];
  /** How many different proposals came that name a price or a concession, however low. */
  readonly distinct: number;
  /**
   * Where costs, list prices or limits changed: the round of the last offer made before, and what it is worth now. Null
   * where all that was offered is worth what it was.
   */
  readonly anchor: { readonly round: number; readonly utility: number } | null;
  /** The utilities of all that could be sent in answer, each once, best first. */
  ladder(): readonly number[];
}

/** How a vendor bargains: what to ask for next, and when to settle. One file each. */
export interface Strategy {
  readonly name: string;
  /** For the merchant who picks one, in one line. */
  readonly says: string;
  /**
   * Among offers worth about the same to the vendor: the one the counterpart should like best, or simply the one nearest
   * the target.
   */
  readonly choice: "liked" | "nearest";
  /** Whether the last proposal asks for no more than the counterpart itself has shown it would take. */
  readonly closes: boolean;
  /** The utility aimed at in this round. */
  target(position: Position): number;
  /** Whether to take the proposal on the table; `next` is what would be asked for instead. */
  accepts(position: Position, next: number): boolean;
}
