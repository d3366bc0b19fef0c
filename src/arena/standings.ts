import { byDomain, type Estimate, estimate } from "./bootstrap.ts";
import type { Row } from "./encounter.ts";

/** What a strategy is judged by, and what a session adds to it; null where the session says nothing about it. */
export const MEASURES = {
  advantage: (row: Row) => row.advantage,
  agreement: (row: Row) => (row.agreed ? 1 : 0),
  partner_utility: (row: Row) => row.partner_utility,
  welfare: (row: Row) => row.welfare,
  pareto_distance: (row: Row) => row.pareto_distance,
  nash_distance: (row: Row) => row.nash_distance,
  rounds: (row: Row) => row.used,
  missed: (row: Row) => (row.missed ? 1 : 0),
} as const;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

/** What one strategy came to: means over domains with their intervals, null where nothing was measured. */
export interface Standing {
  readonly vendor: string;
  readonly sessions: number;
  readonly measures: Readonly<Record<MeasureName, Estimate | null>>;
}

/** One for each strategy, the greatest advantage first. */
export function standingsOf(rows: readonly Row[], seed: number): Standing[] {
  const vendors = Map.groupBy(rows, ({ vendor }) => vendor);
  const standings = [...vendors].map(([vendor, own]): Standing => {
    const measures = Object.entries(MEASURES).map(([name, value]) => {
      const values = byDomain(own, value);
      return [name, values.size === 0 ? null : estimate(values, seed)];
    });
    return { vendor, sessions: own.length, measures: Object.fromEntries(measures) };
  });
  return standings.sort(
    (one, other) => (other.measures.advantage?.mean ?? 0) - (one.measures.advantage?.mean ?? 0),
  );
}
