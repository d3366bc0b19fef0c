import { byDomain, type Estimate, estimate, paired } from "./bootstrap.ts";
import type { Row } from "./encounter.ts";

/** What a session adds to each measure; null where the session says nothing about it. */
export type Measuring<Name extends string> = Readonly<Record<Name, (row: Row) => number | null>>;

/** What a strategy is judged by. */
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
export interface Standing<Name extends string = MeasureName> {
  readonly vendor: string;
  readonly sessions: number;
  readonly measures: Readonly<Record<Name, Estimate | null>>;
}

/** One for each strategy, the greatest advantage first. */
export function standingsOf(rows: readonly Row[], seed: number): Standing[] {
  return standingsBy(MEASURES, rows, seed);
}

/** The same by measures of one's own, of which advantage is one. */
export function standingsBy<Name extends string>(
  measures: Measuring<Name | "advantage">,
  rows: readonly Row[],
  seed: number,
): Standing<Name | "advantage">[] {
  const vendors = Map.groupBy(rows, ({ vendor }) => vendor);
  const standings = [...vendors].map(([vendor, own]): Standing<Name | "advantage"> => {
    const found = Object.entries<(row: Row) => number | null>(measures).map(([name, value]) => {
      const values = byDomain(own, value);
      return [name, values.size === 0 ? null : estimate(values, seed)];
    });
    return { vendor, sessions: own.length, measures: Object.fromEntries(found) };
  });
  return standings.sort(
    (one, other) => (other.measures.advantage?.mean ?? 0) - (one.measures.advantage?.mean ?? 0),
  );
}

/** How much more advantage one strategy comes to than each other, cell by cell: they MUST have met the same partners. */
export function gainsOf(rows: readonly Row[], vendor: string, seed: number): Record<string, Estimate> {
  const vendors = Map.groupBy(rows, (row) => row.vendor);
  const own = vendors.get(vendor) ?? [];
  const others = [...vendors].filter(([name]) => name !== vendor && own.length > 0);
  return Object.fromEntries(
    others.map(([name, its]) => [
      name,
      estimate(
        paired(own, its, ({ advantage }) => advantage),
        seed,
      ),
    ]),
  );
}
