import type { Report } from "../arena/simulate-report.ts";
import { type Cells, sections, totals } from "../arena/simulate-tables.ts";
import { verdictOf } from "../arena/simulate-verdict.ts";
import { columns } from "../lab/table.ts";

/** A trial for a terminal. */
export function table(report: Report): string {
  const { vendor, policy, against, visitors, currency, seed } = report;
  const over = against === null ? "" : ` against ${against}`;
  return [
    `${vendor}: policy ${policy}${over}, ${visitors} simulated visitors, ${currency}, seed ${seed}`,
    "SECRET: floors and margins, for the vendor's own eyes.",
    "",
    ...verdictOf(report).map((line) => `  ${line}`),
    ...[totals(report), ...sections(report)].flatMap((cells) => ["", ...lines(cells)]),
    "",
    `${report.replayed.identical} of ${report.replayed.sessions} sessions came out byte-identical when decided again.`,
    "",
  ].join("\n");
}

/** Names to the left, figures to the right; a table without rows says so. */
function lines({ head, rows }: Cells): string[] {
  const align = head.map((_, i) => (i === 0 ? ("l" as const) : ("r" as const)));
  const shown = rows.length === 0 ? [[`${head[0]}: none`]] : columns([head, ...rows], align);
  return shown.map((line) => `  ${line}`);
}
