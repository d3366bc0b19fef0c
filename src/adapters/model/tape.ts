import { readFile } from "node:fs/promises";
import { Fault } from "../../domain/fault.ts";
import {
  answerText,
  match,
  type Tape,
  type TapeCall,
  type TapeRequest,
  type Verdict,
} from "../../domain/tape.ts";
import type { Model, ModelOptions, ModelReply, ModelRequest } from "../../ports/model.ts";
import { endOf, failed } from "./failure.ts";
import { readTape } from "./tape-file.ts";

export interface TapeModel extends Model {
  /** The fixture's next turn begins, counted from 1: calls are counted within it. */
  turn(n: number): void;
  /** What became of every request so far, in order. */
  verdicts(): readonly Verdict[];
}

export interface TapeOptions {
  /** The model whose answers are wanted; whichever when absent. Only recorded tapes are held to it. */
  readonly model?: string;
  /** A prompt's file as it was, by name and hash. */
  readonly sourceOf?: (name: string, hash: string) => string | null;
}

/** A model that says what a tape holds, and says `stale` or `missing` where it does not hold it. */
export function tapeModel(tape: Tape, options: TapeOptions = {}): TapeModel {
  const verdicts: Verdict[] = [];
  let turn = 0;
  let call = 0;
  return {
    id: `tape:${tape.fixture}`,
    turn: (n) => {
      turn = n;
      call = 0;
    },
    verdicts: () => verdicts,
    ask: async (request, given) => {
      call += 1;
      const asked = { ...partsOf(request), turn, call, model: options.model ?? null };
      const found = match(tape, asked);
      const recorded = found.state === "missing" ? null : found.call;
      verdicts.push({
        state: found.state,
        why: found.state === "stale" ? found.why : null,
        asked,
        rendered: request.rendered,
        recorded,
        source:
          recorded && recorded.hash !== asked.hash
            ? (options.sourceOf?.(recorded.prompt, recorded.hash) ?? null)
            : null,
      });
      if (found.state === "missing") return failed("missing", `no call on the tape of ${tape.fixture}`);
      if (found.state === "stale") return failed("stale", `recorded under another ${nounOf(found.why)}`);
      return replay(found.call, tape, given);
    },
  };
}

/** The tape of a file. Throws `bad_config` when there is none or it is none. */
export async function openTape(file: string): Promise<TapeModel> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Fault("bad_config", `tape:${file}: there is no such file`, { cause });
  });
  return tapeModel(readTape(text, file));
}

/** What of a request a tape knows it by. */
export function partsOf({
  prompt,
  schema,
  question,
  repair,
}: ModelRequest): Omit<TapeRequest, "turn" | "call" | "model"> {
  return {
    prompt: prompt.name,
    version: prompt.version,
    hash: prompt.hash,
    schema: schema.hash,
    inputs: { given: { ...question.given }, heard: { ...question.heard } },
    ...(repair ? { repair: { ...repair } } : {}),
  };
}

async function replay(call: TapeCall, tape: Tape, { signal, onText }: ModelOptions): Promise<ModelReply> {
  const tokens = call.tokens ?? null;
  if (call.answer === undefined) return failed(call.failed ?? "missing", "it failed when recorded", tokens);
  const text = answerText(call.answer);
  for (const until of onText ? sentenceEnds(text) : []) {
    if (signal.aborted) break;
    onText?.(text.slice(0, until));
    await Promise.resolve();
  }
  if (signal.aborted) return failed(endOf(signal), "the request was ended", tokens);
  return { ok: true, text, model: call.model ?? tape.model ?? `tape:${tape.fixture}`, tokens };
}

/** Where to stop for breath in JSON text: after each sentence, and at the end. */
function sentenceEnds(text: string): number[] {
  const ends = Array.from(text.matchAll(/[.!?。](?=\s|\\n|")/g), (found) => found.index + 1);
  return ends.at(-1) === text.length ? ends : [...ends, text.length];
}

function nounOf(why: string): string {
  return why === "inputs" ? "conversation" : why;
}
