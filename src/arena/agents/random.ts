import type { Agent } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { playerOf } from "./player.ts";

export const random: Agent = {
  name: "random",
  source:
    "asks for anything above its reservation, and takes what is no worse than what it was about to ask for",
  start: (view, random) =>
    playerOf(view, (ladder) => ({ bid: () => ladder.drawn(view.reservation, WHOLE, random) })),
};
