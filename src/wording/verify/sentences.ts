import type { Lang } from "../../domain/text.ts";

/**
 * Whole sentences and list lines of a text; joined they are the text again. A point inside a number, an abbreviation's
 * point and a point before a lower-case word end no sentence.
 */
export function sentences(text: string, lang: Lang): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (match[0].includes("\n") || endsSentence(text, match.index, end, lang)) {
      parts.push(text.slice(from, end));
      from = end;
    }
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

const END = /[.!?…]+["'”’)\]]*(?:\s+|$)|\s*\n\s*/gu;
const ABBREVIATION = /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Inc|Ltd|Co|No|approx|vs|etc|e\.g|i\.e)$/;

function endsSentence(text: string, at: number, end: number, lang: Lang): boolean {
  if (text[at] !== ".") return true;
  if (/(?:^|\n)\s*\d{1,2}$/.test(text.slice(0, at))) return false;
  if (lang === "en" && ABBREVIATION.test(text.slice(Math.max(0, at - 12), at))) return false;
  return end >= text.length || lang === "ko" || !/^[a-z]/.test(text.slice(end));
}
