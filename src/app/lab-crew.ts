import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tapeModel } from "../adapters/model/tape.ts";
import { promptSource, readTape } from "../adapters/model/tape-file.ts";
import { parsePrompt } from "../adapters/prompts/parse.ts";
import { asker } from "../asking/ask.ts";
import { Fault } from "../domain/fault.ts";
import type { Tape } from "../domain/tape.ts";
import { type Crew, liveCast, tapeCast } from "../lab/cast.ts";
import type { FixtureFile, Mode } from "../lab/fixture.ts";
import { hostileModel } from "../lab/hostile.ts";
import { type Cast, HOUSE } from "../lab/play.ts";
import type { Model } from "../ports/model.ts";
import type { Prompts } from "../ports/prompts.ts";
import { agent } from "../turn/house-agent.ts";
import type { Config } from "./config.ts";

export const TAPES = "fixtures/tapes";

/** Where a fixture's tape lies, or would lie. */
export function tapePath(root: string, id: string): string {
  return join(root, TAPES, `${id}.yaml`);
}

/** The mode a fixture is played in when none is asked for. */
export function modeOf({ fixture }: FixtureFile, root: string): Mode {
  return fixture.model ?? (existsSync(tapePath(root, fixture.id)) ? "tape" : "house");
}

export interface CrewOptions {
  readonly root: string;
  readonly prompts: Prompts;
  readonly prices: Pick<Config, "model_price" | "model_reading_price">;
}

/** The house's agent, and askers that put its questions by the prompts given. */
export function crewOf({ root, prompts, prices }: CrewOptions): Crew {
  const wording = prices.model_price ?? null;
  const reading = prices.model_reading_price ?? wording;
  return {
    ...{ agent, prompts },
    askerOf: (model) =>
      asker({
        models: pairOf(model),
        prompts,
        prices: { [pairOf(model).reading.id]: reading, [model.id]: wording },
        log: SILENT,
      }),
    renderedThen: (call, source) => {
      const now = prompts.all().find(({ name }) => name === call.prompt);
      if (!now) return null;
      if (now.hash === call.hash) return now.render(call.inputs);
      const text = source ?? committed(root, now.file, call.hash);
      const then = text === null ? null : parsePrompt(now.file, text);
      return then && "ok" in then ? then.ok.render(call.inputs) : null;
    },
  };
}

/** A model that words, with another one for what the prompts call reading. */
export interface Pair extends Model {
  readonly reading: Model;
}

function pairOf(model: Model): { readonly reading: Model; readonly wording: Model } {
  return { reading: "reading" in model ? (model as Pair).reading : model, wording: model };
}

export function readTapeOf(root: string, id: string): Tape {
  const path = tapePath(root, id);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Fault("bad_config", `there is no tape ${path}; record one with --record`, { cause });
  }
  return readTape(text, path);
}

/** Who plays one fixture offline. */
export function offlineCast(
  mode: Exclude<Mode, "live">,
  { fixture }: FixtureFile,
  root: string,
  crew: Crew,
): Cast {
  if (mode === "house") return HOUSE;
  if (mode === "hostile") return liveCast("hostile", hostileModel(), crew);
  const tape = readTapeOf(root, fixture.id);
  const shown = tape.origin === "authored" ? "authored" : (tape.model ?? "unknown");
  const played = tapeModel(tape, { sourceOf: (name, at) => promptSource(join(root, TAPES), name, at) });
  return tapeCast(played, shown, crew);
}

/** The prompt of this hash as git has it, when it is the last committed one. */
function committed(root: string, file: string, wanted: string): string | null {
  try {
    const text = execFileSync("git", ["show", `HEAD:./${file.slice(root.length + 1)}`], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return hash("sha256", text, "hex").slice(0, 16) === wanted ? text : null;
  } catch {
    return null;
  }
}

const nothing = () => {};
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
