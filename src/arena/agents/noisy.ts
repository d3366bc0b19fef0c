import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { falling } from "./concession.ts";
import { playerOf } from "./player.ts";

/** How far its bids and its judgement stray, and how often it asks for something else altogether. */
const STRAYS = 0.15 * WHOLE;
const SLIPS = 0.05;

/** Never below its reservation: it misjudges what is worth much, not what is worth nothing. */
export const noisy: Agent = {
  name: "noisy",
  source: "concedes evenly, but bids and judges up to 15 points off, and asks at random now and then",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const strayed = (target: number) =>
        Math.max(view.reservation, Math.min(WHOLE, target + STRAYS * (2 * random() - 1)));
      return {
        bid: ({ time }) => {
          if (random() < SLIPS) return ladder.drawn(view.reservation, WHOLE, random);
          return ladder.nearest(strayed(falling(time, 1, view.reservation)));
        },
        accepts: (outcome, _, { time }) =>
          (view.utility[outcome] as number) >= strayed(falling(time, 1, view.reservation)),
      };
    }),
};
