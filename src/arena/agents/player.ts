import type { Play, Player, Turn, View } from "../agent.ts";
import { type Ladder, ladderOf } from "./ladder.ts";

/**
 * A player in three parts: how it bids, what it thinks of the other side, when it accepts (the BOA framework; Baarslag,
 * Hindriks, Hendrikx, Dirkzwager and Jonker 2014). In each turn they are called in the order they stand here.
 */
export interface Parts {
  /** Takes in what the other side proposed. */
  hear?(outcome: number, turn: Turn): void;
  /** What to propose next; null to leave. It is made up before the answer: most accept what is no worse. */
  bid(turn: Turn): number | null;
  /** Never asked about less than the reservation. Without it: AC_next, whatever is worth no less than the next bid. */
  accepts?(outcome: number, next: number | null, turn: Turn): boolean;
  believes?(): ArrayLike<number>;
}

export function playerOf(view: View, make: (ladder: Ladder) => Parts): Player {
  const { utility, reservation } = view;
  const parts = make(ladderOf(view));
  const play = (turn: Turn): Play => {
    const offer = bestOf(utility, turn.heard);
    if (offer !== null) parts.hear?.(offer, turn);
    const next = parts.bid(turn);
    const worth = offer === null ? Number.NEGATIVE_INFINITY : (utility[offer] as number);
    if (offer !== null && worth >= reservation) {
      const accepts = parts.accepts
        ? parts.accepts(offer, next, turn)
        : next !== null && worth >= (utility[next] as number);
      if (accepts) return { does: "accept", outcome: offer };
    }
    return next === null ? { does: "leave" } : { does: "propose", outcomes: [next] };
  };
  return parts.believes ? Object.assign(play, { believes: () => parts.believes?.() ?? [] }) : play;
}

/** Of several outcomes the one worth most, the first of those worth the same; null of none. */
export function bestOf(utility: Int32Array, heard: readonly number[]): number | null {
  let best: number | null = null;
  for (const outcome of heard)
    if (best === null || (utility[outcome] as number) > (utility[best] as number)) best = outcome;
  return best;
}
