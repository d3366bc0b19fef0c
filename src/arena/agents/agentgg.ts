import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { knotted } from "./concession.ts";
import { frequencyModel } from "./frequency.ts";
import { nashWorth } from "./nash-point.ts";
import { playerOf } from "./player.ts";

/** How far down to the estimated Nash point the lower and the upper edge of its bids have come, by time. */
const LOW = [
  [0, 0],
  [0.02, 0.01],
  [0.2, 0.25],
  [0.5, 0.5],
  [0.9, 0.8],
  [0.98, 1],
  [1, 1.2],
] as const;
const HIGH = [
  [0, 0],
  [0.2, 0],
  [0.5, 0.25],
  [0.9, 0.5],
  [1, 0.8],
] as const;
/** Until here it bids at random within the edges, and learns; from LATE on it takes this much above its reservation. */
const LEARNING = 0.2;
const LATE = 0.9989;
const RELIEF = 0.2 * WHOLE;

/**
 * Moves its band of bids from its best towards the estimated Nash point and picks in it what should matter most to the
 * other side. The knots of the two edges are ours: what is published names the phases, not the heights.
 */
export const agentgg: Agent = {
  name: "agentgg",
  source: "AgentGG, winner of ANAC 2019 (Xu; Aydogan et al. 2020), after its description",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      const { utility } = view;
      let edge = WHOLE;
      return {
        hear: model.hear,
        bid: ({ time }) => {
          const way = WHOLE - nashWorth(ladder, model.worths());
          edge = Math.max(view.reservation, WHOLE - way * knotted(time, LOW));
          const top = WHOLE - way * knotted(time, HIGH);
          if (time < LEARNING) return ladder.drawn(edge, top, random);
          return ladder.liked(edge, top, model.worths());
        },
        accepts: (outcome, _, { time }) => {
          const worth = utility[outcome] as number;
          return worth >= edge || (time >= LATE && worth >= view.reservation + RELIEF);
        },
        believes: model.worths,
      };
    }),
};
