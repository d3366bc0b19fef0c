import type { View } from "./agent.ts";
import { distance, type Frontier } from "./frontier.ts";
import type { Session } from "./match.ts";
import { type SideNumber, WHOLE } from "./scenario.ts";
import type { Space } from "./view.ts";

/** What one session came to, seen from one side. Utilities are fractions of a side's best outcome. */
export interface Measures {
  readonly agreed: boolean;
  /** Own utility; without an agreement the reservation. */
  readonly utility: number;
  /** (utility - reservation) / (1 - reservation): 0 without an agreement. */
  readonly advantage: number;
  readonly partner_utility: number;
  readonly partner_advantage: number;
  /** Both utilities together. */
  readonly welfare: number;
  /** From the agreed outcome to the nearest Pareto-optimal one; null without an agreement. */
  readonly pareto_distance: number | null;
  /** From the agreed outcome to the Nash point; null without an agreement or where no deal is feasible. */
  readonly nash_distance: number | null;
  /** Rounds begun. */
  readonly used: number;
  /** No agreement although some outcome was worth having to both. */
  readonly missed: boolean;
}

export function measure(space: Space, frontier: Frontier, session: Session, side: SideNumber): Measures {
  const { outcome } = session;
  const own = gained(space.views[side], outcome);
  const other = gained(space.views[side === 0 ? 1 : 0], outcome);
  return {
    agreed: outcome !== null,
    utility: own.utility,
    advantage: own.advantage,
    partner_utility: other.utility,
    partner_advantage: other.advantage,
    welfare: own.utility + other.utility,
    pareto_distance: outcome === null ? null : nearest(space, frontier.pareto, outcome),
    nash_distance:
      outcome === null || frontier.nash === null ? null : distance(space, outcome, frontier.nash),
    used: Math.ceil(session.plays.length / 2),
    missed: outcome === null && frontier.rational,
  };
}

function gained(view: View, outcome: number | null): { utility: number; advantage: number } {
  const utility = outcome === null ? view.reservation : (view.utility[outcome] as number);
  return {
    utility: utility / WHOLE,
    advantage: (utility - view.reservation) / (WHOLE - view.reservation),
  };
}

function nearest(space: Space, pareto: Int32Array, outcome: number): number {
  return pareto.reduce(
    (least, each) => Math.min(least, distance(space, outcome, each)),
    Number.POSITIVE_INFINITY,
  );
}

/** Pearson's r; 0 where one of the two is the same everywhere, since then nothing is known. */
export function correlation(some: ArrayLike<number>, others: ArrayLike<number>): number {
  const count = some.length;
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    x += some[i] as number;
    y += others[i] as number;
  }
  x /= count;
  y /= count;
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [a, b] = [(some[i] as number) - x, (others[i] as number) - y];
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const both = Math.sqrt(xx * yy);
  return both > 0 ? xy / both : 0;
}
