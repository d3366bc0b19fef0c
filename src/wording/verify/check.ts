import { wordObjections } from "./anchoring.ts";
import { charactersOf } from "./characters.ts";
import { claimObjections } from "./claims.ts";
import { comparisonObjections } from "./comparisons.ts";
import { figureObjections } from "./figure-check.ts";
import { figuresIn } from "./figures.ts";
import { blank } from "./names.ts";
import { withDigits } from "./numerals.ts";
import type { Objection } from "./objection.ts";
import { packageObjections } from "./packages.ts";
import { registerOf } from "./register.ts";
import { relationObjections } from "./relations.ts";
import { sentences } from "./sentences.ts";
import { flat, type Support } from "./support.ts";

export type { Objection } from "./objection.ts";
export { required } from "./required.ts";
export { sentences } from "./sentences.ts";

/**
 * What a reply's words claim without support; empty when they may leave. Takes one sentence or all of them; what was
 * checked sentence by sentence must be checked once more as a whole. Never throws; time grows with the text's length.
 */
export function check(text: string, support: Support, face: "text" | "speech"): readonly Objection[] {
  if (text.length > LONGEST || ENDLESS.test(text) || repeats(text))
    return [{ kind: "length", words: text.slice(0, 80), say: "Write less, and repeat nothing." }];
  const told = withoutQuotes(text.normalize("NFC").replace(/[‘’]/g, "'"), support);
  const odd = charactersOf(told, support, face);
  const long = face === "speech" && sentences(text.trim(), support.lang).length > SPOKEN_SENTENCES;
  const objections: Objection[] = [...odd];
  if (/[\uE000-\uF8FF]/.test(text))
    objections.push({
      kind: "characters",
      words: "private use",
      say: "Write only plain letters and punctuation.",
    });
  if (long)
    objections.push({
      kind: "length",
      words: text.slice(0, 80),
      say: `Say at most ${SPOKEN_SENTENCES - 1} short sentences.`,
    });
  const blanked = blank(told, support.names);
  const digits = withDigits(blanked.text);
  const read = figuresIn(digits);
  const prepared = { ...blanked, text: digits };
  objections.push(
    ...figureObjections(prepared, read.figures, support),
    ...claimObjections(prepared, support),
    ...wordObjections(read.rest, digits, support),
    ...comparisonObjections(prepared, support.compared),
    ...packageObjections(prepared.text, support.packages),
    ...relationObjections(prepared.text, support),
    ...registerOf(prepared.text, support.lang),
  );
  const seen = new Set<string>();
  return objections.filter(({ kind, words }) => {
    const key = `${kind} ${words}`;
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

/** What no reply needs more of; patterns are not run on more, nor on endless repetition. */
const LONGEST = 4_000;
/** No word, and no number. */
const ENDLESS = /\S{200}|\d[\d.,]{30}/;

/** Whether up to 16 characters stand eight times or more in a row. */
function repeats(text: string): boolean {
  for (let period = 1; period <= 16; period++) {
    let same = 0;
    for (let i = period; i < text.length; i++) {
      same = text.charCodeAt(i) === text.charCodeAt(i - period) ? same + 1 : 0;
      if (same === 7 * period) return true;
    }
  }
  return false;
}

/** A greeting, three sentences and a question. */
const SPOKEN_SENTENCES = 5;

/** A source's own words between quotation marks, said to be a source's, may be anything the source says. */
function withoutQuotes(text: string, { quotable }: Support): string {
  return text.replace(/["“]([^"“”]{8,400})["”]/g, (whole, inner: string, at: number) => {
    const wanted = flat(inner).replace(/[….]+$/, "");
    const told = ATTRIBUTED.test(text.slice(Math.max(0, at - 80), at));
    return told && quotable.some((source) => source.includes(wanted)) ? "\uE100".repeat(whole.length) : whole;
  });
}

const ATTRIBUTED =
  /(?:says?|said|wrote|writes|states?|reads|according to|description|policy|help pages|customer|reviewer|review)\b[^.!?\n]*$|(?:정책|설명|후기|고객|리뷰|질문|안내)[^!?\n]*$/i;
