import { byDomain, type Estimate, estimate } from "../src/arena/bootstrap.ts";
import type { Row } from "../src/arena/tournament.ts";
import { rounded } from "./statistics.ts";

/** The columns of every table, and what each takes of a session; null where a session says nothing about it. */
export const COLUMNS = {
  advantage: (row: Row) => row.advantage,
  agreement: (row: Row) => (row.agreed ? 1 : 0),
  utility: (row: Row) => row.utility,
  partner_utility: (row: Row) => row.partner_utility,
  welfare: (row: Row) => row.welfare,
  pareto_distance: (row: Row) => row.pareto_distance,
  nash_distance: (row: Row) => row.nash_distance,
  rounds: (row: Row) => row.used,
  missed: (row: Row) => (row.missed ? 1 : 0),
  r3: (row: Row) => row.r3,
} as const;

export type Column = keyof typeof COLUMNS;

/** What one vendor came to: each column's mean over domains and its interval. Null where nothing was measured. */
export type Line = Readonly<Record<Column, Estimate | null>> & { readonly vendor: string };

/** One line a vendor, the best advantage first. */
export function linesOf(rows: readonly Row[], seed: number): Line[] {
  const vendors = [...new Set(rows.map((row) => row.vendor))];
  const lines = vendors.map((vendor) =>
    lineOf(
      vendor,
      rows.filter((row) => row.vendor === vendor),
      seed,
    ),
  );
  return lines.sort((one, other) => (other.advantage?.mean ?? 0) - (one.advantage?.mean ?? 0));
}

function lineOf(vendor: string, rows: readonly Row[], seed: number): Line {
  const columns = Object.entries(COLUMNS).map(([column, value]) => {
    const values = byDomain(rows, value);
    return [column, values.size === 0 ? null : brief(estimate(values, seed))];
  });
  return { vendor, ...Object.fromEntries(columns) };
}

export function brief({ mean, low, high }: Estimate): Estimate {
  return { mean: rounded(mean, 4), low: rounded(low, 4), high: rounded(high, 4) };
}

/** Means, with the interval of the advantage. */
export function print(title: string, lines: readonly Line[]): void {
  const heads = ["vendor", "advantage", "[95%]", ...Object.keys(COLUMNS).slice(1)];
  const body = lines.map((line) => {
    const cells = Object.keys(COLUMNS).map((column) => figure(line[column as Column]?.mean));
    const { advantage } = line;
    const interval = advantage ? `${figure(advantage.low)}-${figure(advantage.high)}` : "-";
    return [line.vendor, cells[0] as string, interval, ...cells.slice(1)];
  });
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...body.map((cells) => (cells[i] ?? "").length)),
  );
  const text = [heads, ...body].map((cells) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  "),
  );
  process.stdout.write(`\n${title}\n${text.join("\n")}\n`);
}

function figure(value: number | undefined): string {
  return value === undefined ? "-" : value.toFixed(3);
}
