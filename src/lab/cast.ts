import type { Asker } from "../asking/asker.ts";
import { canonical } from "../domain/hash.ts";
import type { Call } from "../domain/question.ts";
import type { TapeCall, Verdict } from "../domain/tape.ts";
import type { Model, ModelReply } from "../ports/model.ts";
import type { Prompts, Rendered } from "../ports/prompts.ts";
import type { Agent } from "../turn/agent.ts";
import type { Mode } from "./fixture.ts";
import type { PlayedCall, StaleCall } from "./outcome.ts";
import type { Cast } from "./play.ts";

/** A tape as it is played: what became of each request stands in `verdicts`, in order. */
export interface PlayedTape extends Model {
  turn(n: number): void;
  verdicts(): readonly Verdict[];
}

/** What it takes to play with a model. */
export interface Crew {
  readonly agent: Agent;
  readonly prompts: Prompts;
  readonly askerOf: (model: Model) => Asker;
  /** A prompt as it was, filled in; null when its file was not kept or is no prompt any more. */
  readonly renderedThen: (call: TapeCall, source: string | null) => Rendered | null;
}

/** Somebody who answers here and now: a model, real or scripted. */
export function liveCast(
  mode: Mode,
  model: Model,
  { agent, askerOf }: Crew,
  turn = (_n: number) => {},
): Cast {
  return {
    ...{ mode, model: model.id, turn },
    partner: { agent, asker: askerOf(model) },
    source: async ({ requests }) => ({ source: requests > 0 ? "live" : "unasked" }),
  };
}

/**
 * A tape. Where an edit made an answer stale, the old one is still given, so that the rest of the conversation is not
 * stale for that alone: what is reported is what the edit touches. The verdict is `stale` all the same.
 */
export function tapeCast(tape: PlayedTape, shown: string, crew: Crew): Cast {
  let seen = 0;
  return {
    ...{ mode: "tape", model: shown },
    turn: (n) => tape.turn(n),
    partner: { agent: crew.agent, asker: crew.askerOf(goingOn(tape)) },
    source: async ({ requests }: Call) => {
      const verdicts = tape.verdicts().slice(seen, seen + requests);
      seen += verdicts.length;
      const ms = verdicts.reduce((sum, { recorded }) => sum + (recorded?.ms ?? 0), 0);
      const stale = verdicts.find(({ state }) => state === "stale");
      if (stale) return { source: "stale", stale: await staleCall(stale, crew), ms };
      const missing = verdicts.find(({ state }) => state === "missing");
      if (missing) return { source: "missing", ...objectionIn(missing), ms };
      const source: PlayedCall["source"] = verdicts.length > 0 ? "replayed" : "unasked";
      return { source, ms };
    },
  };
}

function objectionIn({ asked: { inputs } }: Verdict): Pick<PlayedCall, "objection"> {
  const objection = inputs.heard.objection ?? inputs.given.objection;
  return objection ? { objection } : {};
}

/**
 * A model whose answers come at once. Nobody listens while they come, and how far an answer had come when its words
 * were found wanting would be chance: so what is recorded and what is replayed is always the whole.
 */
export function atOnce(model: Model): Model {
  return {
    id: model.id,
    ask: async (request, { signal, onText }) => {
      const reply = await model.ask(request, { signal });
      if (reply.ok) onText?.(reply.text);
      return signal.aborted && reply.ok ? STOPPED : reply;
    },
  };
}

function goingOn(tape: PlayedTape): Model {
  return atOnce({
    id: tape.id,
    ask: async (request, options) => oldAnswer(await tape.ask(request, options), tape),
  });
}

const STOPPED: ModelReply = {
  ...{ ok: false, why: "aborted", detail: "the request was ended" },
  ...{ retry_after_ms: null, tokens: null },
};

function oldAnswer(reply: ModelReply, tape: PlayedTape): ModelReply {
  const old = !reply.ok && reply.why === "stale" ? tape.verdicts().at(-1) : undefined;
  if (!old?.recorded?.answer || old.why === "inputs") return reply;
  const { answer, tokens = null, model = tape.id } = old.recorded;
  return { ok: true, text: typeof answer === "string" ? answer : JSON.stringify(answer), model, tokens };
}

async function staleCall({ asked, recorded, rendered, source }: Verdict, crew: Crew): Promise<StaleCall> {
  const changed: StaleCall["changed"][number][] = [];
  if (recorded && recorded.hash !== asked.hash) changed.push("prompt");
  if (recorded && recorded.schema !== asked.schema) changed.push("schema");
  if (recorded?.model && asked.model && recorded.model !== asked.model) changed.push("model");
  if (recorded && canonical(recorded.inputs) !== canonical(asked.inputs)) changed.push("inputs");
  return staleBetween(changed, recorded, rendered, source, crew);
}

/** What lies between a recorded request and the one made now. `source` is the prompt's file as it was, when kept. */
export async function staleBetween(
  changed: StaleCall["changed"],
  recorded: TapeCall | null,
  now: Rendered,
  source: string | null,
  crew: Crew,
): Promise<StaleCall> {
  const then = recorded ? crew.renderedThen(recorded, source) : null;
  const [before, after] = [then ? whole(then) : null, whole(now)];
  const tokens = { before: tokensOf(before ?? after), after: tokensOf(after) };
  if (before === null) return { changed, diff: "", tokens, unkept: true };
  if (before === after) return { changed, diff: "", tokens };
  return { changed, diff: await diffOf(recorded?.prompt ?? "", before, after), tokens };
}

async function diffOf(prompt: string, before: string, after: string): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const names = [`${prompt} as recorded`, `${prompt} now`] as const;
  const patch = createTwoFilesPatch(...names, before, after, undefined, undefined, { context: 2 });
  return patch.replace(/^=+\n/, "").trimEnd();
}

function whole({ system, user }: Rendered): string {
  return `# System\n\n${system}\n\n# User\n\n${user}\n`;
}

const CHARS_PER_TOKEN = 4;

function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}
