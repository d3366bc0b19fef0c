import { markOf } from "./act-features.ts";
import { type ActModel, modelFrom } from "./act-odds.ts";
import stored from "./act-weights.json" with { type: "json" };

/** What was learned from fixtures/understanding/train; `npm run train` learns it anew. */
export const MODEL: ActModel = modelFrom(stored);

/** Words kept by their marks alone: one that is not among them is taken for one in 200,000 times. */
export interface Vocabulary {
  has(word: string): boolean;
}

/** Every word of the messages learned from. */
export const WORDS = vocabulary(stored.words);

/** Every word of those that say yes: another word beside a yes may take it back. */
export const YES_WORDS = vocabulary(stored.yes_words);

/** Every word by which goods are looked for. */
export const GOODS_WORDS = vocabulary(stored.goods_words);

/** Taken apart when first asked: a start waits for none of it. */
function vocabulary(base64: string): Vocabulary {
  let marks: ReadonlySet<number> | null = null;
  return {
    has: (word) => {
      marks ??= marksIn(base64);
      return marks.has(markOf(word));
    },
  };
}

/** Four bytes a mark, the lowest first. */
function marksIn(base64: string): ReadonlySet<number> {
  const bytes = Buffer.from(base64, "base64");
  const count = bytes.length / 4;
  return new Set(Array.from({ length: count }, (_, at) => bytes.readUInt32LE(at * 4)));
}
