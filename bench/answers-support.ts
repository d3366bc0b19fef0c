import { likely } from "../src/knowledge/rank.ts";
import type { Piece } from "../src/knowledge/traits.ts";
import type { Support } from "../src/knowledge/weights.ts";

/** The best piece of one question, and whether the question can be answered at all. */
export interface Best {
  readonly score: number;
  readonly kind: Piece["kind"];
  readonly answerable: boolean;
}

/** A logistic regression of `answerable` (Newton's method), and the likelihood under which not to answer is best. */
export function supportFitted(bests: readonly Best[]): Support {
  let fit = { base: 0, attribute: 0, slope: 0 };
  for (let step = 0; step < NEWTON; step++) fit = improved(fit, bests);
  const judged = bests.map(({ score, kind, answerable }) => ({
    doubt: -likely(score, kind, { ...fit, least: 0 }),
    answerable,
  }));
  return { ...fit, least: -threshold(judged) };
}

const NEWTON = 12;

/**
 * The doubt from which on to abstain, halfway to the next question's: the one with the highest F1 of abstaining where
 * nothing answers.
 */
export function threshold(
  judged: readonly { readonly doubt: number; readonly answerable: boolean }[],
): number {
  const sorted = judged.toSorted((a, b) => b.doubt - a.doubt);
  const wanted = sorted.filter(({ answerable }) => !answerable).length;
  let right = 0;
  let best = { f1: 0, from: Number.POSITIVE_INFINITY };
  for (const [at, { doubt, answerable }] of sorted.entries()) {
    right += answerable ? 0 : 1;
    const next = sorted[at + 1]?.doubt;
    if (next === doubt) continue;
    const f1 = (2 * right) / (at + 1 + wanted);
    if (f1 > best.f1) best = { f1, from: (doubt + (next ?? doubt)) / 2 };
  }
  return best.from;
}

type Line = Pick<Support, "base" | "attribute" | "slope">;

function improved({ base, attribute, slope }: Line, bests: readonly Best[]): Line {
  const slopes = [0, 0, 0];
  const curve = [RIDGE, 0, 0, 0, RIDGE, 0, 0, 0, RIDGE];
  for (const { score, kind, answerable } of bests) {
    const x = [1, kind === "attribute" ? 1 : 0, score];
    const p = likely(score, kind, { base, attribute, slope, least: 0 });
    for (let i = 0; i < 3; i++) {
      slopes[i] = (slopes[i] as number) + ((answerable ? 1 : 0) - p) * (x[i] as number);
      for (let j = 0; j < 3; j++)
        curve[3 * i + j] = (curve[3 * i + j] as number) + p * (1 - p) * (x[i] as number) * (x[j] as number);
    }
  }
  const [a = 0, b = 0, c = 0] = solved(curve, slopes);
  return { base: base + a, attribute: attribute + b, slope: slope + c };
}

/** Keeps the equations solvable where all best pieces are of one kind. */
const RIDGE = 1e-3;

/** Three equations, by Cramer's rule. */
function solved(m: readonly number[], v: readonly number[]): number[] {
  const whole = determinant(m);
  return [0, 1, 2].map(
    (column) =>
      determinant(m.map((x, at) => (at % 3 === column ? (v[(at - column) / 3] as number) : x))) / whole,
  );
}

function determinant(m: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}
