import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { playerOf } from "./player.ts";

/** How the target falls with time, and how likely a fair offer must be to be taken. */
const POWER = 3;
const ENOUGH = 0.1;

/**
 * Estimates from mean and spread of what it has been offered how much it may get at most, and compromises towards that.
 * It accepts when the offer is good beside both the estimate and the target, the more easily the later it is.
 */
export const agentk: Agent = {
  name: "agentk",
  source:
    "Agent K, winner of ANAC 2010 (Kawaguchi, Fujita and Ito 2012): compromise to the estimated maximum utility",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      let [count, sum, squares] = [0, 0, 0];
      const estimate = () => {
        if (count === 0) return 1;
        const mean = sum / count;
        const deviation = Math.sqrt(Math.max(0, squares / count - mean ** 2));
        const spread = mean > 0 && mean < 1 ? Math.sqrt(3 / (mean * (1 - mean))) * deviation : 0;
        return Math.min(1, mean + (1 - mean) * spread);
      };
      const target = (t: number) => 1 - (1 - estimate()) * t ** POWER;
      return {
        hear: (outcome) => {
          const worth = (view.utility[outcome] as number) / WHOLE;
          count += 1;
          sum += worth;
          squares += worth ** 2;
        },
        bid: ({ time }) => ladder.drawn(target(time) * WHOLE, WHOLE, random),
        accepts: (outcome, _, { time }) => {
          const worth = (view.utility[outcome] as number) / WHOLE;
          return time ** 5 / 5 + (worth - estimate()) + (worth - target(time)) > ENOUGH;
        },
      };
    }),
};
