import { join } from "node:path";
import { Fault } from "../../src/domain/fault.ts";
import { likely, ranked, supports } from "../../src/knowledge/rank.ts";
import { queryOf, TRAITS, type Trait, type Traits, traitsOf } from "../../src/knowledge/traits.ts";
import { SUPPORT, WEIGHTS } from "../../src/knowledge/weights.ts";
import { judged, SETS, type SetName } from "../answers-data.ts";
import { abstainF1, mrr, p1 } from "../answers-figures.ts";
import { judgedBy, type Read, read, type Verdict } from "../answers-folds.ts";
import { dataFolder } from "../public-sets.ts";
import type { Evaluated, Wrong } from "./sheet.ts";
import { placeOf, type Step, trailOf } from "./trail.ts";

interface Answer {
  readonly question: Read;
  readonly verdict: Verdict;
}

/** With the weights as they are shipped, which all the questions taught: `bench answers` cross-validates them. */
export async function evaluate(): Promise<Evaluated> {
  const folder = join(dataFolder(), "amazon-pqa");
  const sets = (Object.keys(SETS) as SetName[]).map((name) => {
    const all = judged(folder, name);
    if (!all)
      throw new Fault("bad_config", `${join(folder, SETS[name])} is not there; PARLEY_DATA names its folder`);
    const answers = all.map((one): Answer => {
      const question = read(name, one);
      return { question, verdict: judgedBy({ weights: WEIGHTS, support: SUPPORT }, question) };
    });
    const verdicts = answers.map(({ verdict }) => verdict);
    const [first, middle, silent] = [p1, mrr, abstainF1].map((of) => rounded(of(verdicts)));
    return { name, answers, figures: { questions: all.length, p1: first, mrr: middle, abstain_f1: silent } };
  });
  const wrong = sets.flatMap(({ answers }) => answers.flatMap(wrongOf));
  return {
    table: [
      ["set", "questions", "P@1", "MRR", "abstaining F1"],
      ...sets.map(({ name, figures }) => [name, ...Object.values(figures).map((one) => one ?? "")]),
    ],
    wrong: wrong.sort((a, b) => b.by - a.by).map(({ is }) => is),
    figures: Object.fromEntries(sets.map(({ name, figures }) => [name, figures])),
  };
}

/** `by`: how far the wrong piece was before the right one, or the likelihood from the bound that divides the two. */
function wrongOf({ question, verdict }: Answer): { by: number; is: Wrong }[] {
  const { one, order, answers } = verdict;
  const chosen = order[0] ?? 0;
  const right = order.find((at) => one.candidates[at]?.supports);
  if (right === undefined)
    return answers ? [misjudged(question, chosen, "nothing answers it, and something was given")] : [];
  if (right !== chosen) return [misranked(question, chosen, right)];
  return answers ? [] : [misjudged(question, chosen, "it is the answer, and was kept back")];
}

function misranked(question: Read, chosen: number, right: number): { by: number; is: Wrong } {
  const gap = scoreAt(question, chosen) - scoreAt(question, right);
  const parts = TRAITS.map((trait) => {
    const apart = (question.traits[chosen]?.[trait] ?? 0) - (question.traits[right]?.[trait] ?? 0);
    return { trait, worth: WEIGHTS[trait] * apart };
  })
    .filter(({ worth }) => Math.abs(worth) >= 0.05)
    .sort((a, b) => b.worth - a.worth);
  const spelt = parts.map(({ trait, worth }) => `${trait} ${worth > 0 ? "+" : ""}${worth.toFixed(2)}`);
  const top = parts[0]?.trait;
  const says: Wrong["says"] = [
    ["right", pieceAt(question, right)],
    ["chosen", pieceAt(question, chosen)],
    ["because", `${gap.toFixed(2)} ahead: ${spelt.join(", ")}`],
  ];
  // Of equal ones the first stays first.
  const alike = [{ name: "ranked", at: placeOf(ranked) }];
  const decided = () => (top === undefined ? alike : reader(question, top, [chosen, right]));
  return { by: gap, is: { text: question.one.question, says, decided } };
}

function misjudged(question: Read, chosen: number, what: string): { by: number; is: Wrong } {
  const [score, piece] = [scoreAt(question, chosen), question.pieces[chosen]];
  const likelihood = piece ? likely(score, piece.kind, SUPPORT) : 0;
  const says: Wrong["says"] = [
    ["wrong", what],
    ["chosen", pieceAt(question, chosen)],
    ["because", `likelihood ${likelihood.toFixed(2)}, stated from ${SUPPORT.least}`],
  ];
  const isSaid = (result: unknown) => typeof result === "boolean";
  const decided = () =>
    piece ? trailOf(() => supports({ piece, score }), { made: isSaid, given: () => false }) : [];
  return { by: Math.abs(likelihood - SUPPORT.least), is: { text: question.one.question, says, decided } };
}

/** Whoever saw the trait in the piece that has more of it. */
function reader({ one, pieces, traits }: Read, trait: Trait, places: readonly number[]): readonly Step[] {
  const [most = 0] = places.toSorted(
    (a, b) => Math.abs(traits[b]?.[trait] ?? 0) - Math.abs(traits[a]?.[trait] ?? 0),
  );
  const piece = pieces[most];
  if (!piece) return [];
  const query = queryOf({ text: one.question, title: one.title });
  const has = (result: unknown) => typeof result === "object" && result !== null && trait in result;
  return trailOf(() => traitsOf(query, piece), { made: has, given: () => false });
}

function scoreAt({ traits }: Read, at: number): number {
  const own: Traits = traits[at] ?? {};
  return TRAITS.reduce((sum, trait) => sum + WEIGHTS[trait] * (own[trait] ?? 0), 0);
}

function pieceAt({ pieces }: Read, at: number): string {
  const { kind, name, text } = pieces[at] ?? { kind: "", name: "", text: "" };
  return `${kind}${name === "" ? "" : ` ${name}`}: ${text.slice(0, 160)}`;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
