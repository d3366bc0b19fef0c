import { figuresIn } from "./figures.ts";
import { isParticles, knownKorean } from "./korean.ts";
import { LEXICON_EN } from "./lexicon-en.ts";
import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/** Words that neither plain talk nor the sources use: invented names, codes and claims end here. */
export function wordObjections(text: string, support: Support): Objection[] {
  const { rest } = figuresIn(text);
  const out: Objection[] = [];
  for (const match of rest.matchAll(TOKEN)) {
    const [word] = match;
    const before = rest.slice(0, match.index);
    const wrong = /[가-힣]/.test(word)
      ? wrongKorean(word, before, support)
      : /\d/.test(word)
        ? "sku"
        : wrongLatin(word, before, support);
    if (wrong !== null) out.push({ kind: wrong, words: word, say: SAY[wrong](word) });
  }
  return out;
}

const TOKEN = /[가-힣]+|[A-Za-zéü]*\d[A-Za-z\d_-]*|[A-Za-zéü]+(?:['’-][A-Za-z]+)*/g;

const SAY = {
  sku: (word: string) => `"${word}" is no code or figure of the facts: leave it out.`,
  name: (word: string) => `"${word}" is a name that the facts do not hold: leave it out.`,
  unknown_word: (word: string) =>
    `"${word}" is not plain shop talk and not in the facts: say it in simpler words.`,
  language: (word: string) => `"${word}" is not in the language of the reply: use the house words for it.`,
} as const;

function wrongKorean(word: string, before: string, support: Support): "unknown_word" | "language" | null {
  if (support.lang === "en") return "language";
  if (/[\uE000-\uF8FF]$/.test(before) && isParticles(word)) return null;
  if (/[A-Za-z%)]$/.test(before) && isParticles(word)) return null;
  return knownKorean(word, support.words) ? null : "unknown_word";
}

function wrongLatin(
  word: string,
  before: string,
  support: Support,
): "name" | "unknown_word" | "language" | null {
  const lower = word.toLowerCase().replaceAll("’", "'");
  if (support.words.has(lower)) return null;
  if (support.lang === "ko") return ALWAYS.has(word) ? null : "language";
  if (ALWAYS.has(word)) return null;
  const inside = /^[A-Z]/.test(word) && !/(?:^|[.!?:;\n"“(–—…*-])\s*$/.test(before);
  if (inside) return "name";
  if (/^[A-Z].*[A-Z]/.test(word)) return "name";
  if (support.words.has(lower.replace(/e?s$/, "")) || support.words.has(`${lower}s`)) return null;
  const known = lower.split("-").every((part) => isKnown(part) || support.words.has(part));
  return known ? null : /^[A-Z]/.test(word) ? "name" : "unknown_word";
}

const ALWAYS = new Set([
  "I",
  "I'm",
  "I'll",
  "I've",
  "I'd",
  "OK",
  "UTC",
  "PO",
  "US",
  "USD",
  "KRW",
  "VAT",
  "Korean",
  "English",
]);

function isKnown(word: string): boolean {
  if (word === "" || LEXICON_EN.has(word)) return true;
  const base = word.replace(/'(?:s|re|ve|ll|d|m)?$/, "");
  if (base !== word && isKnown(base)) return true;
  for (const [ending, stem] of INFLECTIONS)
    if (ending.test(word) && stem.some((made) => LEXICON_EN.has(word.replace(ending, made)))) return true;
  return (
    /(.)\1(?:ed|ing|er|est)$/.test(word) && LEXICON_EN.has(word.replace(/(.)\1(?:ed|ing|er|est)$/, "$1"))
  );
}

const INFLECTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ies$/, ["y"]],
  [/es$/, ["", "e"]],
  [/s$/, [""]],
  [/ied$/, ["y"]],
  [/ed$/, ["", "e"]],
  [/ing$/, ["", "e"]],
  [/ly$/, ["", "e"]],
  [/er$/, ["", "e"]],
  [/est$/, ["", "e"]],
];
