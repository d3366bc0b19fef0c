import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { recorder } from "../src/adapters/model/recorder.ts";
import { writePromptSource, writeTape } from "../src/adapters/model/tape-file.ts";
import { benchFor } from "../src/app/lab-bench.ts";
import { tapePath } from "../src/app/lab-crew.ts";
import { parsed } from "../src/app/lab-options.ts";
import { atOnce, liveCast } from "../src/lab/cast.ts";
import { type FixtureFile, loadFixtures } from "../src/lab/fixture.ts";
import { play } from "../src/lab/play.ts";
import type { Model } from "../src/ports/model.ts";

export interface LabRoot {
  readonly path: string;
  readonly fixtures: number;
  /** How many of them are in the repository; the others are played again under another name. */
  readonly distinct: number;
  readonly turns: number;
  /** How many of their tapes are in the repository and pass; the others were recorded from a model that repeats the house. */
  readonly own_tapes: number;
}

const LEAST_TURNS = 5;

/** A folder as the lab plays it: so many fixtures of at least five turns, a tape for each, vendors and prompts. */
export async function labRoot(repository: string, path: string, wanted: number): Promise<LabRoot> {
  cpSync(join(repository, "fixtures/vendors"), join(path, "fixtures/vendors"), { recursive: true });
  cpSync(join(repository, "prompts"), join(path, "prompts"), { recursive: true });
  for (const folder of ["dialogues", "tapes"]) mkdirSync(join(path, "fixtures", folder), { recursive: true });
  const long = loadFixtures(repository).fixtures.filter(({ fixture }) => fixture.turns.length >= LEAST_TURNS);
  const sources = long.slice(0, wanted);
  const bench = benchFor(parsed(["--root", path]));
  const crew = await bench.crew();
  for (const prompt of crew.prompts.all()) writePromptSource(join(path, "fixtures/tapes"), prompt);
  const taped = benchFor(parsed(["--root", path, "--mode", "tape"]));
  let own_tapes = 0;
  let turns = 0;
  for (let i = 0; i < wanted; i++) {
    const source = sources[i % sources.length];
    if (!source) throw new Error("the repository has no fixture of five turns");
    const id = i < sources.length ? source.fixture.id : `${source.fixture.id}-${i}`;
    const tape = tapePath(path, id);
    const kept = tapePath(repository, id);
    if (existsSync(kept)) cpSync(kept, tape);
    const [outcome] = existsSync(tape) ? await taped.play([source]) : [];
    const own = outcome?.verdict === "pass";
    const file = named(source, id, own);
    turns += file.fixture.turns.length;
    writeFileSync(join(path, file.file), stringify(file.fixture));
    if (own) {
      own_tapes += 1;
      continue;
    }
    const recording = recorder({ fixture: file.fixture.id, recorded_at: "2026-01-01T00:00:00.000Z" });
    const cast = liveCast("live", atOnce(recording.over(ECHO)), crew, recording.turn);
    await play(file, await bench.stages.open(file.fixture), cast);
    writeFileSync(tape, writeTape(recording.tape()));
  }
  return { path, fixtures: wanted, distinct: sources.length, turns, own_tapes };
}

/** The fixture under this id. What it expects of words is left out where the tape is not its own. */
function named({ fixture }: FixtureFile, id: string, own: boolean): FixtureFile {
  const turns = fixture.turns.map(({ expect: { text: _, speech: __, ...expect }, ...turn }) => ({
    ...turn,
    expect,
  }));
  return { fixture: { ...fixture, id, ...(own ? {} : { turns }) }, file: `fixtures/dialogues/${id}.yaml` };
}

/** Says what the house would have said, so that every word is verified; has nothing to add to look-ups or readings. */
const ECHO: Model = {
  id: "echo",
  ask: async ({ question }) => {
    const tokens = { in: 1_200, out: 120 };
    const house = question.heard.house ?? question.given.house;
    if (question.prompt === "word" && house !== undefined)
      return {
        ok: true,
        text: JSON.stringify({ text: house, speech: house.slice(0, 200) }),
        model: "echo",
        tokens,
      };
    if (question.prompt === "research")
      return { ok: true, text: JSON.stringify({ look_ups: [] }), model: "echo", tokens };
    return { ok: false, why: "refused", detail: "it repeats only", retry_after_ms: null, tokens };
  },
};
