import type { Purse } from "../asking/asker.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Message } from "../domain/event.ts";
import type { State } from "../domain/state.ts";
import type { TurnPorts } from "../turn.ts";
import type { House } from "./house.ts";
import type { Watcher } from "./watcher.ts";

/** The questions of one turn: all of them share the time since `began` (of the process clock), and end when it is `gone`. */
export function questionsOf(
  model: House["model"],
  purse: Purse | null,
  { channel }: State,
  began: number,
  gone: AbortSignal,
): TurnPorts["ask"] {
  const within = channel === "voice" ? BOUNDS.voice_ms : BOUNDS.turn_model_ms;
  return (question, hear, cut) => {
    if (!model || !purse) throw new TypeError("a question without anybody to ask");
    return model.asker.ask(question, {
      purse,
      signal: cut ? AbortSignal.any([gone, cut]) : gone,
      within_ms: within - (performance.now() - began),
      ...(hear ? { hear } : {}),
    });
  };
}

/** On a voice channel silence is filled while a model is at work; `say` is called unless it ends before. */
export function fillerFor(
  model: House["model"],
  { text }: Message,
  { channel, lang, seq }: State,
  say: (speech: string) => void,
): { end(): void } {
  if (!model || text === undefined || channel !== "voice") return { end: () => {} };
  const timer = setTimeout(() => say(model.agent.filler(lang, seq)), BOUNDS.filler_ms);
  return { end: () => clearTimeout(timer) };
}

/** A turn under way: whose message it works on, and how its questions are ended when nobody waits for it any more. */
export interface Working {
  readonly from: Watcher | null;
  readonly left: AbortSignal | undefined;
  /** Not so: the house does without a model. */
  readonly helped: boolean;
  readonly gone: AbortController;
  /** Of the process clock. */
  readonly began: number;
}
