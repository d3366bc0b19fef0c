import { namesBeginning } from "../../knowledge/synonyms.ts";
import type { Vocabulary } from "./postings.ts";

/**
 * The catalogue's own word, or the name of a kind of goods, that a word it has not got is likely to be a slip for, or null:
 * one edit away, two for words of eight letters or more, and the same at its beginning, where slips are rare and other
 * words many. Codes are no words.
 */
export function corrected(word: string, index: Vocabulary): string | null {
  const slip = lettersOf(word);
  const hangul = HANGUL.test(word);
  if (slip.length < (hangul ? 6 : 5) || !/^\p{L}+$/u.test(word) || (hangul && word.length < 3)) return null;
  const most = slip.length >= 8 && !hangul ? 2 : 1;
  const [first = ""] = word;
  const known = index.beginning(first, word.length - most, word.length + most);
  const near = [...known, ...namesBeginning(first).map((name) => [name, 0] as const)]
    .map(([term, n]) => ({ term, n, edits: edits(slip, lettersOf(term), most) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits || b.n - a.n);
  return near[0]?.term ?? null;
}

const HANGUL = /\p{Script=Hangul}/u;

/** Hangul by its letters: 모니타 is one letter from 모니터. */
function lettersOf(word: string): string[] {
  return [...(HANGUL.test(word) ? word.normalize("NFD") : word)];
}

/** Letters put in, left out, changed or swapped with their neighbour; anything above `most` is `most + 1`. */
function edits(a: readonly string[], b: readonly string[], most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? most + 1;
}
