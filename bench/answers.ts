import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ranked } from "../src/knowledge/rank.ts";
import { TRAITS } from "../src/knowledge/traits.ts";
import { SUPPORT, WEIGHTS } from "../src/knowledge/weights.ts";
import { bm25Verdicts, stemsOf, wordsOf } from "./answers-bm25.ts";
import { type Judged, judged, SETS, type SetName } from "./answers-data.ts";
import { abstained, abstainF1, figure, mrr, p1 } from "./answers-figures.ts";
import {
  attributeOf,
  type Constants,
  crossValidated,
  isAnswerable,
  judgedBy,
  learned,
  read,
  type Verdict,
} from "./answers-folds.ts";
import { live } from "./answers-live.ts";
import { pieceOf } from "./answers-pieces.ts";
import { rounded } from "./statistics.ts";

/** What the share of answerable questions with the right evidence first MUST reach. */
const BARS: Readonly<Record<SetName, number>> = { epqa: 0.66, semipqa_dev: 0.7, semipqa_seen: 0.64 };

/**
 * Questions about products, answered from evidence: which candidate comes first, and whether nothing answers; the gold
 * labels are the data set's. `p1` and `abstain` are cross-validated: every constant is fitted on four fifths of the
 * products and judged on the rest; `unseen_attributes` divides by the attribute that answers instead. `as_shipped` uses src/knowledge/weights.ts, which all the questions taught, and
 * `live` asks the gateway's knowledge itself with those. `--fit` prints what weights.ts should hold.
 */
export async function run(args: string[]): Promise<object> {
  const { values } = parseArgs({ args, options: { fit: { type: "boolean", default: false } } });
  const folder = join(resolve(process.env.PARLEY_DATA ?? "../shared/data"), "amazon-pqa");
  const names = Object.keys(SETS) as SetName[];
  const sets = names.map((name) => ({ name, all: judged(folder, name) }));
  const absent = sets.find(({ all }) => all === null);
  if (absent) return { skipped: `${join(folder, SETS[absent.name])} is not there; set PARLEY_DATA` };

  const questions = sets.flatMap(({ name, all }) => (all ?? []).map((one) => read(name, one)));
  const taught = learned(questions);
  if (values.fit) process.stdout.write(printed(taught));
  const verdicts = crossValidated(questions);
  const unseen = crossValidated(questions, attributeOf);
  const failures: string[] = [];
  const figures: Record<string, unknown> = {};
  const yardstick = sets.flatMap(({ name, all }) => bm25Verdicts(name, all ?? [], wordsOf));
  figures.abstain_f1 = abstaining(verdicts, yardstick);
  for (const { name, all } of sets) {
    const own = questions.filter(({ set }) => set === name);
    const shipped = own.map((one) => judgedBy({ weights: WEIGHTS, support: SUPPORT }, one));
    const { p1, abstain_f1, ...rest } = await measured(
      name,
      all ?? [],
      verdicts.filter(({ set }) => set === name),
      unseen.filter(({ set }) => set === name),
      shipped,
    );
    figures[`${name}_p1`] = p1;
    figures[`${name}_abstain_f1`] = abstain_f1;
    figures[name] = rest;
    if (p1.value < BARS[name]) failures.push(`${name}_p1 is ${p1.value}, under ${BARS[name]}`);
    const stated = Math.max(abstain_f1.bm25, abstain_f1.always);
    if (abstain_f1.value <= stated)
      failures.push(`${name}_abstain_f1 is ${abstain_f1.value}, not over ${stated}`);
    const { low, high, bm25 } = p1;
    process.stdout.write(`${name}: P@1 ${p1.value} (${low} to ${high}), BM25 ${bm25}; `);
    process.stdout.write(
      `abstaining F1 ${abstain_f1.value}, baselines ${abstain_f1.bm25} and ${abstain_f1.always}\n`,
    );
  }
  const drift = driftOf(taught);
  if (drift > DRIFT) failures.push(`src/knowledge/weights.ts is ${drift} off what is taught: see --fit`);
  return { ...figures, us_a_question: microseconds(sets.flatMap(({ all }) => all ?? [])), drift, failures };
}

/** Beyond this the constants in use are no longer those that the questions teach. */
const DRIFT = 0.01;

