import type { NoAnswer, Question } from "../domain/question.ts";
import type { Prompt, Rendered } from "./prompts.ts";

/** One request to a language model. */
export interface ModelRequest {
  readonly question: Question;
  readonly prompt: Prompt;
  readonly rendered: Rendered;
  /** JSON Schema of the answer as strict structured output takes it, its name, and its hash (hex SHA-256, 16 characters). */
  readonly schema: {
    readonly name: string;
    readonly json: Readonly<Record<string, unknown>>;
    readonly hash: string;
  };
  /** An answer that was not of the schema, and what was wrong with it: the last chance to do better. */
  readonly repair?: { readonly answer: string; readonly problem: string };
}

export interface ModelOptions {
  /** MUST abort the request upstream, not only stop waiting for it. */
  readonly signal: AbortSignal;
  /** Given the whole text so far, whenever it grew; its presence asks for streaming. */
  readonly onText?: (text: string) => void;
}

export type ModelReply =
  | {
      readonly ok: true;
      /** The answer as it came, expected to be JSON. */
      readonly text: string;
      /** What the provider says the model was. */
      readonly model: string;
      readonly tokens: { readonly in: number; readonly out: number } | null;
    }
  | {
      readonly ok: false;
      readonly why: NoAnswer;
      /** For the log; MUST hold no key. */
      readonly detail: string;
      readonly retry_after_ms: number | null;
      readonly tokens: { readonly in: number; readonly out: number } | null;
    };

/**
 * A language model. MUST NOT throw: every failure is a reply with `ok: false`. MUST make one request a call, without
 * retries of its own. MUST give up a text longer than `BOUNDS.answer_bytes` with `too_long`, a stream that ends before
 * it was finished with `cut_off`, no text with `empty`, a refusal with `refused`. MUST NOT keep what it is asked.
 */
export interface Model {
  /** As configured, with no secret in it: `openai:gpt-5-mini`. */
  readonly id: string;
  ask(request: ModelRequest, options: ModelOptions): Promise<ModelReply>;
}
