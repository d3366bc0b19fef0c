import { type Label, PLACES } from "../understanding/act-features.ts";
import { type ActModel, softmax } from "../understanding/act-odds.ts";

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
  /** Sets of labels with fewer examples are taken for the largest that is known and lies within. */
  readonly fewest: number;
}

/**
 * Multinomial logistic regression over sets of labels, by AdaGrad (Duchi, Hazan and Singer 2011), in an order that follows
 * from `seed` alone; then rounded to whole steps, 127 of them to the largest weight of each set.
 */
export function fitted(examples: readonly Example[], fit: Fit, seed = 1): ActModel {
  const sets = setsOf(examples, fit.fewest);
  const size = sets.length;
  const targets = examples.map(({ labels }) => targetOf(labels, sets));
  const weights = new Float32Array(PLACES * size);
  const squares = new Float32Array(PLACES * size);
  const order = examples.map((_, i) => i);
  let state = seed;
  for (let epoch = 0; epoch < fit.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const j = state % (i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const at of order)
      stepped(weights, squares, (examples[at] as Example).features, targets[at] as number, size, fit);
  }
  return { sets, ...rounded(weights, size) };
}

function stepped(
  weights: Float32Array,
  squares: Float32Array,
  features: Uint32Array,
  target: number,
  size: number,
  { rate, penalty }: Fit,
): void {
  const length = Math.sqrt(features.length);
  const values = new Float64Array(size);
  for (const place of features)
    for (let i = 0; i < size; i++) values[i] = (values[i] as number) + (weights[place * size + i] as number);
  for (let i = 0; i < size; i++) values[i] = (values[i] as number) / length;
  softmax(values);
  values[target] = (values[target] as number) - 1;
  for (let i = 0; i < size; i++) {
    const error = (values[i] as number) / length;
    if (Math.abs(error) < 1e-4) continue;
    for (const place of features) {
      const n = place * size + i;
      const slope = error + penalty * (weights[n] as number);
      squares[n] = (squares[n] as number) + slope * slope;
      weights[n] = (weights[n] as number) - (rate * slope) / (Math.sqrt(squares[n] as number) + 1e-6);
    }
  }
}

function rounded(weights: Float32Array, size: number): Pick<ActModel, "steps" | "weights"> {
  const most = new Float64Array(size).fill(1e-9);
  for (const [n, one] of weights.entries())
    most[n % size] = Math.max(most[n % size] as number, Math.abs(one));
  const steps = Array.from(most, (one) => one / 127);
  return {
    steps,
    weights: Int8Array.from(weights, (one, n) => Math.round(one / (steps[n % size] as number))),
  };
}

function setsOf(examples: readonly Example[], fewest: number): (readonly Label[])[] {
  const counts = new Map<string, number>();
  for (const { labels } of examples) {
    const name = [...labels].sort().join("+");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([name, count]) => count >= fewest || !name.includes("+"))
    .map(([name]) => name)
    .sort()
    .map((name) => name.split("+") as Label[]);
}

function targetOf(labels: ReadonlySet<Label>, sets: readonly (readonly Label[])[]): number {
  let best = -1;
  for (const [i, set] of sets.entries())
    if (set.every((label) => labels.has(label)) && set.length > (sets[best]?.length ?? 0)) best = i;
  return best;
}
