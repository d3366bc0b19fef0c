import { TRAITS, type Traits } from "../src/knowledge/traits.ts";
import type { Weights } from "../src/knowledge/weights.ts";

/** A question as fitting sees it: the traits of its candidates, and which of them answer. */
export interface Example {
  readonly traits: readonly Traits[];
  readonly supports: readonly boolean[];
  /** How often it counts. */
  readonly times: number;
}

type Sparse = readonly (readonly [trait: number, value: number])[];

/**
 * The weights under which a draw by softmax of the scores is likeliest to be a candidate that answers, less a penalty
 * on their squares (gradient descent by Adam). Questions that nothing answers say nothing of order.
 */
export function fitted(examples: readonly Example[], penalty = PENALTY): Weights {
  const rows = examples
    .filter(({ supports }) => supports.some(Boolean))
    .map(({ traits, supports, times }) => ({ xs: traits.map(sparse), supports, times }));
  const weights = new Float64Array(TRAITS.length);
  const first = new Float64Array(TRAITS.length);
  const second = new Float64Array(TRAITS.length);
  const size = rows.reduce((sum, { times }) => sum + times, 0);
  for (let step = 1; step <= STEPS; step++) {
    const slope = new Float64Array(TRAITS.length);
    for (const { xs, supports, times } of rows) {
      const scores = xs.map((x) =>
        x.reduce((sum, [trait, value]) => sum + (weights[trait] as number) * value, 0),
      );
      const top = Math.max(...scores);
      const parts = scores.map((score) => Math.exp(score - top));
      const all = parts.reduce((sum, part) => sum + part, 0);
      const good = parts.reduce((sum, part, at) => sum + (supports[at] ? part : 0), 0);
      for (const [at, x] of xs.entries()) {
        const part = parts[at] as number;
        const pull = (times / size) * (part / all - (supports[at] ? part / good : 0));
        for (const [trait, value] of x) slope[trait] = (slope[trait] as number) + pull * value;
      }
    }
    for (let k = 0; k < weights.length; k++) {
      const g = (slope[k] as number) + penalty * (weights[k] as number);
      first[k] = 0.9 * (first[k] as number) + 0.1 * g;
      second[k] = 0.999 * (second[k] as number) + 0.001 * g * g;
      const [m, v] = [(first[k] as number) / (1 - 0.9 ** step), (second[k] as number) / (1 - 0.999 ** step)];
      weights[k] = (weights[k] as number) - (0.1 * m) / (Math.sqrt(v) + 1e-8);
    }
  }
  return Object.fromEntries(TRAITS.map((trait, k) => [trait, weights[k] as number])) as Weights;
}

const STEPS = 150;
const PENALTY = 0.003;

function sparse(traits: Traits): Sparse {
  return TRAITS.flatMap((trait, k) => (traits[trait] ? [[k, traits[trait]] as const] : []));
}
