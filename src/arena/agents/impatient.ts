import type { Agent } from "../agent.ts";
import { falling } from "./concession.ts";
import { playerOf } from "./player.ts";

/** Turns it stays at least and at most, and turns without a better offer that it puts up with. */
const STAYS = [3, 6] as const;
const WAITS = 2;

export const impatient: Agent = {
  name: "impatient",
  source: "concedes quickly, and leaves after three to six turns, or two that brought no better offer",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const patience = STAYS[0] + Math.floor(random() * (STAYS[1] - STAYS[0] + 1));
      let [best, waited] = [Number.NEGATIVE_INFINITY, 0];
      const target = (step: number) => falling(step / patience, 1, view.reservation);
      return {
        hear: (outcome) => {
          const worth = view.utility[outcome] as number;
          waited = worth > best ? 0 : waited + 1;
          best = Math.max(best, worth);
        },
        bid: ({ step }) => (step >= patience || waited >= WAITS ? null : ladder.nearest(target(step))),
        accepts: (outcome, _, { step }) => (view.utility[outcome] as number) >= target(step),
      };
    }),
};
