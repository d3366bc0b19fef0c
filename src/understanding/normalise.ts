import { BOUNDS } from "../domain/bounds.ts";

/**
 * The message with its look settled: NFC, half-width, plain quotes and dashes, no control or format characters,
 * single spaces. Not NFKC, which would tear the jamo of "ㅇㅋ" apart. Letters keep their case.
 */
export function normalise(text: string): string {
  return text
    .slice(0, BOUNDS.text_chars)
    .normalize("NFC")
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\t\r]/g, " ")
    .replace(/￦/g, "₩")
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”″]/g, '"')
    .replace(/[‐‑‒–—―−]/g, "-")
    .replace(/[〜∼～]/g, "~")
    .replace(INVISIBLE, "")
    .replace(/ *\n[\s]*/g, "\n")
    .replace(/ {2,}/g, " ")
    .trim();
}

const FULL_WIDTH = /[\uff01-\uff5e]/g;
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}]/gu;

/** Hangul syllables and jamo. */
export const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;

/** True when the last syllable closes with a consonant; false also for what is not Hangul. */
export function closed(word: string): boolean {
  const code = word.charCodeAt(word.length - 1) - 0xac00;
  return code >= 0 && code <= 11_171 && code % 28 !== 0;
}