async function measured(
  name: SetName,
  all: readonly Judged[],
  verdicts: readonly Verdict[],
  unseen: readonly Verdict[],
  shipped: readonly Verdict[],
) {
  // In the order of the verdicts, so that the draws are paired.
  const bm25 = bm25Verdicts(
    name,
    verdicts.map(({ one }) => one),
    wordsOf,
  );
  const stemmed = bm25Verdicts(name, all, stemsOf);
  return {
    p1: {
      ...figure([verdicts], p1),
      bm25: rounded(p1(bm25), 3),
      bm25_without_plurals: rounded(p1(stemmed), 3),
      over_bm25: figure([verdicts, bm25], (ours, theirs) => p1(ours) - p1(theirs)),
      unseen_attributes: rounded(p1(unseen), 3),
      as_shipped: rounded(p1(shipped), 3),
    },
    abstain_f1: abstaining(verdicts, bm25),
    questions: all.length,
    unanswerable: all.filter((one) => !isAnswerable(one)).length,
    candidates: all.reduce((sum, { candidates }) => sum + candidates.length, 0),
    mrr: { ...figure([verdicts], mrr), bm25: rounded(mrr(bm25), 3) },
    live: liveFigures(all, await live(all)),
  };
}

/** Beside BM25 under a threshold of its own, and beside never answering. */
function abstaining(verdicts: readonly Verdict[], bm25: readonly Verdict[]) {
  const { right, wrong, missed } = abstained(verdicts);
  const unanswerable = right + missed;
  return {
    ...figure([verdicts], abstainF1),
    bm25: rounded(abstainF1(bm25), 3),
    always: rounded((2 * unanswerable) / (verdicts.length + unanswerable), 3),
    precision: rounded(right / (right + wrong), 3),
    recall: rounded(right / unanswerable, 3),
    answerable_refused: rounded(wrong / (verdicts.length - unanswerable), 3),
  };
}

/** The first citation answers; no citation is "not stated". */
function liveFigures(all: readonly Judged[], answers: Awaited<ReturnType<typeof live>>): object {
  const rows = all.map((one, at) => ({ one, cited: answers[at]?.cited ?? [], us: answers[at]?.us ?? 0 }));
  const isRight = ({ one, cited }: (typeof rows)[number]) =>
    one.candidates[cited[0] ?? -1]?.supports === true;
  const answerable = rows.filter(({ one }) => isAnswerable(one));
  const given = rows.filter(({ cited }) => cited.length > 0);
  const silent = rows.filter(({ cited }) => cited.length === 0);
  const silentRightly = silent.filter(({ one }) => !isAnswerable(one)).length;
  return {
    p1: rounded(answerable.filter(isRight).length / answerable.length, 3),
    right_of_given: rounded(given.filter(isRight).length / given.length, 3),
    answerable_refused: rounded((silent.length - silentRightly) / answerable.length, 3),
    abstain_f1: rounded((2 * silentRightly) / (silent.length + rows.length - answerable.length), 3),
    us: Math.round(rows.reduce((sum, { us }) => sum + us, 0) / rows.length),
  };
}

/** Mean time to rank one question's candidates, pieces made before; each question's texts are read for the first time. */
function microseconds(all: readonly Judged[]): number {
  const asked = all.map(({ question, title, candidates }) => ({
    sought: { text: question, title },
    pieces: candidates.map(pieceOf),
  }));
  const begun = performance.now();
  for (const { sought, pieces } of asked) ranked(sought, pieces);
  return Math.round(((performance.now() - begun) * 1_000) / all.length);
}

function driftOf({ weights, support }: Constants): number {
  const off = [
    ...TRAITS.map((trait) => Math.abs(weights[trait] - WEIGHTS[trait])),
    ...(["base", "attribute", "slope", "least"] as const).map((part) =>
      Math.abs(support[part] - SUPPORT[part]),
    ),
  ];
  return rounded(Math.max(...off), 3);
}

function printed({ weights, support }: Constants): string {
  const lines = (values: object, digits: number) =>
    Object.entries(values).map(([name, value]) => `  ${name}: ${Number(value).toFixed(digits)},\n`);
  return ["WEIGHTS = {\n", ...lines(weights, 2), "};\nSUPPORT = {\n", ...lines(support, 3), "};\n"].join("");
}
