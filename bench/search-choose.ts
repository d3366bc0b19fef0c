import type { Weights } from "../src/adapters/lexical/weights.ts";

/** What is tried of each weight; every combination is, so that no order of trying matters. */
export const SPACE = {
  category: [1, 2, 4],
  specs: [0.2, 0.4],
  description: [2, 3],
  saturation: [0.6, 1.2],
  phrase: [0.2, 0.4],
  synonym: [0.1, 0.2],
  accessory: [0.8, 0.9],
} as const;

/** Every combination of the space, the other weights as in `base`. */
export function combinations(base: Weights): Weights[] {
  let all: Readonly<Record<string, number>>[] = [{}];
  for (const [name, values] of Object.entries(SPACE))
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return all.map(({ category, specs, description, ...rest }) => ({
    ...base,
    ...rest,
    columns: {
      ...base.columns,
      ...(category && specs && description ? { category, specs, description } : {}),
    },
  }));
}

/**
 * What each query scores with the weights that are best for all the *others*: `scores[w][q]` is weights w on query q. So
 * no query has a say in the weights it is measured with.
 */
export function leftOut(scores: readonly (readonly number[])[]): { score: number; chosen: number }[] {
  const sums = scores.map((of) => of.reduce((sum, one) => sum + one, 0));
  return (scores[0] ?? []).map((_, query) => {
    const others = sums.map((sum, at) => sum - (scores[at]?.[query] ?? 0));
    const chosen = others.indexOf(Math.max(...others));
    return { score: scores[chosen]?.[query] ?? 0, chosen };
  });
}

/** The combination that is best for all queries together. */
export function bestOfAll(scores: readonly (readonly number[])[]): number {
  const sums = scores.map((of) => of.reduce((sum, one) => sum + one, 0));
  return sums.indexOf(Math.max(...sums));
}
