import type { Words } from "../domain/reply.ts";

/** Sends the words of one reply sentence by sentence, until they end or are cut off. */
export interface Speaking {
  readonly reply: number;
  /** Stops it; what was not sent yet stays unsaid. */
  cut(heard: number): void;
  readonly done: Promise<{ words: Words; interrupted: boolean }>;
}

/** `emit` gets pieces that join to `words.text`; between two pieces the event loop turns, so that a cut can arrive. */
export function speak(reply: number, words: Words, emit: (n: number, piece: string) => void): Speaking {
  let stopped: number | null = null;
  const say = async () => {
    let n = 0;
    for (const piece of pieces(words)) {
      if (stopped !== null) break;
      emit(n, piece);
      n += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (stopped === null) return { words, interrupted: false };
    return { words: { ...words, text: words.text.slice(0, stopped) }, interrupted: true };
  };
  return {
    reply,
    cut: (heard) => {
      stopped ??= heard;
    },
    done: say(),
  };
}

function pieces(words: Words): string[] {
  const segmenter = new Intl.Segmenter(words.lang, { granularity: "sentence" });
  return Array.from(segmenter.segment(words.text), ({ segment }) => segment);
}
