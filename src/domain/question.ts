import { z } from "zod";
import type { AnswerTo, QuestionName } from "./questions/index.ts";

/**
 * A question to a language model, as a value: an adapter puts it, the log keeps what came back. Its prompt is the file
 * of the same name in prompts/.
 */
export interface Question<N extends QuestionName = QuestionName> {
  readonly prompt: N;
  /** Made by code out of typed values. */
  readonly given: Readonly<Record<string, string>>;
  /**
   * Words of others: the counterpart, reviews, policies, catalogue texts. Whoever renders the prompt MUST fence them as
   * data, whatever the prompt says.
   */
  readonly heard: Readonly<Record<string, string>>;
}

/** Why a question got no answer; the house then goes on by itself. */
export const NoAnswer = z.enum([
  "unauthorized",
  "rate_limited",
  "server_error",
  "unreachable",
  "timeout",
  /** The counterpart spoke over it, or left. */
  "aborted",
  /** Whoever listened to the answer as it came had heard enough. */
  "stopped",
  /** The stream ended before the answer did. */
  "cut_off",
  "too_long",
  "empty",
  "refused",
  /** Not of the schema, after one repair. */
  "bad_answer",
  "bad_request",
  /** Calls, tokens or money of the turn or the session are used up. */
  "budget",
  "circuit_open",
  /** Tapes only: recorded under another prompt, schema or model; or never recorded. */
  "stale",
  "missing",
]);
export type NoAnswer = z.infer<typeof NoAnswer>;

/** The staff side's record of one question: what was asked of whom, what it cost, what came back. */
export const Call = z.strictObject({
  prompt: z.string().max(60),
  version: z.int(),
  /** Of the prompt file, and of what was put into it: hex SHA-256, 16 characters. */
  hash: z.string(),
  inputs: z.string(),
  /** As configured; what the provider says it is, when that differs. */
  model: z.string(),
  reported: z.string().optional(),
  outcome: z.union([z.literal("answered"), NoAnswer]),
  /** Requests sent, retries and repair included; 0 when none was. */
  requests: z.int().min(0),
  repaired: z.boolean(),
  /** Null where the provider does not say. */
  tokens: z.strictObject({ in: z.int(), out: z.int() }).nullable(),
  /** Millionths of a US dollar; null where prices or tokens are unknown. */
  micro_usd: z.int().nullable(),
  ms: z.int().min(0),
  /** The answer, or as much of it as had come; absent when nothing usable had. */
  answer: z.unknown().optional(),
  /** The cause, for the log; never sent to a counterpart. */
  detail: z.string().max(400).optional(),
});
export type Call = z.infer<typeof Call>;

/** What became of a question. `partial` is as much of the answer as had come. */
export type Asked<N extends QuestionName = QuestionName> =
  | { readonly ok: true; readonly answer: AnswerTo<N>; readonly call: Call }
  | {
      readonly ok: false;
      readonly why: NoAnswer;
      readonly partial: Partial<AnswerTo<N>> | null;
      readonly call: Call;
    };

/** Listens to an answer while it comes; `stop` ends it there, with `stopped`. */
export type Hear<N extends QuestionName = QuestionName> = (partial: Partial<AnswerTo<N>>) => "on" | "stop";

/** A question whose answer may be said while it comes. */
export interface Saying {
  readonly question: Question<"word">;
  /**
   * All the words of the reply so far, those of earlier tries included, as far as they are whole and verified, given
   * what has come of this answer; with more it only grows, and the finished words begin with it. `stop` when something
   * that came may not be said.
   */
  sayable(partial: Partial<AnswerTo<"word">>): { readonly text: string; readonly stop: boolean };
}
