import type { Tally } from "../../domain/lookup.ts";

/** Entries by the number a store has for them, best first. */
export interface Hits {
  readonly entries: readonly number[];
  /** Nothing met every condition: these are the nearest that do not. */
  readonly relaxed?: boolean;
  readonly tally?: Tally;
  /** Time was up: the best of what was seen. */
  readonly partial?: boolean;
}
