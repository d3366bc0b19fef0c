import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { knotted } from "./concession.ts";
import { playerOf } from "./player.ts";

/** What it takes, as a share of its best: up and down, so that nobody can read it. */
const TAKES = [
  [0, 1],
  [0.25, 0.9],
  [0.375, 0.95],
  [0.5, 0.9],
  [0.6, 0.8],
  [0.7, 1],
  [0.8, 0.7],
  [0.9, 0.8],
  [0.95, 0.5],
  [1, 0.7],
] as const;
const WINDOW = 0.01 * WHOLE;

/** Asks for what its piecewise schedule says, or for the best it has been offered where that is more. */
export const parscat: Agent = {
  name: "parscat",
  source: "ParsCat, ANAC 2016 (Aydogan et al. 2021), after its description",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      let best: number | null = null;
      const worth = (outcome: number) => view.utility[outcome] as number;
      return {
        hear: (outcome) => {
          if (best === null || worth(outcome) > worth(best)) best = outcome;
        },
        bid: ({ time }) => {
          const target = asks(time) * WHOLE;
          const next = ladder.drawn(target - WINDOW, target + WINDOW, random);
          return best !== null && worth(best) > worth(next) ? best : next;
        },
        accepts: (outcome, _, { time }) => worth(outcome) >= knotted(time, TAKES) * WHOLE,
      };
    }),
};

function asks(t: number): number {
  if (t < 0.5) return 1 - t / 4;
  if (t < 0.8) return 0.9 - t / 5;
  if (t < 0.9) return 0.7 + t / 5;
  if (t < 0.95) return 0.8 + t / 5;
  return 0.99 - t / 4;
}
