import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { partsOf } from "../adapters/model/tape.ts";
import { readTape, writePromptSource, writeTape } from "../adapters/model/tape-file.ts";
import { Fault } from "../domain/fault.ts";
import type { NoAnswer } from "../domain/question.ts";
import type { Tape } from "../domain/tape.ts";
import { type Crew, liveCast } from "../lab/cast.ts";
import type { FixtureFile } from "../lab/fixture.ts";
import type { PlayedTurn } from "../lab/outcome.ts";
import { play } from "../lab/play.ts";
import { type Restamping, restamping, type Stamped } from "../lab/restamp.ts";
import { type Bench, benchFor, chosenFixtures } from "./lab-bench.ts";
import { TAPES, tapePath } from "./lab-crew.ts";
import { type LabOptions, parsed } from "./lab-options.ts";

/**
 * Holds hand-written tapes to the prompts and conversations as they stand now. A tape is rewritten only when every
 * answer in it was asked for and good: read by its schema, and its words verified. 1 when one was left as it was.
 */
export async function run(args: string[]): Promise<number> {
  const options = parsed(args);
  if (options.patterns.length === 0)
    throw new Fault("bad_config", "restamp which? name fixtures that have a tape written by hand");
  const bench = benchFor(options);
  const crew = await bench.crew();
  let left = 0;
  for (const file of chosenFixtures(options).files) {
    const tape = handWritten(options, file.fixture.id);
    if (tape === null) continue;
    const done = await restamp(file, tape, bench, crew, options);
    if (!done) left += 1;
  }
  return left === 0 ? 0 : 1;
}

async function restamp(
  file: FixtureFile,
  tape: Tape,
  bench: Bench,
  crew: Crew,
  { root }: LabOptions,
): Promise<boolean> {
  const { id } = file.fixture;
  const stamping = restamping(id, tape.calls, partsOf);
  const cast = liveCast("tape", stamping.model, crew, stamping.turn);
  const outcome = await play(file, await bench.stages.open(file.fixture), cast);
  const problems = [
    ...(outcome.problem === undefined ? [] : [outcome.problem]),
    ...outcome.turns.flatMap((turn) => problemsOf(turn, file, tape)),
    ...unused(stamping),
  ];
  const { calls, stamped } = stamping.result();
  const changed = stamped.filter(({ what }) => what === "restamped");
  for (const problem of problems) say(`  ${problem}`);
  if (problems.length > 0) {
    say(`${id}: left as it was, for ${problems.length === 1 ? "this" : `these ${problems.length}`}`);
    return false;
  }
  for (const prompt of crew.prompts.all().filter(({ name }) => calls.some((call) => call.prompt === name)))
    writePromptSource(join(root, TAPES), prompt);
  if (changed.length > 0) writeFileSync(tapePath(root, id), writeTape({ ...tape, calls: [...calls] }));
  say(
    `${id}: ${changed.length} of ${calls.length} calls restamped${summaryOf(changed)}; still authored by hand`,
  );
  for (const { n, failures } of outcome.turns.filter((turn) => turn.failures.length > 0))
    say(`  turn ${n} does not hold what is expected: ${failures.map(({ path }) => path).join(", ")}`);
  return true;
}

function problemsOf({ n, calls, by }: PlayedTurn, { fixture }: FixtureFile, tape: Tape): string[] {
  const meant = new Set(tape.calls.filter(({ turn }) => turn === n).map(({ failed }) => failed));
  const bad = calls.filter(({ call }) => call.outcome !== "answered" && !meant.has(call.outcome as NoAnswer));
  const lines = bad.map(({ call }) => `turn ${n}: ${call.prompt}: ${call.outcome}: ${call.detail ?? ""}`);
  const worded = calls.some(({ call }) => call.prompt === "word" && call.outcome === "answered");
  // Words that must not verify are what some fixtures are about.
  if (worded && by === "house" && fixture.turns[n - 1]?.expect.verified !== false)
    lines.push(`turn ${n}: word: the words do not verify, so the house's went out`);
  return lines;
}

function unused(stamping: Restamping): string[] {
  return stamping
    .result()
    .stamped.filter(({ what }) => what === "unused")
    .map(({ turn, prompt }) => `turn ${turn}: ${prompt}: an answer that nothing asks for`);
}

function summaryOf(changed: readonly Stamped[]): string {
  const why = new Set(changed.flatMap((each) => each.changed));
  return why.size === 0 ? "" : ` (${[...why].join(", ")} changed)`;
}

/** The tape, or null with a line that says why there is nothing to do. What a hand may leave out is filled in. */
function handWritten({ root }: LabOptions, id: string): Tape | null {
  const path = tapePath(root, id);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    say(`${id}: it has no tape`);
    return null;
  }
  const value = parse(text) as { origin?: unknown; fixture?: unknown; calls?: unknown };
  if (value?.origin !== "authored") {
    say(`${id}: its tape was recorded from a model; record it again instead`);
    return null;
  }
  const calls = Array.isArray(value.calls) ? (value.calls as object[]) : [];
  const filled = calls.map((call) => ({
    ...{ call: 1, version: 0, hash: "", schema: "", inputs: { given: {}, heard: {} } },
    ...call,
  }));
  return readTape(JSON.stringify({ fixture: id, ...value, calls: filled }), path);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
