import type { Asked, Hear, Question } from "../domain/question.ts";
import type { QuestionName } from "../domain/questions/index.ts";

export interface AskOptions<N extends QuestionName> {
  readonly purse: Purse;
  /** Aborts the request upstream. */
  readonly signal: AbortSignal;
  /** Milliseconds left for this question, retries and repair included. */
  readonly within_ms: number;
  readonly hear?: Hear<N>;
}

/** What one session may still spend on questions. */
export interface Purse {
  /** A new turn begins: its own bounds start again, the session's go on. */
  turn(): void;
}

/** What a session spent before, from its log. */
export interface Spent {
  readonly questions: number;
  readonly tokens: number;
  readonly micro_usd: number;
}

/** Puts questions to language models, within limits. Never throws: what cannot be answered says why. */
export interface Asker {
  ask<N extends QuestionName>(question: Question<N>, options: AskOptions<N>): Promise<Asked<N>>;
  purse(spent: Spent): Purse;
}
