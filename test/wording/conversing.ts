import type { Asked, Call, NoAnswer, Question, Saying } from "../../src/domain/question.ts";
import type { AnswerTo } from "../../src/domain/questions/index.ts";
import type { Words } from "../../src/domain/reply.ts";
import { initial, type State } from "../../src/domain/state.ts";
import type { Wording } from "../../src/wording/brief-question.ts";
import { phrase } from "../../src/wording/phrase.ts";
import type { Context } from "../../src/wording/templates.ts";

type Answer = AnswerTo<"word">;

/** What a scripted model gives: an answer, or a failure after so much of one. */
export type Given = Answer | { readonly why: NoAnswer; readonly partial?: Partial<Answer> };

export interface Conversed {
  readonly words: Words;
  readonly questions: readonly Question[];
  /** What could be said, each time more of an answer came. */
  readonly heard: readonly string[];
  readonly asked: readonly Asked<"word">[];
}

/** Words a turn with a model that gives these answers in turn, `by` letters at a time, and listens as a session would. */
export function converse(wording: Wording, answers: readonly Given[], by = 1): Conversed {
  const { text, move, house, state, vendor } = wording;
  const steps = phrase(text, move, house, { state, vendor });
  const questions: Question[] = [];
  const heard: string[] = [];
  const asked: Asked<"word">[] = [];
  let step = steps.next();
  while (!step.done) {
    const next = answers[questions.length];
    if (!next) throw new Error(`nobody was to be asked a question number ${questions.length + 1}`);
    questions.push(step.value.question);
    const came = listen(step.value, next, by, (said) => heard.push(said));
    asked.push(came);
    step = steps.next(came);
  }
  return { words: step.value, questions, heard, asked };
}

/** A chat that has just been opened. */
export function stateOf({ lang, currency }: Pick<Context, "lang" | "currency">): State {
  return initial(
    {
      ...{ kind: "opened", at: "2026-11-14T14:00:00.000Z", lang, currency, channel: "chat" },
      party: { principal: "p", kind: "person", tier: "anonymous" },
      ...{ vendor: "harbour", ship_to: { country: "US" }, rounds: 10 },
    } as Parameters<typeof initial>[0],
    1,
  );
}

function listen({ sayable }: Saying, given: Given, by: number, say: (said: string) => void): Asked<"word"> {
  const failing = "why" in given;
  const answer: Partial<Answer> = failing ? (given.partial ?? {}) : given;
  const { text = "", speech } = answer;
  const partials: Partial<Answer>[] = [];
  for (let end = 1; end <= text.length; end += by) partials.push({ text: text.slice(0, end) });
  if (speech !== undefined) partials.push({ text, speech: "" }, { text, speech });
  for (const partial of partials) {
    const { text: said, stop } = sayable(partial);
    say(said);
    if (stop) return { ok: false, why: "stopped", partial, call };
  }
  if (failing) return { ok: false, why: given.why, partial: given.partial ?? null, call };
  return { ok: true, answer: given, call };
}

const call: Call = {
  ...{ prompt: "word", version: 1, hash: "h", inputs: "i", model: "scripted:test", outcome: "answered" },
  ...{ requests: 1, repaired: false, tokens: null, micro_usd: null, ms: 0 },
};
