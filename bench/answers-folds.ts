import { seeded } from "../src/arena/random.ts";
import { likely, scoreOf } from "../src/knowledge/rank.ts";
import { type Piece, queryOf, type Traits, traitsOf } from "../src/knowledge/traits.ts";
import type { Support, Weights } from "../src/knowledge/weights.ts";
import type { Judged, SetName } from "./answers-data.ts";
import { fitted } from "./answers-fit.ts";
import { pieceOf } from "./answers-pieces.ts";
import { supportFitted } from "./answers-support.ts";

/** A question with its pieces as the ranking sees them. */
export interface Read {
  readonly set: SetName;
  readonly one: Judged;
  readonly pieces: readonly Piece[];
  readonly traits: readonly Traits[];
}

/** What is said to a question: its candidates best first, and whether the best is given as an answer. */
export interface Verdict {
  readonly set: SetName;
  readonly one: Judged;
  readonly order: readonly number[];
  readonly answers: boolean;
}

export interface Constants {
  readonly weights: Weights;
  readonly support: Support;
}

export function read(set: SetName, one: Judged): Read {
  const query = queryOf({ text: one.question, title: one.title });
  const pieces = one.candidates.map(pieceOf);
  return { set, one, pieces, traits: pieces.map((piece) => traitsOf(query, piece)) };
}

/** The constants that these questions teach. ePQA and semiPQA count alike, however many questions each has. */
export function learned(questions: readonly Read[]): Constants {
  const texts = questions.filter(({ set }) => set === "epqa").length;
  const share = texts === 0 ? 1 : (questions.length - texts) / texts;
  const weights = fitted(
    questions.map(({ set, one, traits }) => ({
      traits,
      supports: one.candidates.map((candidate) => candidate.supports),
      times: set === "epqa" ? Math.max(1, share) : 1,
    })),
  );
  const bests = questions.map((question) => {
    const [at, score] = ordered(question, weights)[0] ?? [0, 0];
    const { pieces, one } = question;
    return { score, kind: pieces[at]?.kind ?? "review", answerable: isAnswerable(one) };
  });
  return { weights, support: supportFitted(bests) };
}

export function judgedBy({ weights, support }: Constants, question: Read): Verdict {
  const order = ordered(question, weights);
  const [at, score] = order[0] ?? [0, 0];
  const answers = likely(score, question.pieces[at]?.kind ?? "review", support) >= support.least;
  return { set: question.set, one: question.one, order: order.map(([at]) => at), answers };
}

/** Each question by constants that no question with the same key taught: by default none about its product. */
export function crossValidated(
  questions: readonly Read[],
  keyOf: (one: Judged) => string = ({ group }) => group,
): readonly Verdict[] {
  const fold = questions.map(({ one }) => foldOf(keyOf(one), FOLDS));
  return Array.from({ length: FOLDS }, (_, out) => {
    const constants = learned(questions.filter((_, at) => fold[at] !== out));
    return questions.filter((_, at) => fold[at] === out).map((question) => judgedBy(constants, question));
  }).flat();
}

/** The name of the attribute that answers, so that none is taught by questions about itself. */
export function attributeOf({ candidates, group }: Judged): string {
  const answer = candidates.find(({ source, supports }) => supports && source === "attribute");
  return answer?.text.split(":")[0] ?? group;
}

export function foldOf(group: string, folds: number): number {
  return Math.floor(seeded("answers", group)() * folds);
}

export const FOLDS = 5;

export function isAnswerable({ candidates }: Judged): boolean {
  return candidates.some(({ supports }) => supports);
}

function ordered({ traits }: Read, weights: Weights): (readonly [at: number, score: number])[] {
  return traits.map((one, at) => [at, scoreOf(one, weights)] as const).sort((a, b) => b[1] - a[1]);
}
