import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
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
import type { Prompt, Prompts } from "../ports/prompts.ts";
import { agent } from "../turn/house-agent.ts";
import type { Config } from "./config.ts";

export const TAPES = "fixtures/tapes";

/** Where a fixture's tape lies, or would lie. */
export function tapePath(root: string, id: string): string {
  return join(root, TAPES, `${id}.yaml`);
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
  const past = new Map<string, Prompt | null>();
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
      let then = past.get(call.hash);
      if (then === undefined) {
        then = promptThen(root, now, call.hash, source);
        past.set(call.hash, then);
      }
      return then?.render(call.inputs) ?? null;
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

/** A fixture's tape; read once for as long as its file stays as it is. */
export function readTapeOf(root: string, id: string): Tape {
  const path = tapePath(root, id);
  const { mtimeMs = 0, size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  const known = read.get(path);
  if (known?.mtimeMs === mtimeMs && known.size === size) return known.tape;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Fault("bad_config", `there is no tape ${relative(root, path)}; record one with --record`, {
      cause,
    });
  }
  const tape = readTape(text, relative(root, path));
  read.set(path, { mtimeMs, size, tape });
  return tape;
}

const read = new Map<string, { readonly mtimeMs: number; readonly size: number; readonly tape: Tape }>();

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

/** The prompt as it was: from what its tape kept, from beside the tapes, or as git has it last committed. */
function promptThen(root: string, now: Prompt, wanted: string, source: string | null): Prompt | null {
  const text =
    source ?? promptSource(join(root, TAPES), now.name, wanted) ?? committed(root, now.file, wanted);
  const read = text === null ? null : parsePrompt(now.file, text);
  return read && "ok" in read ? read.ok : null;
}

function committed(root: string, file: string, wanted: string): string | null {
  try {
    const text = execFileSync("git", ["show", `HEAD:./${relative(root, file)}`], {
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
