import { compare, type Difference, differs } from "../lab/compare.ts";
import { columns, dollars, type Paint, paintFor } from "../lab/table.ts";
import { benchFor, chosenFixtures } from "./lab-bench.ts";
import { crewOf } from "./lab-crew.ts";
import type { LabOptions } from "./lab-options.ts";
import { promptsAt } from "./lab-prompts.ts";

/** Plays everything with the prompts of the ref and with those of the worktree. 1 when a fixture that passed does not. */
export async function against(options: LabOptions, ref: string): Promise<number> {
  const { files } = chosenFixtures(options);
  const bench = benchFor(options);
  const now = await bench.crew();
  const then = crewOf({ root: options.root, prompts: promptsAt(options.root, ref), prices: {} });
  const before = await bench.play(files, { crew: then });
  const after = await bench.play(files, { crew: now });
  const paint = paintFor(process.stdout.isTTY === true && !process.env.NO_COLOR);
  const differences = compare(before, after);
  const changed = differences.filter(differs);
  for (const one of changed) process.stdout.write(`${await shown(one, ref, paint)}\n\n`);
  process.stdout.write(`${table(differences, ref).join("\n")}\n\n`);
  const flips = changed.filter(({ flipped }) => flipped).length;
  const open = differences.filter(({ after: played }) => played.verdict === "stale").length;
  process.stdout.write(
    `${differences.length} fixtures against ${ref}: ${flips} flipped, ${changed.length - flips} otherwise changed` +
      `${open > 0 ? `, ${open} stale: what they would come to now only a model can say` : ""}\n`,
  );
  return differences.some((one) => one.before.verdict === "pass" && one.after.verdict !== "pass") ? 1 : 0;
}

function table(differences: readonly Difference[], ref: string): string[] {
  const signed = (n: number) => (n > 0 ? `+${n}` : String(n));
  const rows = differences.map(({ fixture, before, after, change }) => [
    fixture,
    before.verdict,
    after.verdict,
    signed(change.calls),
    signed(change.tokens),
    `${change.micro_usd < 0 ? "-" : "+"}${dollars(Math.abs(change.micro_usd))}`,
    signed(change.ms),
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
): Promise<string> {
  const lines = [`${paint("bold", fixture)}: ${before.verdict} at ${ref}, ${after.verdict} now`];
  for (const turn of turns) {
    lines.push(`  turn ${turn.n}${turn.unknown ? ": an answer is stale or missing" : ""}`);
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
