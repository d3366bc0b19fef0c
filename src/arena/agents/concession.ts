import type { Agent, Turn } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { playerOf } from "./player.ts";

/** min + (max - min)(1 - t^(1/e)): time-dependent tactics without an initial concession (Faratin et al. 1998). */
export function falling(t: number, e: number, least: number, most = WHOLE): number {
  return least + (most - least) * (1 - Math.min(1, t) ** (1 / e));
}

/** A quadratic Bezier curve from p0 to p2, drawn towards p1 (Vahidov, Kersten and Yu 2017), in parts per million. */
export function bezier(t: number, p0: number, p1: number, p2: number): number {
  return WHOLE * ((1 - t) ** 2 * p0 + 2 * t * (1 - t) * p1 + t ** 2 * p2);
}

/** Straight lines between knots of [time, height], which must begin at 0 and end at 1; the last one holds at 1. */
export function knotted(t: number, knots: readonly (readonly [number, number])[]): number {
  const later = knots.findIndex(([at]) => at > t);
  const next = later < 0 ? knots.length - 1 : Math.max(1, later);
  const [[from, low], [to, high]] = [knots[next - 1], knots[next]] as [[number, number], [number, number]];
  return low + ((high - low) * (t - from)) / (to - from);
}

/** An agent that only looks at the clock: it bids what is worth nearest to its target and accepts what is no worse. */
export function timeDependent(
  name: string,
  source: string,
  target: (turn: Turn, reservation: number) => number,
): Agent {
  return {
    name,
    source,
    start: (view) =>
      playerOf(view, (ladder) => ({
        bid: (turn) => ladder.nearest(Math.max(view.reservation, target(turn, view.reservation))),
      })),
  };
}
