import { join, relative, sep } from "node:path";
import type { Crew } from "../lab/cast.ts";
import { counted, details, staleSummary } from "../lab/details.ts";
import type { FixtureFile } from "../lab/fixture.ts";
import type { Outcome } from "../lab/outcome.ts";
import { HOUSE, play } from "../lab/play.ts";
import { restale } from "../lab/restale.ts";
import { paintFor, table } from "../lab/table.ts";
import { type Bench, benchFor, chosenFixtures } from "./lab-bench.ts";
import type { LabOptions } from "./lab-options.ts";
import { show } from "./lab-play.ts";

/** Editors write in several steps, or beside the file and rename: one look once it has been quiet this long. */
const QUIET_MS = 25;

/** Plays everything once, then what each edit touches, until it is interrupted. */
export async function watch(options: LabOptions): Promise<number> {
  const resident = await begun(options);
  const { watch: chokidar } = await import("chokidar");
  const folders = ["prompts", "fixtures/dialogues", "fixtures/tapes", "fixtures/vendors"];
  const watcher = chokidar(
    folders.map((folder) => join(options.root, folder)),
    { ignoreInitial: true, atomic: false },
  );
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  watcher.on("all", (_, path) => {
    changed.add(relative(options.root, path).split(sep).join("/"));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...changed];
      changed.clear();
      working = working
        .then(() => resident.edited(files))
        .catch((error: unknown) => say(`${messageOf(error)}\nwatch: nothing was played`));
    }, QUIET_MS);
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  say(`watch: ready, ${counted(resident.size(), "fixture")}`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await watcher.close();
  return 0;
}

interface Resident {
  edited(files: readonly string[]): Promise<void>;
  size(): number;
}

/** Everything played once; the house's outcomes are made ahead, since no prompt changes them. */
async function begun(options: LabOptions): Promise<Resident> {
  const began = performance.now();
  const bench = benchFor(options);
  let files = chosenFixtures(options).files;
  const outcomes = new Map<string, Outcome>();
  const houses = new Map<string, Outcome>();
  const keep = async (played: readonly Outcome[]) => {
    for (const outcome of played) {
      outcomes.set(outcome.fixture, outcome);
      const file = files.find(({ fixture }) => fixture.id === outcome.fixture);
      if (outcome.mode !== "tape" || !file) continue;
      houses.set(
        outcome.fixture,
        outcome.house ?? (await play(file, await bench.stages.open(file.fixture), HOUSE)),
      );
    }
  };
  const first = await bench.play(files);
  show(first, options, (performance.now() - began) / 1_000);
  await keep(first);

  return {
    size: () => outcomes.size,
    edited: async (changed) => {
      const started = performance.now();
      const edit = kindsOf(changed);
      if (edit.nothing) return;
      say(
        `\nwatch: ${changed.slice(0, 3).join(", ")}${changed.length > 3 ? ` and ${changed.length - 3} more` : ""}`,
      );
      if (edit.vendors) bench.stages.forget();
      if (edit.fixtures.length > 0 || edit.vendors) files = chosenFixtures(options, "left out").files;
      if (edit.prompts.length > 0) bench.forgetPrompts();
      const touched = files.filter((file) => touches(edit, file, outcomes.get(file.fixture.id)));
      const prompted = edit.prompts.length > 0 && !edit.vendors;
      const quick = prompted ? touched.filter(({ fixture }) => isPlayedTape(outcomes.get(fixture.id))) : [];
      const slow = touched.filter((file) => !quick.includes(file) || own(edit, file));
      const played = await bench.play(slow);
      const crew = quick.length > 0 ? await bench.crew() : null;
      for (const file of quick.filter((each) => !slow.includes(each))) {
        const before = outcomes.get(file.fixture.id);
        if (before && crew) played.push(await retold(before, file, edit.prompts, crew, bench, houses));
      }
      tell(played);
      for (const line of staleSummary(played)) say(line);
      say(`watch: ${counted(played.length, "fixture")}, ${Math.round(performance.now() - started)} ms`);
      await keep(played);
    },
  };
}

async function retold(
  before: Outcome,
  { fixture }: FixtureFile,
  prompts: readonly string[],
  crew: Crew,
  bench: Bench,
  houses: ReadonlyMap<string, Outcome>,
): Promise<Outcome> {
  let outcome = before;
  for (const prompt of crew.prompts.all().filter(({ name }) => prompts.includes(name)))
    outcome = await restale(outcome, await bench.tape(fixture.id), prompt, crew);
  const house = houses.get(fixture.id);
  return outcome.verdict === "stale" && house ? { ...outcome, house } : outcome;
}

function isPlayedTape(outcome: Outcome | undefined): boolean {
  return outcome?.mode === "tape" && outcome.verdict !== "error";
}

interface Edit {
  readonly prompts: readonly string[];
  readonly fixtures: readonly string[];
  readonly tapes: readonly string[];
  readonly vendors: boolean;
  readonly nothing: boolean;
}

function kindsOf(changed: readonly string[]): Edit {
  const named = (form: RegExp) => changed.flatMap((file) => form.exec(file)?.[1] ?? []);
  const prompts = named(/^prompts\/([^/]+)\.md$/).filter((name) => name !== "README");
  const fixtures = changed.filter((file) => /^fixtures\/dialogues\/.*\.ya?ml$/.test(file));
  const tapes = named(/^fixtures\/tapes\/([^/]+)\.yaml$/);
  const vendors = changed.some((file) => /^fixtures\/vendors\/.*\.[a-z]+$/.test(file));
  const nothing = prompts.length + fixtures.length + tapes.length === 0 && !vendors;
  return { prompts, fixtures, tapes, vendors, nothing };
}

/** A prompt touches those whose questions it asks; a fixture or tape itself; a vendor's file everything. */
function touches(edit: Edit, file: FixtureFile, last: Outcome | undefined): boolean {
  if (edit.vendors || own(edit, file)) return true;
  // What could not be played asked nothing, and may be played now.
  if (last?.verdict === "error" && edit.prompts.length > 0) return true;
  const asked = last?.turns.flatMap((turn) => turn.calls.map(({ call }) => call.prompt)) ?? [];
  return asked.some((prompt) => edit.prompts.includes(prompt));
}

function own(edit: Edit, { fixture, file }: FixtureFile): boolean {
  return edit.fixtures.includes(file) || edit.tapes.includes(fixture.id);
}

function tell(outcomes: readonly Outcome[]): void {
  const paint = paintFor(process.stdout.isTTY === true && !process.env.NO_COLOR);
  if (outcomes.length === 0) return;
  const wrong = details(outcomes, paint);
  process.stdout.write(`\n${table(outcomes, paint)}\n${wrong === "" ? "" : `\n${wrong}\n`}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
