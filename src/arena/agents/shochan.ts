import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { falling } from "./concession.ts";
import { frequencyModel } from "./frequency.ts";
import { playerOf } from "./player.ts";

/** t to this power: it holds out nearly to the end. */
const POWER = 17.5;
/** It never agrees to less than this above its reservation. */
const MARGIN = 0.1 * WHOLE;

/**
 * Proposes only what no other outcome beats for both, holds out, and makes one decisive proposal in its last turn: the
 * best for the other side that leaves it its margin, or as much as it has been offered. In its league the other side's
 * utilities were known; here a frequency model stands for them.
 */
export const shochan: Agent = {
  name: "shochan",
  source:
    "Shochan, winner of the Automated Negotiation League 2024; with a frequency model for known utilities",
  start: (view) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      const least = Math.min(WHOLE, view.reservation + MARGIN);
      let offered = least;
      return {
        hear: (outcome) => {
          model.hear(outcome);
          offered = Math.max(offered, view.utility[outcome] as number);
        },
        bid: ({ time, step, steps }) => {
          const target = step === steps - 1 ? offered : falling(time, 1 / POWER, least);
          return ladder.liked(Math.max(target, least), WHOLE, model.worths());
        },
        accepts: (outcome, next) => {
          const worth = view.utility[outcome] as number;
          return worth >= least && worth >= (view.utility[next as number] as number);
        },
        believes: model.worths,
      };
    }),
};
