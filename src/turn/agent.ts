import type { Act, Reading } from "../domain/act.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { Asked, Question, Saying } from "../domain/question.ts";
import type { Move, Words } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";

export type { Saying };

/** What the agent's parts may know: the public side of a turn. No limits, no reasons, no other session. */
export interface AgentContext {
  readonly state: State;
  readonly vendor: Vendor;
  readonly now: string;
  /** What staff told the agent for this reply: for its words alone. */
  readonly whispers?: readonly string[];
}

/**
 * The parts of a turn that a language model helps with. Each is a generator: it yields questions, is given what became
 * of them, and returns a value of the same closed type that the house alone would make. Pure: nothing here waits,
 * reads a clock or reaches for anything.
 */
export interface Agent {
  /** Free text that the house grammar is not sure of. Asks nothing when it is. */
  understand(text: string, context: AgentContext): Generator<Question<"read">, Reading, Asked<"read">>;
  /** One round of further look-ups for a question that needs several facts; none when what is known is enough. */
  research(
    text: string,
    acts: readonly Act[],
    evidence: Evidence,
    round: number,
    context: AgentContext,
  ): Generator<Question<"research">, readonly Act[], Asked<"research">>;
  /** What fills the silence on a voice channel while an answer is being made; varies by `seq`. */
  filler(lang: Lang, seq: number): string;
  /** Words for a move, verified against it; where they cannot be had, the house's. */
  phrase(
    text: string,
    move: Move,
    house: Words,
    context: AgentContext,
  ): Generator<Saying, Words, Asked<"word">>;
}
