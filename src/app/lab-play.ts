import { writeFileSync } from "node:fs";
import { details, staleSummary } from "../lab/details.ts";
import type { Outcome } from "../lab/outcome.ts";
import { repeated } from "../lab/repeat.ts";
import { paintFor, summary, table, transcript } from "../lab/table.ts";
import { benchFor, chosenFixtures } from "./lab-bench.ts";
import type { LabOptions } from "./lab-options.ts";

/** Plays what was chosen once, or `repeat` times, and shows it. 1 when anything did not pass. */
export async function playAll(options: LabOptions): Promise<number> {
  const began = performance.now();
  const { files, problems } = chosenFixtures(options);
  const bench = benchFor(options);
  if (options.mode === "live") await (await import("./lab-live.ts")).configuredModel(options.models[0]);
  const runs: Outcome[][] = [];
  for (let i = 0; i < options.repeat; i++) runs.push(await bench.play(files));
  const outcomes = options.repeat === 1 ? (runs[0] ?? []) : repeated(runs);
  show(outcomes, options, (performance.now() - began) / 1_000);
  const broken = [...new Set(problems.map((problem) => problem.split(":")[0]))];
  if (broken.length > 0) process.stdout.write(`not played, for they are broken: ${broken.join(", ")}\n`);
  await write(outcomes, options);
  return problems.length === 0 && outcomes.every(({ verdict }) => verdict === "pass") ? 0 : 1;
}

export function show(outcomes: readonly Outcome[], options: LabOptions, seconds: number): void {
  const paint = paintFor(process.stdout.isTTY === true && !process.env.NO_COLOR);
  const parts = [table(outcomes, paint)];
  if (options.verbose) parts.push(outcomes.map((outcome) => transcript(outcome, paint)).join("\n\n"));
  const wrong = details(outcomes, paint);
  if (wrong !== "") parts.push(wrong);
  parts.push([...staleSummary(outcomes), summary(outcomes, seconds)].join("\n"));
  process.stdout.write(`${parts.join("\n\n")}\n`);
}

/** The files that were asked for. `before` is what the HTML compares with. */
export async function write(
  outcomes: readonly Outcome[],
  { html, junit }: LabOptions,
  before?: { readonly outcomes: readonly Outcome[]; readonly name: string },
): Promise<void> {
  if (html !== undefined) {
    const at = new Date().toISOString().slice(0, 16).replace("T", " ");
    const page = (await import("../lab/html.ts")).html(outcomes, { at, ...(before ? { before } : {}) });
    writeFileSync(html, page);
  }
  if (junit !== undefined) writeFileSync(junit, (await import("../lab/junit.ts")).junit(outcomes));
}
