import { compare, type Difference, differs } from "../lab/compare.ts";
import { counted, openCalls, staleSummary } from "../lab/details.ts";
import { type Outcome, saidIn } from "../lab/outcome.ts";
import { repeated } from "../lab/repeat.ts";
import { columns, dollars, type Paint, paintFor } from "../lab/table.ts";
import { type Bench, benchFor, chosenFixtures, pricesFor, type Setup } from "./lab-bench.ts";
import { crewOf } from "./lab-crew.ts";
import type { LabOptions } from "./lab-options.ts";
import { write } from "./lab-play.ts";
import { promptsAt } from "./lab-prompts.ts";

/** Plays everything with the prompts of the ref and with those of the worktree. 1 when a fixture that passed does not, or is stale. */
export async function against(options: LabOptions, ref: string): Promise<number> {
  const { files } = chosenFixtures(options);
  if (options.mode === "live") await (await import("./lab-live.ts")).configuredModel(options.models[0]);
  const bench = benchFor(options);
  const now = await bench.crew();
  const prices = await pricesFor(options);
  const then = crewOf({ root: options.root, prompts: promptsAt(options.root, ref), prices });
  const before = await played(bench, files, { crew: then }, options);
  const after = await played(bench, files, { crew: now }, options);
  const paint = paintFor(process.stdout.isTTY === true && !process.env.NO_COLOR);
  const differences = compare(before, after);
  const changed = differences.filter(differs);
  const told = new Set<string>();
  for (const one of changed) process.stdout.write(`${await shown(one, ref, paint, told)}\n\n`);
  process.stdout.write(`${table(differences, ref).join("\n")}\n\n`);
  for (const line of staleSummary(after)) process.stdout.write(`${line}\n`);
  const flips = changed.filter(({ flipped }) => flipped).length;
  const open = differences.filter(({ after: now }) => now.verdict === "stale").length;
  process.stdout.write(
    `${counted(differences.length, "fixture")} against ${ref}: ${flips} flipped, ` +
      `${changed.length - flips - open} otherwise changed${open > 0 ? `, ${open} stale` : ""}\n`,
  );
  await write(after, options, { outcomes: before, name: ref });
  const lost = ({ before: then, after: now }: Difference) =>
    then.verdict === "pass" && now.verdict !== "pass";
  return open > 0 || differences.some(lost) ? 1 : 0;
}

async function played(
  bench: Bench,
  files: Parameters<Bench["play"]>[0],
  setup: Setup,
  { repeat }: LabOptions,
): Promise<readonly Outcome[]> {
  const runs: Outcome[][] = [];
  for (let i = 0; i < repeat; i++) runs.push(await bench.play(files, setup));
  return repeat === 1 ? (runs[0] ?? []) : repeated(runs);
}

/** With several plays, how many of them passed. */
function verdictOf({ verdict, repeat }: Outcome): string {
  return repeat ? `${repeat.passed}/${repeat.of}` : verdict;
}

function table(differences: readonly Difference[], ref: string): string[] {
  const signed = (n: number) => (n > 0 ? `+${n}` : String(n));
  const rows = differences.map(({ fixture, before, after, change }) => [
    fixture,
    verdictOf(before),
    verdictOf(after),
    signed(change.calls),
    signed(change.tokens),
    change.micro_usd === 0
      ? "0"
      : `${change.micro_usd < 0 ? "-" : "+"}${dollars(Math.abs(change.micro_usd))}`,
    change.ms === null ? "-" : signed(change.ms),
  ]);
  return columns(
    [["fixture", ref, "now", "calls", "tokens", "cost", "ms"], ...rows],
    ["l", "l", "l", "r", "r", "r", "r"],
  );
}

async function shown(
  { fixture, before, after, turns }: Difference,
  ref: string,
  paint: Paint,
  told: Set<string>,
): Promise<string> {
  const lines = [`${paint("bold", fixture)}: ${verdictOf(before)} at ${ref}, ${verdictOf(after)} now`];
  if (after.problem !== undefined) lines.push(`  ${after.problem}`);
  for (const turn of turns) {
    lines.push(`  turn ${turn.n}  ${paint("cyan", saidIn(turn.after))}`);
    for (const line of openCalls(turn.after, paint, told)) lines.push(line.replaceAll(/^/gm, "    "));
    if (turn.unknown) continue;
    for (const line of turn.outcome) lines.push(`    ${paint("yellow", line)}`);
    if (!turn.words) continue;
    const { diffWordsWithSpace } = await import("diff");
    const words = diffWordsWithSpace(turn.words.before, turn.words.after)
      .map(({ added, removed, value }) =>
        added ? paint("green", `{+${value}+}`) : removed ? paint("red", `[-${value}-]`) : value,
      )
      .join("");
    lines.push(words.replaceAll(/^/gm, "    "));
  }
  return lines.join("\n");
}
