import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { frequencyModel } from "./frequency.ts";
import { nashWorth } from "./nash-point.ts";
import { playerOf } from "./player.ts";

/** Share of the way that is left to the Nash point given for nothing; from LATE on more of it with every moment. */
const BONUS = 0.1;
const LATE = 0.91;
const HASTE = 20;
/** From here on it compares an offer with what the time left may still bring. */
const LAST = 0.98;
const BAND = 0.05 * WHOLE;

/**
 * Comes as far towards the Nash point, in its own utility, as the other side has come towards it, and a little further so
 * as to be nice. Where the Nash point lies it reads off a model; the published one is Bayesian, this one counts.
 */
export const niceTitForTat: Agent = {
  name: "nice-tit-for-tat",
  source:
    "Nice Tit for Tat, ANAC 2011 (Baarslag, Hindriks and Jonker 2013); with a frequency model for a Bayesian one",
  start: (view) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      const received: number[] = [];
      let [least, most] = [WHOLE, 0];
      return {
        hear: (outcome) => {
          model.hear(outcome);
          const worth = view.utility[outcome] as number;
          received.push(worth);
          [least, most] = [Math.min(least, worth), Math.max(most, worth)];
        },
        bid: ({ time }) => {
          if (received.length === 0) return ladder.outcomeAt(0);
          const fair = nashWorth(ladder, model.worths());
          const come = fair > least ? Math.min(1, (most - least) / (fair - least)) : 1;
          const mirrored = WHOLE - come * (WHOLE - fair);
          const bonus = Math.min(1, BONUS + HASTE * Math.max(0, time - LATE));
          const target = mirrored - bonus * Math.max(0, mirrored - fair);
          // To ask for less than has been offered would be a gift.
          const wanted = Math.max(target, most);
          return ladder.liked(wanted, wanted + BAND, model.worths());
        },
        accepts: (outcome, next, { time, step, steps }) => {
          const worth = view.utility[outcome] as number;
          if (worth >= (view.utility[next as number] as number)) return true;
          return time >= LAST && worth >= Math.max(...received.slice(-(steps - step)));
        },
        believes: model.worths,
      };
    }),
};
