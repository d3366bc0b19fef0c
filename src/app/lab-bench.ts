import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import type { Tape } from "../domain/tape.ts";
import type { Crew } from "../lab/cast.ts";
import { type FixtureFile, loadFixtures, type Mode } from "../lab/fixture.ts";
import type { Outcome } from "../lab/outcome.ts";
import { type Cast, HOUSE } from "../lab/play.ts";
import { run } from "../lab/run.ts";
import { select } from "../lab/select.ts";
import type { Prompts } from "../ports/prompts.ts";
import type { LabOptions } from "./lab-options.ts";
import { type Stages, stages } from "./lab-stage.ts";

/** Where fixtures are played: vendors, prompts and models, each read when it is first needed. */
export interface Bench {
  readonly stages: Stages;
  /** Prompts and askers; null until something asks a model or a tape. */
  crew(prompts?: Prompts): Promise<Crew>;
  modeOf(file: FixtureFile): Promise<Mode>;
  play(files: readonly FixtureFile[], onOutcome?: (outcome: Outcome) => void): Promise<Outcome[]>;
  /** A fixture's tape, read again when its file changed. */
  tape(id: string): Promise<Tape>;
  forgetPrompts(): void;
}

/** Plays under way at once with a model: as many as a provider's usual limits bear. */
const LIVE_AT_ONCE = 6;

export function benchFor(options: LabOptions): Bench {
  const { root } = options;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const houses = stages(root, say);
  let prompts: Promise<Prompts> | null = null;
  const crew = async (given?: Prompts) => {
    const [{ crewOf }, { openPrompts }] = await Promise.all([
      import("./lab-crew.ts"),
      import("../adapters/prompts/open.ts"),
    ]);
    prompts ??= openPrompts(join(root, "prompts"), { watch: false, onProblem: () => {}, onChange: () => {} });
    return crewOf({ root, prompts: given ?? (await prompts), prices: await prices(options) });
  };
  let player: Promise<(file: FixtureFile) => Promise<Cast>> | null = null;
  const cast = async (file: FixtureFile): Promise<Cast> => {
    const mode = await modeOf(file);
    if (mode === "house") return HOUSE;
    const [{ offlineCast }, ready] = await Promise.all([import("./lab-crew.ts"), crewOnce()]);
    if (mode !== "live") return offlineCast(mode, file, root, ready);
    player ??= import("./lab-live.ts").then(({ livePlayer }) => livePlayer(options, ready));
    return (await player)(file);
  };
  let whole: Promise<Crew> | null = null;
  const crewOnce = () => {
    whole ??= crew();
    return whole;
  };
  const modeOf = async (file: FixtureFile): Promise<Mode> => {
    if (options.mode) return options.mode;
    return file.fixture.model ?? ((await tapes(root)).has(file.fixture.id) ? "tape" : "house");
  };
  return {
    ...{ stages: houses, crew, modeOf },
    play: (files, onOutcome) =>
      run(files, {
        stage: houses.open,
        ...{ cast, mode: modeOf },
        at_once: options.mode === "live" ? LIVE_AT_ONCE : 1,
        ...(onOutcome ? { onOutcome } : {}),
      }),
    tape: async (id) => (await import("./lab-crew.ts")).readTapeOf(root, id),
    forgetPrompts: () => {
      prompts = null;
      whole = null;
      player = null;
    },
  };
}

async function prices(options: LabOptions) {
  if (options.mode !== "live" && !process.env.PARLEY_MODEL_PRICE && !process.env.PARLEY_CONFIG) return {};
  const { loadConfig } = await import("./config.ts");
  return loadConfig(process.env);
}

/** Ids that have a tape, looked up in one reading of the folder. */
async function tapes(root: string): Promise<ReadonlySet<string>> {
  const { readdir } = await import("node:fs/promises");
  const names = await readdir(join(root, "fixtures/tapes")).catch(() => [] as string[]);
  return new Set(names.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -5)));
}

/** The fixtures that were asked for. Problems of files go to stderr; throws `bad_config` when nothing is left. */
export function chosenFixtures(options: LabOptions): {
  readonly files: readonly FixtureFile[];
  readonly problems: readonly string[];
} {
  const { fixtures, problems } = loadFixtures(options.root);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const { chosen, unknown } = select(fixtures, options.patterns, options.lang);
  if (unknown.length > 0)
    throw new Fault("bad_config", `no fixture is called ${unknown.join(", ")}; see fixtures/dialogues`);
  if (chosen.length === 0 && problems.length === 0)
    throw new Fault("bad_config", "there is no such fixture in fixtures/dialogues");
  return { files: chosen, problems };
}
