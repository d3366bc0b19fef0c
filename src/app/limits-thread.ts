import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simulated } from "../arena/simulate.ts";
import { reportOf } from "../arena/simulate-report.ts";
import { Fault } from "../domain/fault.ts";
import {
  type FileProblem,
  type LimitsPreview,
  type LimitsTrial,
  SimulatedReport,
} from "../protocol/limits.ts";
import { answer } from "./in-thread.ts";
import { shopOf } from "./shop.ts";
import { drawing } from "./simulate.ts";
import { table } from "./simulate-table.ts";
import { goodsIn, readVendor } from "./vendor.ts";

export interface LimitsWork {
  readonly folder: string;
  readonly home: string;
  readonly trial: LimitsTrial;
  /** Only what is wrong with it is asked for. */
  readonly check: boolean;
}

/** A thread of its own: visitors of a simulation take seconds, and customers do not wait for them. */
async function tried({ folder, home, trial, check }: LimitsWork): Promise<LimitsPreview> {
  const { text, visitors, seed } = trial;
  // Floors are in it: in the home, which nobody else can read.
  const beside = mkdtempSync(join(home, "limits-"));
  const proposed = join(beside, "limits.yaml");
  const named = (lines: readonly string[]) =>
    lines.map((line) => problemIn(line.replaceAll(proposed, "limits.yaml").replaceAll(`${folder}/`, "")));
  try {
    writeFileSync(proposed, text, { mode: 0o600 });
    const goods = await goodsIn(folder);
    const read = await readVendor(folder, goods, proposed).catch((error: unknown) => {
      if (error instanceof Fault && error.code === "bad_policy") return error.message.split("\n");
      throw error;
    });
    if (Array.isArray(read)) return { problems: named(read), warnings: [], comparison: null };
    const warnings = named(read.warnings);
    if (check) return { problems: [], warnings, comparison: null };
    const draws = drawing(home);
    const quiet = () => {};
    const against = await shopOf(folder, goods, draws.of, { warn: quiet });
    const shop = await shopOf(folder, goods, draws.of, { warn: quiet, limitsFile: proposed });
    const currency = trial.currency?.toUpperCase() ?? shop.vendor.markets[0]?.currency ?? "";
    if (!(currency in shop.vendor.default_ship_to))
      throw new Fault("bad_frame", `currency: this vendor does not sell in ${currency}`);
    const what = { shop, against, currency, visitors, seed };
    const report = reportOf(what, simulated(what));
    const told = SimulatedReport.parse(report);
    return { problems: [], warnings, comparison: { report: told, text: table(report) } };
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function problemIn(line: string): FileProblem {
  const found = /^([^\s:]+):(\d+): (.*)$/s.exec(line);
  const whole = /^([^\s:]+\.\w+): (.*)$/s.exec(line);
  if (found) return { file: found[1] ?? "", line: Number(found[2]), problem: found[3] ?? "" };
  return { file: whole?.[1] ?? "limits.yaml", line: null, problem: whole?.[2] ?? line };
}

await answer(tried);
