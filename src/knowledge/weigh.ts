import type { Fact } from "../domain/fact.ts";
import { QUOTE_CHARS, sentences } from "./facts.ts";
import { type Gist, gist, holds } from "./match.ts";

/**
 * The typed facts that answer what is asked for, by name before by value ("ports: HDMI" has HDMI): each one that no
 * other outdoes in every term. None when all of them together leave more than half of the question unaddressed.
 */
export function naming(terms: readonly string[], facts: readonly Fact[], limit = NAMED): Fact[] {
  const read = facts.flatMap((fact) => {
    const [name, value] = [nameGist(nameOf(fact)), gist(wordsOf(fact))];
    const hits = terms.map((term) => hit(name, value, term));
    return hits.some((one) => one > 0) ? { fact, hits } : [];
  });
  const held = terms.reduce(
    (sum, term, at) => sum + weight(term) * Math.max(0, ...read.map(({ hits }) => hits[at] ?? 0)),
    0,
  );
  if (terms.length === 0 || held < ENOUGH * weightOf(terms)) return [];
  return (
    read
      .filter(({ hits }) => !read.some((other) => outdoes(other.hits, hits)))
      // "weight" is about the weight before it is about the weight of the package.
      .sort((a, b) => nameGist(a.fact.key).content.length - nameGist(b.fact.key).content.length)
      .slice(0, limit)
      .map(({ fact }) => fact)
  );
}

/** The texts that address at least half of what is asked for, best first, each cut to the sentences that do. */
export function covering(terms: readonly string[], facts: readonly Fact[], limit: number): Fact[] {
  const scored = facts
    .map((fact) => ({ fact, score: addressed(terms, gistOf(fact)) }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score >= best * NEAR)
    .slice(0, limit)
    .map(({ fact }) => (fact.text === undefined ? fact : { ...fact, text: excerpt(fact.text, terms) }));
}

/**
 * How much of what is asked for a text addresses, 0 to 1: attributes and topics count twice as much as other words,
 * numbers half. Of several texts it is the most that any one does.
 */
export function addressed(terms: readonly string[], ...texts: readonly Gist[]): number {
  const total = weightOf(terms);
  return total === 0 ? 0 : Math.max(0, ...texts.map((text) => covered(terms, text))) / total;
}

export function gistOf(fact: Fact): Gist {
  return gist(`${nameOf(fact)} ${wordsOf(fact)} ${fact.text ?? ""}`);
}

/** The part of a question that must be addressed, or it is not answered. */
const ENOUGH = 0.5;
/** How close to the best text another must come to be quoted beside it. */
const NEAR = 0.8;
/** Typed facts of one answer. */
const NAMED = 4;
const BY_VALUE = 0.9;

function weightOf(terms: readonly string[]): number {
  return terms.reduce((sum, term) => sum + weight(term), 0);
}

function weight(term: string): number {
  if (term.startsWith("@")) return 2;
  return /^\d+$/.test(term) ? 0.5 : 1;
}

function hit(name: Gist, value: Gist, term: string): number {
  return Math.max(holds(name, term), BY_VALUE * holds(value, term));
}

/** A catalogue has few attribute names and asks for them all the time, so what each is about is kept. */
function nameGist(name: string): Gist {
  const kept = names.get(name);
  if (kept) return kept;
  if (names.size >= NAMES_KEPT) names.clear();
  const made = gist(name);
  names.set(name, made);
  return made;
}

const NAMES_KEPT = 2_000;
const names = new Map<string, Gist>();

function outdoes(other: readonly number[], hits: readonly number[]): boolean {
  return other.every((one, at) => one >= (hits[at] ?? 0)) && other.some((one, at) => one > (hits[at] ?? 0));
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
