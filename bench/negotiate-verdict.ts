import { byDomain, type Estimate, estimate, paired } from "../src/arena/bootstrap.ts";
import type { Row } from "../src/arena/tournament.ts";
import { BARRED } from "./negotiate-play.ts";
import { BOOTSTRAP_SEED, brief, type Line } from "./negotiate-table.ts";
import { rounded } from "./statistics.ts";

export const BARS = {
  agreement_10: 0.95,
  gain_over_boulware_low: 0,
  pareto_distance_10: 0.02,
  r3: 0.72,
  missed_deals: 0.02,
} as const;

/** A domain and a partner where one vendor earns less than another against that very partner, and how much less. */
export type Loss = readonly [domain: string, partner: string, difference: number];

/** One vendor beside another against the same partners, on the same domains, sides and seeds. */
export interface Comparison {
  readonly gain: Estimate;
  readonly partner_gain: Estimate;
  readonly cells: number;
  /** The worst first. */
  readonly losses: readonly Loss[];
}

export function compare(rows: readonly Row[], vendor: string, other: string): Comparison {
  const of = (name: string) => rows.filter((row) => row.vendor === name);
  const cells = [...new Set(rows.map((row) => `${row.family}\n${row.partner}`))].map((cell): Loss => {
    const [domain = "", partner = ""] = cell.split("\n");
    const met = (name: string) => of(name).filter((row) => row.family === domain && row.partner === partner);
    const values = [...paired(met(vendor), met(other), (row) => row.utility).values()].flat();
    return [domain, partner, rounded(values.reduce((sum, value) => sum + value, 0) / values.length, 4)];
  });
  return {
    gain: gainOver(rows, vendor, other, (row) => row.utility),
    partner_gain: gainOver(rows, vendor, other, (row) => row.partner_utility),
    cells: cells.length,
    losses: cells.filter(([, , gain]) => gain < 0).sort((a, b) => a[2] - b[2]),
  };
}

/** How much more of `value` one vendor comes to than another, cell by cell, with the interval over domains drawn again. */
export function gainOver(
  rows: readonly Row[],
  vendor: string,
  other: string,
  value: (row: Row) => number,
): Estimate {
  const of = (name: string) => rows.filter((row) => row.vendor === name);
  return brief(estimate(paired(of(vendor), of(other), value), BOOTSTRAP_SEED));
}

/** Whoever else has the best mean advantage, and how far ahead of it the vendor is: no bar, since the bar is the mean. */
export interface Ahead {
  readonly runner_up: string;
  readonly advantage: Estimate;
}

export function aheadOf(rows: readonly Row[], lines: readonly Line[], vendor: string): Ahead | null {
  const runner_up = lines.find((line) => line.vendor !== vendor)?.vendor;
  if (runner_up === undefined) return null;
  return { runner_up, advantage: gainOver(rows, vendor, runner_up, (row) => row.advantage) };
}

/** Share of sessions that ended without the deal both could have had, by partner. */
export function missedBy(rows: readonly Row[], vendor: string): Record<string, number> {
  const own = rows.filter((row) => row.vendor === vendor);
  const partners = [...new Set(own.map((row) => row.partner))];
  return Object.fromEntries(
    partners.map((partner) => {
      const met = own.filter((row) => row.partner === partner);
      return [partner, rounded(met.filter((row) => row.missed).length / met.length, 4)];
    }),
  );
}

/** Of the sessions in which some outcome was worth having to both, the share that ended without one. */
export function missedOf(rows: readonly Row[], vendor: string): Estimate {
  const feasible = rows.filter((row) => row.vendor === vendor && (row.missed || row.agreed));
  return brief(
    estimate(
      byDomain(feasible, (row) => (row.missed ? 1 : 0)),
      BOOTSTRAP_SEED,
    ),
  );
}

export interface Judged {
  readonly value: number | string;
  readonly bar: string;
  readonly held: boolean;
}

export interface Evidence {
  /** The lines of the main table, by rounds. */
  readonly lines: ReadonlyMap<number, readonly Line[]>;
  readonly against: ReadonlyMap<number, Comparison>;
  readonly missed: Estimate;
  readonly vendor: string;
  readonly replayed: number;
  readonly identical: number;
}

/** Every bar of the rounds that were played, with what was measured. */
export function judge({
  lines,
  against,
  missed,
  vendor,
  replayed,
  identical,
}: Evidence): Record<string, Judged> {
  const own = (rounds: number) => lines.get(rounds)?.find((line) => line.vendor === vendor);
  const judged: Record<string, Judged> = {};
  const bar = (name: string, value: number | undefined, sign: ">=" | ">" | "<=", limit: number) => {
    const measured = value ?? Number.NaN;
    const held = sign === ">=" ? measured >= limit : sign === ">" ? measured > limit : measured <= limit;
    judged[name] = { value: measured, bar: `${sign} ${limit}`, held };
  };
  for (const rounds of BARRED.filter((each) => lines.has(each))) {
    const best = lines.get(rounds)?.find((line) => line.vendor !== vendor);
    bar(`advantage_${rounds}`, own(rounds)?.advantage?.mean, ">", best?.advantage?.mean ?? Number.NaN);
    bar(`gain_over_boulware_low_${rounds}`, against.get(rounds)?.gain.low, ">", BARS.gain_over_boulware_low);
    bar(`partner_gain_over_boulware_${rounds}`, against.get(rounds)?.partner_gain.mean, ">=", 0);
  }
  if (lines.has(10)) {
    bar("agreement_10", own(10)?.agreement?.mean, ">=", BARS.agreement_10);
    bar("pareto_distance_10", own(10)?.pareto_distance?.mean, "<=", BARS.pareto_distance_10);
    bar("r3", own(10)?.r3?.mean, ">=", BARS.r3);
  }
  bar("missed_deals", missed.mean, "<=", BARS.missed_deals);
  bar("replays_identical", identical, ">=", replayed);
  return judged;
}
