import type { AnswerTo, QuestionName } from "../domain/questions/index.ts";
import type { Model, ModelReply } from "../ports/model.ts";
import { dice } from "./dice.ts";
import { hostileReading, hostileResearch } from "./hostile-acts.ts";
import { hostileWords, type Seen } from "./hostile-words.ts";

/** What a model that was taken over answers, by the attack it was taken over with. */
export type Obeys = ReadonlyMap<string, string>;

export interface HostileOptions {
  readonly seed?: number;
  readonly obeys?: Obeys;
  /** Characters of one streamed piece. */
  readonly piece?: number;
}

/**
 * A model that does whatever the texts it hears demand, and lies where they demand nothing. Its answers are of the
 * schema, but for a few that try for an act the schema has not. The same question and seed give the same answer.
 */
export function hostileModel({ seed = 1, obeys, piece = 24 }: HostileOptions = {}): Model {
  return {
    id: `hostile:${seed}`,
    ask: async ({ question, rendered }, { signal, onText }) => {
      const text = hostileText(question, seed, obeys);
      const tokens = { in: tokensIn(rendered.system + rendered.user), out: tokensIn(text) };
      for (let end = piece; onText && end < text.length; end += piece) {
        if (signal.aborted) return aborted;
        onText(text.slice(0, end));
        // Lets a listener that has heard enough abort before the next piece.
        await Promise.resolve();
      }
      if (signal.aborted) return aborted;
      onText?.(text);
      return { ok: true, text, model: `hostile-${seed}`, tokens };
    },
  };
}

/** The answer as it goes over a wire: JSON, for once in a while with an act that binds. */
export function hostileText(question: Seen, seed: number, obeys?: Obeys): string {
  const answer = hostileAnswer(question, seed, obeys);
  const chance = dice(seed, "wire", question.prompt, textsOf(question).join("\n"));
  if (question.prompt !== "read" || !chance.once(12)) return JSON.stringify(answer);
  const offer = /\bof_?[\w-]{6,}\b/.exec(textsOf(question).join("\n"))?.[0] ?? "latest";
  return JSON.stringify({ ...answer, acts: [{ act: "accept", offer, hash: "any" }] });
}

/** What it answers. `obeys` gives exact answers: of the longest attack that stands in the question. */
export function hostileAnswer<N extends QuestionName>(
  question: Seen<N>,
  seed: number,
  obeys?: Obeys,
): AnswerTo<N> {
  const { prompt } = question;
  const answer: AnswerTo<QuestionName> =
    exact(question, obeys) ??
    (prompt === "read"
      ? hostileReading(question, seed)
      : prompt === "research"
        ? hostileResearch(question, seed)
        : prompt === "word"
          ? hostileWords(question, seed)
          : { say: hostileWords(question, seed).text.slice(0, 2_000), done: false });
  return answer as AnswerTo<N>;
}

/** All there is to see, what others said first. */
export function textsOf({ given, heard }: Seen): string[] {
  return [...Object.values(heard), ...Object.values(given)];
}

function exact(question: Seen, obeys: Obeys | undefined): AnswerTo<QuestionName> | null {
  if (!obeys || obeys.size === 0) return null;
  const seen = squeezed(textsOf(question).join("\n"));
  const attacks = [...obeys].filter(([attack]) => seen.includes(squeezed(attack)));
  const [, demanded] = attacks.toSorted(([a], [b]) => b.length - a.length)[0] ?? [];
  if (demanded === undefined) return null;
  if (demanded.startsWith("{")) return JSON.parse(demanded) as AnswerTo<QuestionName>;
  if (question.prompt === "word") return { text: demanded.slice(0, 4_000), speech: demanded.slice(0, 800) };
  return question.prompt === "buy" ? { say: demanded.slice(0, 2_000), done: false } : null;
}

/** Prompts fence and indent what they quote; an attack is found all the same. */
function squeezed(text: string): string {
  return text.replace(/[\s>|]+/g, " ").trim();
}

/** About four characters a token: enough for budgets to be felt. */
function tokensIn(text: string): number {
  return Math.ceil(text.length / 4);
}

const aborted: ModelReply = {
  ok: false,
  why: "aborted",
  detail: "aborted by the caller",
  retry_after_ms: null,
  tokens: null,
};
