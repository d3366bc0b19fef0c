import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { playerOf } from "./player.ts";

/** Between what it bids at a time, as shares of its best: [from, to]. One of them is drawn for each session. */
const PATTERNS: readonly ((t: number) => readonly [number, number])[] = [
  (t) => [1 - 0.1 * t - 0.1 * Math.abs(Math.sin(40 * t)), 1 - 0.1 * t],
  (t) => [1 - 0.22 * t, 1],
  (t) => [1 - 0.1 * t - 0.15 * Math.abs(Math.sin(20 * t)), 1 - 0.1 * t],
  (t) => [t > 0.99 ? 1 - 0.3 * t : 1 - 0.1 * t, 1 - 0.05 * t],
  (t) => [1 - 0.21 * t * Math.abs(Math.sin(20 * t)), 1 - 0.15 * t * Math.abs(Math.sin(20 * t))],
];

/** Hard to read: bids anywhere within a moving band and accepts whatever lies above its lower edge. */
export const ponpoko: Agent = {
  name: "ponpoko",
  source:
    "PonPokoAgent, winner of ANAC 2017 (Matsune; Aydogan et al. 2021), from its description: five random patterns",
  start: (view, random) =>
    playerOf(view, (ladder) => {
      const pattern = PATTERNS[Math.floor(random() * PATTERNS.length)] as (typeof PATTERNS)[number];
      return {
        bid: ({ time }) => {
          const [low, high] = pattern(time);
          return ladder.drawn(low * WHOLE, high * WHOLE, random);
        },
        accepts: (outcome, _, { time }) => (view.utility[outcome] as number) > pattern(time)[0] * WHOLE,
      };
    }),
};
