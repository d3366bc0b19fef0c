import type { Fact } from "../domain/fact.ts";
import { QUOTE_CHARS, sentences } from "./facts.ts";
import { type Gist, gist, holds } from "./match.ts";

/** Facts, and the part of the question they address, 0 to 1: attributes count twice, bare numbers half. */
export interface Grounds {
  readonly facts: readonly Fact[];
  readonly share: number;
}

export const NONE: Grounds = { facts: [], share: 0 };

/**
 * The typed facts that answer what is asked for, by name before by value ("ports: HDMI" has HDMI): those that hold
 * most of it, then those that hold what is left. None when all of them together leave more than half unaddressed.
 */
export function naming(
  terms: readonly string[],
  facts: readonly Fact[],
  inOrder: (alike: readonly Fact[]) => readonly Fact[] = (alike) => alike,
  limit = NAMED,
): Grounds {
  const read = facts.flatMap((fact) => {
    const [name, value] = [nameGist(nameOf(fact)), gist(wordsOf(fact))];
    const hits = new Map(terms.map((term) => [term, hit(name, value, term)]));
    return [...hits.values()].some((one) => one > 0) ? { fact, hits } : [];
  });
  const chosen: Fact[] = [];
  let left = [...terms];
  let held = 0;
  for (let least = 0; left.length > 0; least = BY_VALUE) {
    const scored = read.map(({ fact, hits }) => {
      const own = left.filter((term) => (hits.get(term) ?? 0) > 0 && (hits.get(term) ?? 0) >= least);
      return { fact, own, score: own.reduce((sum, term) => sum + weight(term) * (hits.get(term) ?? 0), 0) };
    });
    const best = Math.max(0, ...scored.map(({ score }) => score));
    if (best === 0) break;
    const equal = scored.filter(({ score }) => score === best);
    const taken = new Set(equal[0]?.own);
    const alike = equal.filter(({ own }) => own.every((term) => taken.has(term)));
    // "weight" is about the weight before it is about the weight of the package.
    alike.sort((a, b) => nameGist(a.fact.key).content.length - nameGist(b.fact.key).content.length);
    chosen.push(...inOrder(alike.map(({ fact }) => fact)));
    left = left.filter((term) => !taken.has(term));
    held += best;
  }
  const share = terms.length === 0 ? 0 : held / weightOf(terms);
  return share < ENOUGH ? NONE : { facts: [...new Set(chosen)].slice(0, limit), share };
}

/** The texts that address most of what is asked for, best first, each cut to the sentences that do. */
export function covering(terms: readonly string[], facts: readonly Fact[], limit: number): Grounds {
  const scored = facts
    .map((fact) => ({ fact, share: addressed(terms, gistOf(fact)) }))
    .filter(({ share }) => share > ENOUGH)
    .map((one) => ({ ...one, title: addressed(terms, gist(wordsOf(one.fact))) }))
    .sort((a, b) => b.share - a.share || b.title - a.title);
  const best = scored[0]?.share ?? 0;
  const near = scored.filter(({ share }) => share >= best * NEAR).slice(0, limit);
  return { facts: near.map(({ fact }) => quoted(fact, terms)), share: best };
}

/** How much of what is asked for the text addresses, 0 to 1. */
export function addressed(terms: readonly string[], text: Gist): number {
  return terms.length === 0 ? 0 : covered(terms, text) / weightOf(terms);
}

/** The part of a question that must be addressed, or it is not answered; by running text, which says much, more. */
export const ENOUGH = 0.5;
/** How close to the best text another must come to be quoted beside it. */
const NEAR = 0.8;
/** Typed facts of one answer. */
const NAMED = 4;
/** How well a value holds a term, beside a name: "ports: HDMI" has HDMI. */
export const BY_VALUE = 0.9;

function gistOf(fact: Fact): Gist {
  return gist(`${nameOf(fact)} ${wordsOf(fact)} ${fact.text ?? ""}`);
}

function weightOf(terms: readonly string[]): number {
  return terms.reduce((sum, term) => sum + weight(term), 0);
}

/** What a term of a question counts: attributes twice, bare numbers half. */
export function weight(term: string): number {
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

function covered(terms: readonly string[], text: Gist): number {
  return terms.reduce((sum, term) => sum + weight(term) * holds(text, term), 0);
}

function nameOf({ key, label }: Fact): string {
  return [key, label?.en, label?.ko].filter((part) => part !== undefined).join(" ");
}

function wordsOf({ value, unit }: Fact): string {
  return typeof value === "string" ? `${value} ${unit ?? ""}` : "";
}

/** The text cut around the sentence that addresses most. */
function quoted(fact: Fact, terms: readonly string[]): Fact {
  const { text } = fact;
  if (text === undefined || text.length <= QUOTE_CHARS) return fact;
  const scores = sentences(text).map((sentence) => covered(terms, gist(sentence)));
  return excerpt(fact, scores.indexOf(Math.max(...scores)));
}

/** Whole sentences in a row around this one, counted from 0, as many as a quotation may hold. */
export function excerpt(fact: Fact, sentence: number): Fact {
  const { text } = fact;
  if (text === undefined || text.length <= QUOTE_CHARS) return fact;
  const all = sentences(text);
  let from = sentence;
  let to = from + 1;
  const size = () => all.slice(from, to).join(" ").length;
  while (to < all.length && size() + (all[to]?.length ?? 0) < QUOTE_CHARS) to++;
  while (from > 0 && size() + (all[from - 1]?.length ?? 0) < QUOTE_CHARS) from--;
  return { ...fact, text: all.slice(from, to).join(" ").slice(0, QUOTE_CHARS) };
}
