import { stemsOf } from "./anchors.ts";
import { replaceAny } from "./gate.ts";
import { ASKING_EN, GLUE_EN, IDIOMS_EN } from "./glue-words-en.ts";
import { ASKING_KO, GLUE_KO, IDIOMS_KO } from "./glue-words-ko.ts";
import { isParticles, readings } from "./korean.ts";
import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/**
 * Words that are neither glue nor anchored in the support. What a sentence asserts may only be put together from words
 * that claim nothing and words this very turn supports: whatever else is said, however it is worded, ends here.
 * Takes a text whose names and figures are blanked out, and the same before its figures were.
 */
export function wordObjections(figureless: string, whole: string, support: Support): Objection[] {
  const english = replaceAny(IDIOMS.en, figureless, whole, BLANKED);
  const rest = support.lang === "ko" ? replaceAny(IDIOMS.ko, english, whole, BLANKED) : english;
  return [...rest.matchAll(SENTENCE)].flatMap(([sentence]) => {
    const key = `words ${sentence}`;
    const found = support.found.get(key) ?? sentenceObjections(sentence, support);
    support.found.set(key, found);
    return found;
  });
}

function sentenceObjections(sentence: string, support: Support): readonly Objection[] {
  const out: Objection[] = [];
  const may = allowances(sentence, support);
  for (const match of sentence.matchAll(TOKEN)) {
    const [word] = match;
    const before = sentence.slice(0, match.index);
    const wrong = /[가-힣]/.test(word)
      ? wrongKorean(word, before, support, may)
      : /\d/.test(word)
        ? may(word.toLowerCase())
          ? null
          : "sku"
        : wrongLatin(word, before, support, may);
    if (wrong !== null) out.push({ kind: wrong, words: word, say: SAY[wrong](word) });
  }
  return out;
}

const SENTENCE = /[^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*(?:[.!?\n]+|$)/g;
const TOKEN = /[가-힣]+|[A-Za-zéü]*\d[A-Za-z\d_-]*|[A-Za-zéü]+(?:['’-][A-Za-z]+)*/g;
const BLANKED = (found: string) => "\uE002".repeat(found.length);
const IDIOMS = {
  en: IDIOMS_EN.map((idiom) => new RegExp(`\\b(?:${idiom})(?![\\w'])`, "gi")),
  ko: IDIOMS_KO.map((idiom) => new RegExp(`(?<![가-힣])(?:${idiom})`, "g")),
} as const;

const SAY = {
  sku: (word: string) => `"${word}" is no code or figure of the facts: leave it out.`,
  name: (word: string) => `"${word}" is a name that the facts do not hold: leave it out.`,
  unknown_word: (word: string) =>
    `"${word}" is not in the house words or the facts: say it in their words, or leave it out.`,
  language: (word: string) => `"${word}" is not in the language of the reply: use the house words for it.`,
} as const;

type Allowed = (stem: string) => boolean;

/** Which stems a sentence may use: a question may ask with more, and a denial may name what they asked for. */
function allowances(sentence: string, { anchors, lang }: Support): Allowed {
  const asks = /\?\s*$/.test(sentence);
  const denies = anchors.flags.has("#refuses") || anchors.flags.has("#unknown");
  const echoes = asks || (denies && DENIAL[lang].test(sentence));
  const [glue, asking] = lang === "ko" ? [GLUE_KO, ASKING_KO] : [GLUE_EN, ASKING_EN];
  return (stem) =>
    glue.has(stem) ||
    anchors.stems.has(stem) ||
    (asks && asking.has(stem)) ||
    (echoes && anchors.theirs.has(stem));
}

/** What is denied may be named in their words. */
const DENIAL = {
  en: /can't|cannot|couldn't|unable|unfortunately|sorry|afraid|doesn't|don't|isn't|not\b/i,
  ko: /어렵|어려|없|않|죄송|못|아쉽|안타깝/,
} as const;

type Wrong = keyof typeof SAY;

function wrongKorean(word: string, before: string, { lang, anchors }: Support, may: Allowed): Wrong | null {
  if (lang === "en") return "language";
  if (/[\uE000-\uF8FF]$/.test(before) && isParticles(word)) return null;
  if (/[A-Za-z%)]$/.test(before) && isParticles(word)) return null;
  const ways = readings(word, anchors.stems);
  return ways.some((way) => way.every(may)) || may(word) ? null : "unknown_word";
}

function wrongLatin(word: string, before: string, support: Support, may: Allowed): Wrong | null {
  const lower = word.toLowerCase().replaceAll("’", "'");
  if (support.words.has(lower)) return null;
  if (ALWAYS.has(word)) return null;
  if (support.lang === "ko") return "language";
  if (stemsOf(lower).some(may)) return null;
  if (lower.includes("-") && lower.split("-").every((part) => part === "" || stemsOf(part).some(may)))
    return null;
  const inside = /^[A-Z]/.test(word) && !/(?:^|[.!?:;\n"“(–—…*-])\s*$/.test(before);
  return inside || /^[A-Z].*[A-Z]/.test(word) ? "name" : "unknown_word";
}

/** Written so in either language. */
const ALWAYS = new Set(["OK", "UTC", "PO", "US", "USD", "KRW", "VAT"]);
