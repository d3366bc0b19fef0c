import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import type { Tape } from "../domain/tape.ts";
import type { Crew } from "../lab/cast.ts";
import { type FixtureFile, fixtureTexts, type Mode, readFixtures } from "../lab/fixture.ts";
import type { Outcome } from "../lab/outcome.ts";
import { type Cast, HOUSE } from "../lab/play.ts";
import { run } from "../lab/run.ts";
import { select } from "../lab/select.ts";
import type { LabOptions } from "./lab-options.ts";
import { type Stages, stages } from "./lab-stage.ts";

/** Where fixtures are played: vendors, prompts and models, each read when it is first needed. */
export interface Bench {
  readonly stages: Stages;
  /** Prompts as they stand, and askers that use them. */
  crew(): Promise<Crew>;
  play(files: readonly FixtureFile[], setup?: Setup): Promise<Outcome[]>;
  /** A fixture's tape, read again when its file changed. */
  tape(id: string): Promise<Tape>;
  forgetPrompts(): void;
}

/** One way to play: other prompts than those of prompts/, another model than the configured one. */
export interface Setup {
  readonly crew?: Crew;
  readonly model?: string;
}

/** Plays under way at once with a model: as many as a provider's usual limits bear. */
const LIVE_AT_ONCE = 6;

export function benchFor(options: LabOptions): Bench {
  const { root } = options;
  const houses = stages(root, (line) => process.stderr.write(`${line}\n`));
  let current: Promise<Crew> | null = null;
  const crew = () => {
    current ??= Promise.all([import("./lab-crew.ts"), import("../adapters/prompts/open.ts")]).then(
      async ([{ crewOf }, { openPrompts }]) =>
        crewOf({
          root,
          prompts: await openPrompts(join(root, "prompts"), NOT_WATCHED),
          prices: await pricesFor(options),
        }),
    );
    return current;
  };
  const modeOf = async ({ fixture }: FixtureFile): Promise<Mode> =>
    options.mode ?? fixture.model ?? ((await tapes(root)).has(fixture.id) ? "tape" : "house");
  return {
    ...{ stages: houses, crew },
    play: async (files, setup = {}) => {
      let live: Promise<(file: FixtureFile) => Promise<Cast>> | null = null;
      const cast = async (file: FixtureFile): Promise<Cast> => {
        const mode = await modeOf(file);
        if (mode === "house") return HOUSE;
        const ready = setup.crew ?? (await crew());
        if (mode !== "live") return (await import("./lab-crew.ts")).offlineCast(mode, file, root, ready);
        live ??= import("./lab-live.ts").then(({ livePlayer }) => livePlayer(options, ready, setup.model));
        return (await live)(file);
      };
      const at_once = options.mode === "live" ? LIVE_AT_ONCE : 1;
      return run(files, { stage: houses.open, cast, mode: modeOf, at_once });
    },
    tape: async (id) => (await import("./lab-crew.ts")).readTapeOf(root, id),
    forgetPrompts: () => {
      current = null;
    },
  };
}

const NOT_WATCHED = { watch: false, onProblem: () => {}, onChange: () => {} } as const;

/** What the configured models cost; nothing is known of it where none is configured. */
export async function pricesFor(options: LabOptions) {
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
export function chosenFixtures(
  options: LabOptions,
  gone: "refused" | "left out" = "refused",
): {
  readonly files: readonly FixtureFile[];
  readonly problems: readonly string[];
} {
  const texts = fixtureTexts(options.root);
  const { chosen, unknown } = select(texts, options.patterns);
  if (unknown.length > 0 && gone === "refused")
    throw new Fault("bad_config", `no fixture is called ${unknown.join(", ")}; see fixtures/dialogues`);
  const { fixtures, problems } = readFixtures(texts, chosen);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const { lang } = options;
  const files = fixtures.filter(({ fixture }) => lang === undefined || fixture.lang === lang);
  if (files.length === 0 && problems.length === 0 && gone === "refused")
    throw new Fault("bad_config", "there is no such fixture in fixtures/dialogues");
  return { files, problems };
}
