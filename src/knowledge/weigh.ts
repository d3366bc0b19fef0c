import type { Fact } from "../domain/fact.ts";
import { QUOTE_CHARS, sentences } from "./facts.ts";
import { type Gist, gist, holds } from "./match.ts";

/**
 * The typed facts that answer what is asked for: for each term the facts that hold it best, by name before by value
 * ("ports: HDMI" has HDMI). None when all of them together leave more than half of the question unaddressed.
 */
export function naming(terms: readonly string[], facts: readonly Fact[], limit = NAMED): Fact[] {
  const read = facts.map((fact) => ({ fact, name: gist(nameOf(fact)), value: gist(wordsOf(fact)) }));
  const chosen = new Set<Fact>();
  let held = 0;
  for (const term of terms) {
    const scored = read.map(({ fact, name, value }) => ({ fact, score: hit(name, value, term) }));
    const best = Math.max(0, ...scored.map(({ score }) => score));
    if (best === 0) continue;
    held += best * weight(term);
    for (const { fact, score } of scored) if (score === best) chosen.add(fact);
  }
  if (terms.length === 0 || held < ENOUGH * weightOf(terms)) return [];
  return [...chosen].slice(0, limit);
}

/** The texts that address at least half of what is asked for, best first, each cut to the sentences that do. */
export function covering(terms: readonly string[], facts: readonly Fact[], limit: number): Fact[] {
  const total = weightOf(terms);
  if (total === 0) return [];
  const scored = facts
    .map((fact) => ({
      fact,
      score: covered(terms, gist(`${nameOf(fact)} ${wordsOf(fact)} ${fact.text ?? ""}`)) / total,
    }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score >= best * NEAR)
    .slice(0, limit)
    .map(({ fact }) => (fact.text === undefined ? fact : { ...fact, text: excerpt(fact.text, terms) }));
}

/** An attribute or topic says twice as much of what is asked as any other word. */
export function weightOf(terms: readonly string[]): number {
  return terms.reduce((sum, term) => sum + weight(term), 0);
}

/** The part of a question that must be addressed, or it is not answered. */
const ENOUGH = 0.5;
/** How close to the best text another must come to be quoted beside it. */
const NEAR = 0.8;
/** Typed facts of one answer. */
const NAMED = 4;
const BY_VALUE = 0.9;

function weight(term: string): number {
  return term.startsWith("@") ? 2 : 1;
}

function hit(name: Gist, value: Gist, term: string): number {
  return Math.max(holds(name, term), BY_VALUE * holds(value, term));
}

function covered(terms: readonly string[], text: Gist): number {
  return terms.reduce((sum, term) => sum + weight(term) * holds(text, term), 0);
}

function nameOf({ key, label }: Fact): string {
  return [key, label?.en, label?.ko].filter((part) => part !== undefined).join(" ");
}

function wordsOf({ value, unit }: Fact): string {
  return typeof value === "string" ? `${value} ${unit ?? ""}` : "";
}

/** Whole sentences in a row around the one that addresses most, as many as a quotation may hold. */
function excerpt(text: string, terms: readonly string[]): string {
  if (text.length <= QUOTE_CHARS) return text;
  const all = sentences(text);
  const scores = all.map((sentence) => covered(terms, gist(sentence)));
  let from = scores.indexOf(Math.max(...scores));
  let to = from + 1;
  const size = () => all.slice(from, to).join(" ").length;
  while (to < all.length && size() + (all[to]?.length ?? 0) < QUOTE_CHARS) to++;
  while (from > 0 && size() + (all[from - 1]?.length ?? 0) < QUOTE_CHARS) from--;
  return all.slice(from, to).join(" ");
}
