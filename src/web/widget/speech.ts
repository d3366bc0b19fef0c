import { words } from "./words.ts";

/** The part of the Web Speech API that is used; not in every browser, and in some under an older name. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  onresult: (event: { results: Iterable<ArrayLike<{ transcript: string }>> }) => void;
  onerror: (event: { error: string }) => void;
  onend: () => void;
  start(): void;
  stop(): void;
}

const { SpeechRecognition: Now, webkitSpeechRecognition: Old } = window as unknown as Record<
  string,
  new () => Recognition
>;
/** What writes down what is said, where the browser has it. */
export const Listening = Now ?? Old;

/** Languages as voices are asked for. */
const VOICES = { en: "en-US", ko: "ko-KR" } as const;
type Spoken = keyof typeof VOICES;

/**
 * Writes down one utterance: `heard` as it grows, `done` at the end with the whole, empty when nothing was said, and with the
 * code of what went wrong. Gives the way to stop.
 */
export function listen(
  heard: (text: string) => void,
  done: (text: string, wrong: string) => void,
): () => void {
  const listening = new (Listening as new () => Recognition)();
  let text = "";
  let wrong = "";
  listening.lang = VOICES[words.lang as Spoken];
  listening.interimResults = true;
  listening.onresult = ({ results }) => {
    text = Array.from(results, (result) => result[0]?.transcript).join("");
    heard(text);
  };
  listening.onerror = ({ error }) => {
    wrong = error;
  };
  listening.onend = () => done(text, wrong);
  listening.start();
  return () => listening.stop();
}

/** Reads replies out, and knows how much of one was heard. */
export function newVoice() {
  let reading: { seq: number; heard: number } | null = null;
  const voice = {
    on: false,

    read(seq: number, text: string, lang: Spoken) {
      if (!voice.on) return;
      const mine = { seq, heard: 0 };
      const said = new SpeechSynthesisUtterance(text);
      said.lang = VOICES[lang];
      said.onstart = () => {
        reading = mine;
      };
      said.onboundary = ({ charIndex }) => {
        mine.heard = charIndex;
      };
      said.onend = () => {
        if (reading === mine) reading = null;
      };
      speechSynthesis.speak(said);
    },

    /** Falls silent. Gives what was being read and how much of it was heard, or null. */
    hush() {
      const cut = reading;
      reading = null;
      if (voice.on) speechSynthesis.cancel();
      return cut;
    },
  };
  return voice;
}
