import type { Estimate } from "../arena/bootstrap.ts";
import { MEASURE_NAMES, type MeasureName, type Standing } from "../arena/standings.ts";
import { columns } from "../lab/table.ts";

const HEADS: Readonly<Record<MeasureName, string>> = {
  advantage: "advantage",
  agreement: "agreement",
  partner_utility: "partner",
  welfare: "welfare",
  pareto_distance: "Pareto",
  nash_distance: "Nash",
  rounds: "rounds",
  missed: "missed",
};

/** Standings in at most 100 columns, as long as no name is longer than 20: each mean with half its 95% interval. */
export function arenaTable(standings: readonly Standing[]): string {
  const body = standings.map(({ vendor, measures }) => [
    vendor,
    ...MEASURE_NAMES.map((name) => cell(measures[name], name === "rounds" ? 1 : 3)),
  ]);
  const head = ["strategy", ...MEASURE_NAMES.map((name) => HEADS[name])];
  return columns([head, ...body], ["l", ...MEASURE_NAMES.map(() => "r" as const)]).join("\n");
}

function cell(estimate: Estimate | null, digits: number): string {
  if (!estimate) return "-";
  const { mean, low, high } = estimate;
  // Of a single domain, or where all are alike, there is nothing to draw again.
  if (low === high) return short(mean, digits);
  const half = Math.max(high - mean, mean - low);
  return `${short(mean, digits)}±${short(half, digits === 1 ? 1 : 2)}`;
}

/** Without the nought before the point, which every figure here would have. */
function short(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^(-?)0\./, "$1.");
}
