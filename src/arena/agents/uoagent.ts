import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { frequencyModel } from "./frequency.ts";
import { playerOf } from "./player.ts";

/** What it aims at last, as a share of its best, and when it makes its last proposals instead. */
const AIM = 0.85;
const LATE = 0.975;

/**
 * Concedes little, and at the very end asks for the most that still gives the other side no less than the least it has
 * ever asked for itself. In its league the other side's utilities were known; here a frequency model stands for them.
 */
export const uoagent: Agent = {
  name: "uoagent",
  source:
    "UOAgent, second in the Automated Negotiation League 2024; with a frequency model for known utilities",
  start: (view) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      const asked = new Set<number>();
      const aim = Math.max(view.reservation, AIM * WHOLE);
      return {
        hear: (outcome) => {
          model.hear(outcome);
          asked.add(outcome);
        },
        bid: ({ time }) => {
          const worths = model.worths();
          if (time <= LATE || asked.size === 0)
            return ladder.liked(WHOLE - (WHOLE - aim) * time ** 5, WHOLE, worths);
          const enough = Math.min(...[...asked].map((each) => worths[each] as number));
          for (let rank = 0; rank < ladder.size; rank++) {
            const outcome = ladder.outcomeAt(rank);
            if ((worths[outcome] as number) >= enough) return outcome;
          }
          return ladder.liked(view.reservation, WHOLE, worths);
        },
        accepts: (outcome, _, { time }) =>
          (view.utility[outcome] as number) > WHOLE - (WHOLE - view.reservation) * time ** 50,
        believes: model.worths,
      };
    }),
};
