import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openModel } from "../adapters/model/drivers.ts";
import { type Recorder, recorder } from "../adapters/model/recorder.ts";
import { writePromptSource, writeTape } from "../adapters/model/tape-file.ts";
import { Fault } from "../domain/fault.ts";
import { atOnce, type Crew, liveCast } from "../lab/cast.ts";
import type { FixtureFile } from "../lab/fixture.ts";
import type { Cast } from "../lab/play.ts";
import type { Model } from "../ports/model.ts";
import type { Prompts } from "../ports/prompts.ts";
import { loadConfig } from "./config.ts";
import { type Pair, TAPES, tapePath } from "./lab-crew.ts";
import type { LabOptions } from "./lab-options.ts";

/** Plays with the configured model, or the first that was named; records each play when that was asked for. */
export async function livePlayer(
  options: LabOptions,
  crew: Crew,
  line = options.models[0],
): Promise<(file: FixtureFile) => Promise<Cast>> {
  const model = await configuredModel(line);
  return async ({ fixture }) => {
    if (!options.record) return liveCast("live", model, crew);
    const recording = recorder({ fixture: fixture.id, recorded_at: new Date().toISOString() });
    const pair: Pair = {
      ...atOnce(recording.over(model)),
      reading: atOnce(recording.over(model.reading)),
    };
    const cast = liveCast("live", pair, crew, recording.turn);
    return {
      ...cast,
      ended: (answered) => {
        if (answered) keep(options.root, fixture.id, recording, crew.prompts);
        else process.stderr.write(`${fixture.id}: not recorded, for the model did not answer everything\n`);
      },
    };
  };
}

/** The model of the line, else of the configuration. Throws `bad_config` when there is none. */
export async function configuredModel(line?: string): Promise<Pair> {
  const { model, model_reading, model_key, model_reading_key } = await loadConfig(process.env);
  const wording = line ?? model;
  if (wording === undefined)
    throw new Fault(
      "bad_config",
      "no model is configured: set PARLEY_MODEL, as openai:gpt-5-mini, or use --models",
    );
  const words = await openModel(wording, keyed(model_key));
  const reads: Model =
    line === undefined && model_reading ? await openModel(model_reading, keyed(model_reading_key)) : words;
  return { id: words.id, ask: (request, asking) => words.ask(request, asking), reading: reads };
}

function keyed(key: string | undefined): { readonly key?: string } {
  return key === undefined ? {} : { key };
}

function keep(root: string, id: string, recording: Recorder, prompts: Prompts): void {
  const tape = recording.tape();
  if (tape.calls.length === 0) return;
  const path = tapePath(root, id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, writeTape(tape));
  const used = new Set(tape.calls.map(({ prompt }) => prompt));
  for (const prompt of prompts.all().filter(({ name }) => used.has(name)))
    writePromptSource(join(root, TAPES), prompt);
}
