import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { bezier } from "./concession.ts";
import { frequencyModel } from "./frequency.ts";
import { playerOf } from "./player.ts";

/** How much the latest moves of the other side count, oldest first, when one, two, three or more of them are known. */
const WINDOWS = [[1], [0.25, 0.75], [0.11, 0.22, 0.66], [0.05, 0.15, 0.3, 0.5]] as const;
/** Share of the other side's moves that is answered; it doubles towards the end. */
const EMPATHY = 0.5;
const BAND = 0.05 * WHOLE;

/**
 * Answers moves in kind at first and follows the clock at last: (1 - t^2) behaviour + t^2 time. The published agent bids
 * what is nearest its target; this one takes of what lies just above it the bid that the other side should like best.
 */
export const hybrid: Agent = {
  name: "hybrid",
  source:
    "Hybrid agent (Keskin, Cakan and Aydogan 2021), as in NegoLog; with a frequency model in the choice of bids",
  start: (view) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      const received: number[] = [];
      let last = WHOLE;
      return {
        hear: (outcome) => {
          model.hear(outcome);
          received.push(view.utility[outcome] as number);
        },
        bid: ({ time }) => {
          const clock = bezier(time, 1, 0.75, 0.55);
          let target = clock;
          const moves = Math.min(received.length - 1, WINDOWS.length);
          if (moves >= 2) {
            const gained = (WINDOWS[moves - 1] as readonly number[]).reduce((sum, weight, i) => {
              const at = received.length - moves + i;
              return sum + weight * ((received[at] as number) - (received[at - 1] as number));
            }, 0);
            const kind = last - EMPATHY * (1 + time) * gained;
            target = (1 - time ** 2) * kind + time ** 2 * clock;
          }
          target = Math.max(view.reservation, Math.min(WHOLE, target));
          const next = ladder.liked(target, target + BAND, model.worths());
          last = view.utility[next] as number;
          return next;
        },
        believes: model.worths,
      };
    }),
};
