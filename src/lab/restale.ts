import { hash } from "node:crypto";
import { canonical } from "../domain/hash.ts";
import type { Tape, TapeCall } from "../domain/tape.ts";
import type { Prompt } from "../ports/prompts.ts";
import { type Crew, staleBetween } from "./cast.ts";
import type { Outcome, PlayedCall } from "./outcome.ts";
import { verdictOf } from "./play.ts";

/**
 * What a play with a tape comes to under another text of one prompt, without playing it again: the old answers are
 * given whether stale or not, so nothing else in the conversation changes. The same as playing it would give, which a
 * test holds it to. Throws what rendering throws.
 */
export async function restale(outcome: Outcome, tape: Tape, prompt: Prompt, crew: Crew): Promise<Outcome> {
  const recorded = new Map(tape.calls.map((call) => [inputsOf(call), call]));
  const turns = [];
  for (const turn of outcome.turns) {
    const calls: PlayedCall[] = [];
    for (const played of turn.calls) calls.push(await under(played, prompt, recorded, crew));
    turns.push({ ...turn, calls });
  }
  const { house: _, ...rest } = outcome;
  return { ...rest, turns, verdict: outcome.verdict === "error" ? "error" : verdictOf(turns) };
}

async function under(
  played: PlayedCall,
  prompt: Prompt,
  recorded: ReadonlyMap<string, TapeCall>,
  crew: Crew,
): Promise<PlayedCall> {
  const { call } = played;
  if (call.prompt !== prompt.name || ["missing", "unasked"].includes(played.source)) return played;
  const then = recorded.get(`${call.prompt} ${call.inputs}`);
  // Other inputs than on the tape: that it is stale does not hang on the prompt.
  if (!then) return played;
  const now = { ...call, hash: prompt.hash, version: prompt.version };
  const other = (played.stale?.changed ?? []).filter((what) => what !== "prompt");
  if (then.hash === prompt.hash && other.length === 0) return { call: now, source: "replayed" };
  const changed = then.hash === prompt.hash ? other : (["prompt", ...other] as const);
  const stale = await staleBetween(changed, then, prompt.render(then.inputs), null, crew);
  return { call: now, source: "stale", stale };
}

/** As the record of a question has it. */
function inputsOf({ prompt, inputs: { given, heard } }: TapeCall): string {
  return `${prompt} ${hash("sha256", canonical({ given, heard }), "hex").slice(0, 16)}`;
}
