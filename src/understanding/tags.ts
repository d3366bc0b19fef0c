import type { Lexicon } from "./lexicon.ts";
import type { Tag } from "./vocabulary.ts";

/** The set phrases a clause begins with, and what is left of it after them. */
export interface Opening {
  readonly tags: readonly Tag[];
  /** The words of the last "no" or "defer" phrase, from which the reason is told. */
  readonly refusal: string;
  readonly rest: string;
}

/**
 * Reads set phrases from the left, longest first, as long as they follow each other. A yes counts only when the
 * whole clause is made of such phrases: any word left over may be a condition.
 */
export function openingOf(text: string, lexicon: Lexicon): Opening {
  const tags: Tag[] = [];
  let refusal = "";
  let at = skip(text, 0);
  let safe = { at, tags: 0 };
  while (at < text.length) {
    const found = longest(text, at, lexicon);
    if (!found) break;
    tags.push(found.tag);
    if (found.tag === "no" || found.tag === "defer") refusal = text.slice(at, found.end);
    at = found.end;
    const open = WORD.test(text[at] ?? " ");
    at = skip(text, at);
    if (!open) safe = { at, tags: tags.length };
  }
  return { tags: tags.slice(0, safe.tags), refusal, rest: text.slice(safe.at).trim() };
}

const WORD = /[a-z0-9가-힣ㄱ-ㅎ]/;
const SKIPPED = /[\s,.!?~:;\-…"'¦]/;

function skip(text: string, from: number): number {
  let at = from;
  while (at < text.length && SKIPPED.test(text[at] ?? "")) at += 1;
  return at;
}

function longest(text: string, at: number, lexicon: Lexicon): { tag: Tag; end: number } | null {
  let best: { tag: Tag; end: number } | null = null;
  for (const [tag, pattern] of lexicon.tags) {
    pattern.lastIndex = at;
    if (!pattern.test(text)) continue;
    const end = pattern.lastIndex;
    if (end > at && (!best || end > best.end)) best = { tag, end };
  }
  return best;
}
