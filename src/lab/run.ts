import type { Fixture, FixtureFile, Mode } from "./fixture.ts";
import type { Outcome } from "./outcome.ts";
import { type Cast, HOUSE, play, type Stage } from "./play.ts";

export interface RunOptions {
  /** A house for one play. */
  readonly stage: (fixture: Fixture) => Promise<Stage>;
  readonly mode: (file: FixtureFile) => Promise<Mode>;
  readonly cast: (file: FixtureFile) => Promise<Cast>;
  /** Plays under way at once: a model that answers over a network is waited for by several together. */
  readonly at_once: number;
  /** Told of each outcome as it comes, in no order. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Plays every fixture; outcomes come back at the places of their files. One that met a stale or missing answer is played
 * once more by the house alone. Never throws: what cannot be played is an outcome with `error`.
 */
export async function run(files: readonly FixtureFile[], options: RunOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const left = files.entries();
  const work = async () => {
    for (const [at, file] of left) {
      const outcome = await playOne(file, options);
      outcomes[at] = outcome;
      options.onOutcome?.(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.at_once, files.length) }, work));
  return outcomes;
}

async function playOne(file: FixtureFile, { stage, cast, mode }: RunOptions): Promise<Outcome> {
  try {
    const outcome = await play(file, await stage(file.fixture), await cast(file));
    if (outcome.verdict !== "stale") return outcome;
    return { ...outcome, house: await play(file, await stage(file.fixture), HOUSE) };
  } catch (error) {
    const { id, about, lang } = file.fixture;
    return {
      ...{ fixture: id, file: file.file, about, lang, mode: await mode(file), model: null },
      ...{ verdict: "error", problem: error instanceof Error ? error.message : String(error), turns: [] },
    };
  }
}
