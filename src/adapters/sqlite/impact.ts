import type { Column } from "../lexical/scoring.ts";

const LEAST = 0.02;
const STEPS = 24;

/**
 * How strongly a product holds a term, as one byte: steps of three percent from LEAST up. Enough to tell which products
 * are worth rating exactly, which is all it is for.
 */
export function codeOf(strength: number): number {
  return Math.max(1, Math.min(255, Math.round(Math.log2(strength / LEAST) * STEPS) + 1));
}

/** By code; nothing has code 0. */
export const STRENGTHS: Float32Array = Float32Array.from({ length: 256 }, (_, code) =>
  code === 0 ? 0 : LEAST * 2 ** ((code - 1) / STEPS),
);

/** The code of each term of a product; `texts` are the terms of its columns between blanks. */
export function codesOf(texts: readonly string[], columns: readonly Column[]): Map<string, number> {
  const strengths = new Map<string, number>();
  for (const [at, text] of texts.entries()) {
    const column = columns[at];
    if (text === "" || !column) continue;
    const terms = text.split(" ");
    const one = column.worth / (column.free + column.perTerm * terms.length);
    for (const term of terms) strengths.set(term, (strengths.get(term) ?? 0) + one);
  }
  for (const [term, strength] of strengths) strengths.set(term, codeOf(strength));
  return strengths;
}
