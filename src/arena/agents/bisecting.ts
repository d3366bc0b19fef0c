import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { playerOf } from "./player.ts";

/** The gap that it does not haggle over any more. */
const CLOSE = 0.02 * WHOLE;

/**
 * Looks for the most that the other side would give. What it has been offered can be had, what was turned down cannot: it
 * asks half way between the two, and settles when they have met or time is up.
 */
export const bisecting: Agent = {
  name: "bisecting",
  source: "probes for the other side's limit by halving",
  start: (view) =>
    playerOf(view, (ladder) => {
      let [offered, refused] = [view.reservation, WHOLE];
      return {
        hear: (outcome) => {
          offered = Math.max(offered, view.utility[outcome] as number);
          refused = Math.max(refused, offered);
        },
        bid: ({ step }) => {
          const asked = step === 0 ? WHOLE : (offered + refused) / 2;
          refused = asked;
          return ladder.nearest(asked);
        },
        accepts: (outcome, next, { step, steps }) => {
          const worth = view.utility[outcome] as number;
          if (step === steps - 1) return true;
          return (
            worth >= (view.utility[next as number] as number) ||
            (worth >= offered && refused - worth <= CLOSE)
          );
        },
      };
    }),
};
