import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { playerOf } from "./player.ts";

/** The demands it has, and the share of its room that it gives up in its last two turns. */
const DEMANDS = 3;
const GIVES = [0.4, 0.8] as const;

export const stubborn: Agent = {
  name: "stubborn",
  source: "repeats its three dearest wishes, and gives way only in its last two turns",
  start: (view, random) =>
    playerOf(view, (ladder) => ({
      bid: ({ step, steps }) => {
        const given = GIVES[GIVES.length - (steps - step)];
        if (given !== undefined) return ladder.nearest(WHOLE - given * (WHOLE - view.reservation));
        return ladder.outcomeAt(Math.floor(random() * Math.min(DEMANDS, ladder.size)));
      },
    })),
};
