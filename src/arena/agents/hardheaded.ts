import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { falling } from "./concession.ts";
import { frequencyModel } from "./frequency.ts";
import { playerOf } from "./player.ts";

/** Nearly the whole session passes before it concedes (e), and never to less than this share of its best (MIN). */
const E = 0.05;
const MIN = 0.585;
/** What differs by no more is the same to it, and the other side's taste decides. */
const SAME = 0.01 * WHOLE;

/**
 * Goes down its ranking bid by bid; at the limit that the clock sets it starts again anywhere above. Of bids that are
 * worth about the same to it, it picks the one that the other side should like best.
 */
export const hardheaded: Agent = {
  name: "hardheaded",
  source: "HardHeaded, winner of ANAC 2011 (van Krimpen, Looije and Hajizadeh 2013)",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      const { utility } = view;
      let place = 0;
      let lowest = Number.POSITIVE_INFINITY;
      return {
        hear: model.hear,
        bid: ({ time }) => {
          const limit = falling(time, E, Math.max(MIN * WHOLE, view.reservation));
          const open = Math.max(1, ladder.count(limit));
          if (place >= open) place = Math.floor(random() * open);
          const most = ladder.utilityAt(place);
          const least = Math.max(limit, most - SAME);
          const next = ladder.liked(least, most, model.worths());
          place = Math.max(place + 1, ladder.count(least));
          lowest = Math.min(lowest, utility[next] as number);
          return next;
        },
        accepts: (outcome) => (utility[outcome] as number) >= lowest,
        believes: model.worths,
      };
    }),
};
