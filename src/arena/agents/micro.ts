import type { Agent } from "../agent.ts";
import { playerOf } from "./player.ts";

/**
 * Concedes one outcome at a time, in the order of its own ranking, and only while the other side has shown no fewer
 * different proposals; otherwise it repeats one of its own.
 */
export const micro: Agent = {
  name: "micro",
  source:
    "de Jonge 2022, An Analysis of the Linear Bilateral ANAC Domains Using the MiCRO Benchmark Strategy",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const received = new Set<number>();
      let sent = 0;
      return {
        hear: (outcome) => received.add(outcome),
        bid: () => {
          if (sent <= received.size && sent < ladder.size) return ladder.outcomeAt(sent++);
          return ladder.outcomeAt(Math.floor(random() * sent));
        },
        // The worst of what it has offered, what it would newly offer now included.
        accepts: (outcome) => (view.utility[outcome] as number) >= ladder.utilityAt(sent - 1),
      };
    }),
};
