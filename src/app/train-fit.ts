import { LABELS, type Label, PLACES } from "../understanding/act-features.ts";
import type { ActModel } from "../understanding/act-model.ts";

/** One message: the places of its features, and what it is meant to do. */
export interface Example {
  readonly features: Uint32Array;
  readonly labels: ReadonlySet<Label>;
}

export interface Fit {
  readonly epochs: number;
  readonly rate: number;
  /** Weight of the squared weights. */
  readonly penalty: number;
}

/**
 * Logistic regression for each label by itself, by AdaGrad (Duchi, Hazan and Singer 2011), in an order that follows from
 * `seed` alone; then rounded to whole steps, 127 of them to the largest weight.
 */
export function fitted(examples: readonly Example[], { epochs, rate, penalty }: Fit, seed = 1): ActModel {
  const models = LABELS.map((label) => oneFitted(examples, label, { epochs, rate, penalty }, seed));
  const steps = models.map(
    (weights) =>
      Math.max(
        1e-9,
        weights.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
      ) / 127,
  );
  return {
    steps,
    weights: models.map((weights, i) =>
      Int8Array.from(weights, (one) => Math.round(one / (steps[i] as number))),
    ),
  };
}

function oneFitted(
  examples: readonly Example[],
  label: Label,
  { epochs, rate, penalty }: Fit,
  seed: number,
): Float64Array {
  const weights = new Float64Array(PLACES);
  const squares = new Float64Array(PLACES);
  const order = examples.map((_, i) => i);
  let state = seed;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const j = state % (i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const at of order) {
      const { features, labels } = examples[at] as Example;
      const length = Math.sqrt(features.length);
      let sum = 0;
      for (const place of features) sum += weights[place] as number;
      const error = (1 / (1 + Math.exp(-sum / length)) - (labels.has(label) ? 1 : 0)) / length;
      if (Math.abs(error) < 1e-4) continue;
      for (const place of features) {
        const slope = error + penalty * (weights[place] as number);
        squares[place] = (squares[place] as number) + slope * slope;
        weights[place] =
          (weights[place] as number) - (rate * slope) / (Math.sqrt(squares[place] as number) + 1e-6);
      }
    }
  }
  return weights;
}
