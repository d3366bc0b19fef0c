import { LABELS, type Label, PLACES } from "./act-features.ts";
import stored from "./act-weights.json" with { type: "json" };

/** One weight for every label and place, in whole steps of that label's size. */
export interface ActModel {
  readonly steps: readonly number[];
  readonly weights: readonly Int8Array[];
}

/**
 * How probable each label is by itself: logistic regression, one against the rest, on features of unit length.
 */
export function oddsOf(model: ActModel, features: Uint32Array): Readonly<Record<Label, number>> {
  const length = Math.sqrt(features.length);
  const odds = LABELS.map((label, i) => {
    const weights = model.weights[i];
    let sum = 0;
    if (weights) for (const place of features) sum += weights[place] as number;
    return [label, 1 / (1 + Math.exp((-sum * (model.steps[i] ?? 0)) / length))] as const;
  });
  return Object.fromEntries(odds) as Record<Label, number>;
}

/** A model as text: the steps, then the weights of each label in base64. */
export function modelFrom({
  steps,
  weights,
}: {
  readonly steps: readonly number[];
  readonly weights: readonly string[];
}): ActModel {
  return { steps, weights: weights.map(decoded) };
}

function decoded(text: string): Int8Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== PLACES)
    throw new TypeError(`weights of ${bytes.length} places, not ${PLACES}; run npm run train`);
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** What was learned from fixtures/understanding/train; `npm run train` learns it anew. */
export const MODEL: ActModel = modelFrom(stored);

/** Every word of the messages that say yes: what else is beside a yes may take it back. */
export const YES_WORDS: ReadonlySet<string> = new Set(stored.yes_words);
