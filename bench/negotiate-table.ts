import type { Estimate } from "../src/arena/bootstrap.ts";
import { MEASURES, standingsBy } from "../src/arena/standings.ts";
import type { Row } from "../src/arena/tournament.ts";
import { rounded } from "./statistics.ts";

export const BOOTSTRAP_SEED = 2026;

/** The columns of every table, and what each takes of a session. */
const { advantage, agreement, ...others } = MEASURES;
const COLUMNS = {
  ...{ advantage, agreement },
  utility: (row: Row) => row.utility,
  ...others,
  r3: (row: Row) => row.r3,
} as const;

export type Column = keyof typeof COLUMNS;

/** What one vendor came to: each column's mean over domains and its interval. Null where nothing was measured. */
export type Line = Readonly<Record<Column, Estimate | null>> & { readonly vendor: string };

/** One line a vendor, the best advantage first. */
export function tableOf(rows: readonly Row[]): Line[] {
  return standingsBy<Column>(COLUMNS, rows, BOOTSTRAP_SEED).map(({ vendor, measures }) => {
    const columns = Object.entries(measures).map(([column, found]) => [column, found && brief(found)]);
    return { vendor, ...Object.fromEntries(columns) };
  });
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
