import type { Agent, Turn } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { frequencyModel } from "./frequency.ts";
import { playerOf } from "./player.ts";

/** It never asks for or takes less, as a share of its best. */
const LEAST = 0.7;
/** Its middle game lies between this many turns and this time; there a hard partner is met by up to HARD more. */
const TURNS = 10;
const LATE = 0.9;
const HARD = 0.1;

/**
 * Bids at random above a threshold and takes what lies above it. In the middle game the threshold rises with what the
 * other side's last proposal should be worth to itself; by how much is ours, the description does not say.
 */
export const yxagent: Agent = {
  name: "yxagent",
  source: "YXAgent, second in ANAC 2016 (Aydogan et al. 2021), after its description",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const model = frequencyModel(view);
      let last: number | null = null;
      const threshold = ({ step, time }: Turn) => {
        const middle = step >= TURNS && time < LATE && last !== null;
        const hardness = middle ? (model.worths()[last as number] as number) : 0;
        return Math.max(view.reservation, WHOLE * (LEAST + HARD * hardness));
      };
      return {
        hear: (outcome) => {
          model.hear(outcome);
          last = outcome;
        },
        bid: (turn) => ladder.drawn(threshold(turn), WHOLE, random),
        accepts: (outcome, _, turn) => (view.utility[outcome] as number) >= threshold(turn),
        believes: model.worths,
      };
    }),
};
