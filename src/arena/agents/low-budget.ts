import type { Agent } from "../agent.ts";
import { falling } from "./concession.ts";
import { playerOf } from "./player.ts";

/** The share of all outcomes that it can afford. */
const AFFORDS = 0.05;

/** Its limit is its own: measures go by the scenario's reservation, so that some of the deals it misses were out of reach. */
export const lowBudget: Agent = {
  name: "low-budget",
  source: "can afford one outcome in twenty, and concedes evenly down to that",
  start: (view) =>
    playerOf(view, (ladder) => {
      const afforded = Math.max(1, Math.floor(AFFORDS * view.outcomes));
      const limit = Math.max(view.reservation, ladder.utilityAt(Math.min(ladder.size, afforded) - 1));
      const target = (time: number) => falling(time, 1, limit);
      return {
        bid: ({ time }) => ladder.nearest(Math.max(limit, target(time))),
        accepts: (outcome, _, { step, steps, time }) =>
          (view.utility[outcome] as number) >= (step === steps - 1 ? limit : target(time)),
      };
    }),
};
