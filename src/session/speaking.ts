import type { Words } from "../domain/reply.ts";
import type { Speaker } from "../turn.ts";

/** Says the words of one reply as they come, until they end or are cut off. */
export interface Speaking extends Speaker {
  readonly reply: number;
  /** All is said: there is nothing left to cut off. */
  readonly ended: boolean;
  /** The counterpart cut them off after so many characters; what was not sent yet stays unsaid. */
  interrupt(heard: number): void;
  /** Somebody else speaks from here on: all that was not sent yet stays unsaid. */
  hush(): void;
  /** Nobody is left to hear them: they end without being sent, as words that cost nothing more to make. */
  abandon(): void;
}

/** `emit` gets pieces that join to what was said of `words.text`; between two the event loop turns, so that a cut can arrive. */
export function speaking(reply: number, emit: (n: number, piece: string) => void): Speaking {
  const cut = new AbortController();
  let stopped: number | null = null;
  let said = "";
  let n = 0;
  let ended = false;
  let hushed = false;
  const send = (piece: string) => {
    if (piece === "" || cut.signal.aborted) return;
    emit(n, piece);
    n += 1;
    said += piece;
  };
  return {
    reply,
    get ended() {
      return ended;
    },
    cut: cut.signal,
    say: (text) => {
      if (text.startsWith(said)) send(text.slice(said.length));
    },
    end: async (words) => {
      for (const piece of pieces(words.text.slice(said.length), words)) {
        if (cut.signal.aborted) break;
        send(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      ended = true;
      if (stopped === null) return { words, interrupted: false };
      const heard = words.text.slice(0, Math.min(stopped, said.length));
      return { words: hushed ? onlyText(words, heard) : { ...words, text: heard }, interrupted: true };
    },
    interrupt: (heard) => {
      stopped ??= heard;
      cut.abort("interrupted");
    },
    hush: () => {
      hushed = true;
      stopped ??= Number.POSITIVE_INFINITY;
      cut.abort("hushed");
    },
    abandon: () => cut.abort("abandoned"),
  };
}

/** Words of which nothing is left to be spoken. */
export function onlyText({ lang }: Words, text: string): Words {
  return { lang, text, speech: "", reprompt: "" };
}

function pieces(text: string, { lang }: Words): string[] {
  return Array.from(SENTENCES[lang].segment(text), ({ segment }) => segment);
}

/** To make one takes longer than to use it. */
const SENTENCES = {
  en: new Intl.Segmenter("en", { granularity: "sentence" }),
  ko: new Intl.Segmenter("ko", { granularity: "sentence" }),
};
