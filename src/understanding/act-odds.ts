import { LABELS, type Label, PLACES } from "./act-features.ts";

/** The acts that messages do together, and for every place one weight for each, in whole steps of its size. */
export interface ActModel {
  readonly sets: readonly (readonly Label[])[];
  readonly steps: readonly number[];
  /** Those of one place side by side. */
  readonly weights: Int8Array;
}

export interface Odds {
  /** What the message is most probably meant to do, all together; empty when nothing a shop is for. */
  readonly likely: readonly Label[];
  /** How probable that is, with or without manners. */
  readonly least: number;
  /** How probable each label is, whatever stands beside it. */
  readonly of: Readonly<Record<Label, number>>;
}

/**
 * How probable each set of labels is: multinomial logistic regression over the sets that were learned from ("label
 * powerset", Tsoumakas and Katakis 2007), on features of unit length.
 */
export function oddsOf({ sets, steps, weights }: ActModel, features: Uint32Array): Odds {
  const size = sets.length;
  const sums = new Int32Array(size);
  for (const place of features) {
    const from = place * size;
    for (let i = 0; i < size; i++) sums[i] = (sums[i] as number) + (weights[from + i] as number);
  }
  const length = Math.sqrt(features.length);
  const shares = softmax(Float64Array.from(sums, (sum, i) => (sum * (steps[i] as number)) / length));
  const of = { ...NONE };
  const groups = groupsOf(sets);
  const sum = new Float64Array(size);
  const best = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i++) {
    const [share, group] = [shares[i] as number, groups[i] as number];
    for (const label of sets[i] ?? []) of[label] += share;
    sum[group] = (sum[group] as number) + share;
    if (best[group] === -1 || share > (shares[best[group] as number] as number)) best[group] = i;
  }
  const first = sum.indexOf(Math.max(...sum));
  const likely = (sets[best[first] ?? 0] ?? []).filter((label) => label !== "none");
  return { likely, least: sum[first] ?? 0, of };
}

const NONE = Object.fromEntries(LABELS.map((label) => [label, 0])) as Record<Label, number>;

/** For each set the first that does the same beside manners. */
function groupsOf(sets: ActModel["sets"]): Int32Array {
  const known = GROUPS.get(sets);
  if (known) return known;
  const keys = sets.map((set) => weighty(set).join());
  const groups = Int32Array.from(keys, (key) => keys.indexOf(key));
  GROUPS.set(sets, groups);
  return groups;
}

const GROUPS = new WeakMap<ActModel["sets"], Int32Array>();

/** What a message does beside manners, or its manners when it does nothing else. */
function weighty(set: readonly Label[]): readonly Label[] {
  const others = set.filter((label) => label !== "greet" && label !== "thank");
  return others.length > 0 ? others : set;
}

/** In place: e to each value, over the sum of them. */
export function softmax(values: Float64Array): Float64Array {
  const most = values.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp((values[i] as number) - most);
    sum += values[i] as number;
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / sum;
  return values;
}

/** A model as text: names of the sets with `+` between, their steps, and the weights in base64. */
export function modelFrom(text: {
  readonly sets: readonly string[];
  readonly steps: readonly number[];
  readonly weights: string;
}): ActModel {
  const bytes = Buffer.from(text.weights, "base64");
  const size = PLACES * text.sets.length;
  if (bytes.length !== size) throw new TypeError(`${bytes.length} weights, not ${size}; run npm run train`);
  return {
    sets: text.sets.map((names) => names.split("+") as Label[]),
    steps: text.steps,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  };
}
