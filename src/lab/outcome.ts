import type { Reading } from "../domain/act.ts";
import type { FaultCode } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { Move, Words } from "../domain/reply.ts";
import type { Lang } from "../domain/text.ts";
import type { Mode } from "./fixture.ts";

/**
 * `stale`: a question had no answer for the prompts as they stand, so nothing is claimed of what would have been said;
 * it is neither a pass nor a fail. `error`: the fixture could not be played at all.
 */
export type Verdict = "pass" | "fail" | "stale" | "error";

/**
 * Where the answer to a question came from. `live`: from a model, real or scripted, just now; `unasked`: no request was
 * sent, as with a budget used up.
 */
export type Source = "replayed" | "stale" | "missing" | "live" | "unasked";

export interface PlayedCall {
  readonly call: Call;
  readonly source: Source;
  /** With `stale`: what it was recorded under and what it meets now. */
  readonly stale?: StaleCall;
  /** With `missing`: what the checker had against the words of the answer before, for which it was asked again. */
  readonly objection?: string;
}

/** Why a recorded answer no longer counts, and what the edit does to the request. */
export interface StaleCall {
  /** What changed since: the prompt file, what was put into it, the schema of the answer, the model. */
  readonly changed: readonly ("prompt" | "inputs" | "schema" | "model")[];
  /** Unified diff of the rendered prompt, recorded against now; empty when it reads the same. */
  readonly diff: string;
  /** The prompt as it was is nowhere any more, so there is nothing to compare with. */
  readonly unkept?: true;
  /** Of the rendered prompt, at four characters a token. */
  readonly tokens: { readonly before: number; readonly after: number };
}

/** One expectation that did not hold: `path` as in the fixture, `offer.unit_price`. */
export interface Failure {
  readonly path: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

/** What one turn came to. Plain JSON. */
export interface PlayedTurn {
  /** From 1. */
  readonly n: number;
  /** What the counterpart said: its words, or the typed act. */
  readonly message: { readonly say: string } | { readonly act: Readonly<Record<string, unknown>> };
  /** What it was understood as; null when the message was refused. */
  readonly reading: Reading | null;
  readonly move: Move | null;
  readonly words: Words | null;
  readonly fault: { readonly code: FaultCode; readonly message: string } | null;
  /** Whose words left; null when none did. */
  readonly by: "house" | "model" | null;
  readonly calls: readonly PlayedCall[];
  readonly tokens: { readonly in: number; readonly out: number };
  readonly micro_usd: number;
  /** With a tape, its recorded milliseconds stand for the model's. */
  readonly ms: number;
  readonly failures: readonly Failure[];
}

/** What one played fixture came to. Plain JSON. */
export interface Outcome {
  readonly fixture: string;
  readonly file: string;
  readonly about: string;
  readonly lang: Lang;
  readonly mode: Mode;
  /** As configured, `openai:gpt-5-mini`; of a tape, the model it was recorded from; null in house mode. */
  readonly model: string | null;
  readonly verdict: Verdict;
  /** Why it could not be played, with `error`. */
  readonly problem?: string;
  readonly turns: readonly PlayedTurn[];
  /** With `stale`: what the house alone makes of the same fixture now. */
  readonly house?: Outcome;
  /** With `--repeat`: how many of how many passed, and the 95% Wilson interval of the pass rate. */
  readonly repeat?: {
    readonly passed: number;
    readonly of: number;
    readonly low: number;
    readonly high: number;
  };
}

export interface Totals {
  readonly calls: number;
  readonly tokens: number;
  readonly micro_usd: number;
  readonly ms: number;
}

export function totals(outcome: Outcome): Totals {
  let [calls, tokens, micro_usd, ms] = [0, 0, 0, 0];
  for (const turn of outcome.turns) {
    calls += turn.calls.length;
    tokens += turn.tokens.in + turn.tokens.out;
    micro_usd += turn.micro_usd;
    ms += turn.ms;
  }
  return { calls, tokens, micro_usd, ms };
}

/** Tokens and millionths of a dollar, each null where no call of it tells: a tape written by hand, an unknown price. */
export function known(outcome: Outcome): Record<"tokens" | "micro_usd", number | null> {
  const calls = outcome.turns.flatMap((turn) => turn.calls.map(({ call }) => call));
  const { tokens, micro_usd } = totals(outcome);
  return {
    tokens: calls.some((call) => call.tokens !== null) ? tokens : null,
    micro_usd: calls.some((call) => call.micro_usd !== null) ? micro_usd : null,
  };
}

/** Of the turns in which words were asked of a model, those whose reply left in its words. */
export function worded(outcome: Outcome): { readonly own: number; readonly of: number } {
  const asked = outcome.turns.filter(({ calls }) => calls.some(({ call }) => call.prompt === "word"));
  return { own: asked.filter(({ by }) => by === "model").length, of: asked.length };
}

/** What the turn was asked, on one line. */
export function saidIn({ message }: PlayedTurn): string {
  return "say" in message ? message.say : JSON.stringify(message.act);
}
