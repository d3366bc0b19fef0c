import type { Act, ActOf } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Evidence } from "../domain/evidence.ts";
import { minorUnits } from "../domain/money.ts";
import type { Asked, Question } from "../domain/question.ts";
import type { ModelLookup, ModelResearch } from "../domain/questions/research.ts";
import type { Answer } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import { excerptsOf, knownOf } from "./brief.ts";
import { gist, holds } from "./match.ts";
import { ownWords } from "./own-words.ts";

/** The public side of a turn: whoever asks further knows no more than whoever asked. */
export interface ResearchContext {
  readonly state: State;
}

/**
 * One round of further inquiries, 1 being the first, for a question that needs several facts. A model is asked only
 * when something is left open that it may close; what it answers becomes inquiries of the same kinds as the
 * counterpart's, about products that were really found, so that they look in the vendor's own base and nowhere else.
 */
export function* research(
  text: string,
  acts: readonly Act[],
  evidence: Evidence,
  round: number,
  { state }: ResearchContext,
): Generator<Question<"research">, readonly Act[], Asked<"research">> {
  if (round > BOUNDS.research_rounds || !pays(text, acts, evidence, round)) return [];
  const asked = yield {
    prompt: "research",
    given: {
      round: String(round),
      rounds: String(BOUNDS.research_rounds),
      currency: state.currency,
      known: knownOf(evidence, state),
    },
    heard: { message: text, facts: excerptsOf(evidence, state) },
  };
  return asked.ok ? inquiriesOf(asked.answer, text, acts, evidence, state) : [];
}

const INQUIRIES: ReadonlySet<Act["act"]> = new Set(["ask", "search", "compare"]);
const MANNERS: ReadonlySet<Act["act"]> = new Set(["greet", "thank", "help"]);

/**
 * Whether further look-ups are worth a question: the message only inquires, and an answer is missing, nothing was
 * found, or goods are to be chosen by what only their buyers know. A later round needs goods the one before turned up.
 */
function pays(text: string, acts: readonly Act[], evidence: Evidence, round: number): boolean {
  if (text.length > BOUNDS.read_chars || acts.length >= BOUNDS.acts) return false;
  if (!acts.every(({ act }) => INQUIRIES.has(act) || MANNERS.has(act))) return false;
  if (!acts.some(({ act }) => INQUIRIES.has(act)) || evidence.partial) return false;
  const judges = JUDGING.test(text.toLowerCase());
  const judged = judges && evidence.results.some(({ rating }) => !rating);
  if (round > 1) return judged && acts.at(-1)?.act === "search" && evidence.results.length > 0;
  // Who has yet to say which one is meant is asked that first, unless the question is which one it should be.
  if (evidence.unresolved.some(({ choices }) => choices.length > 0))
    return judges && evidence.unresolved.some(({ choices }) => choices.length > 1);
  const missing = evidence.answers.some(isOpen);
  const empty = acts.some(({ act }) => act === "search") && evidence.results.length === 0;
  return missing || empty || (judged && evidence.results.length > 1);
}

/** Nothing found answers it; or what the shop's rules say leaves out a thing that is asked about by name. */
function isOpen({ topic, about, facts }: Answer): boolean {
  if (facts.length === 0) return true;
  if (about !== null) return false;
  const stated = gist(facts.map(({ key, value, text }) => [key, value, text].join(" ")).join("\n"));
  return gist(topic).content.some((term) => !term.startsWith("@") && holds(stated, term) === 0);
}

/** What no typed filter tells: how good buyers find it, how long it lasts. */
const JUDGING =
  /\breviews?\b|\bratings?\b|\b(?:best|top|highest|well)[- ](?:rated|reviewed|liked|loved)|\bmost (?:reliable|popular|durable|comfortable|loved|trusted|recommended)|\breliab|\bbest (?!price|deal|offer|you can)|customers (?:say|like|think)|people (?:say|like|think)|후기|리뷰|평점|별점|평가|평이|인기|튼튼|내구성|믿을 만|고장 (?:잘 )?안|(?:제일|가장) (?:좋|나은|괜찮|편)/;

/** What the model would look up, as inquiries: about goods that were found, in words already said, none asked before. */
export function inquiriesOf(
  { look_ups }: ModelResearch,
  text: string,
  acts: readonly Act[],
  evidence: Evidence,
  state: State,
): readonly Act[] {
  const before = new Set(acts.map(keyOf));
  const out: Act[] = [];
  for (const wanted of look_ups) {
    const act = inquiry(wanted, text, acts, evidence, state);
    if (act === null || before.has(keyOf(act))) continue;
    before.add(keyOf(act));
    out.push(act);
  }
  return out.slice(0, Math.max(0, BOUNDS.acts - acts.length));
}

function inquiry(
  wanted: ModelLookup,
  text: string,
  acts: readonly Act[],
  evidence: Evidence,
  state: State,
): Act | null {
  switch (wanted.look) {
    case "search":
      return search(wanted, text, acts, state);
    case "compare": {
      // Near misses side by side would hide that they miss.
      if (evidence.relaxed) return null;
      const skus = [...new Set(wanted.skus)].filter((sku) => evidence.products.get(sku)?.live === true);
      if (skus.length < 2) return null;
      return { act: "compare", items: skus.slice(0, BOUNDS.compared).map((sku) => ({ sku })) };
    }
    case "ask": {
      const { sku } = wanted;
      const known = sku === null ? undefined : evidence.products.get(sku);
      if (sku !== null && !known) return null;
      const topic = wanted.question.trim().slice(0, 120);
      if (topic === "") return null;
      // Looked up in the model's words, said again in the counterpart's.
      const question = ownWords(
        wanted.question,
        [text, ...(known ? Object.values(known.product.title).filter((title) => title !== undefined) : [])],
        state.lang,
      );
      return { act: "ask", ...(sku === null ? {} : { item: { sku } }), topic, question };
    }
  }
}

/** Another search keeps the conditions of the first: what they exclude is not wanted in other words either. */
function search(
  { query, price_max }: Extract<ModelLookup, { look: "search" }>,
  text: string,
  acts: readonly Act[],
  state: State,
): ActOf<"search"> | null {
  const words = query.trim().slice(0, 400);
  if (words === "") return null;
  const conditions = acts.find((act) => act.act === "search")?.filters;
  const limit = price_max === null ? null : minorUnits(String(price_max), state.currency);
  const filters = {
    ...conditions,
    ...(limit !== null && isNamed(limit, text, acts, state) ? { price_max: limit } : {}),
  };
  return { act: "search", query: words, ...(Object.keys(filters).length > 0 ? { filters } : {}) };
}

/** A limit that the counterpart set: as it was understood before, or as it stands in the message. */
function isNamed(limit: number, text: string, acts: readonly Act[], { currency }: State): boolean {
  const understood = acts.flatMap((act) =>
    act.act === "search" ? [act.filters?.price_max, act.filters?.price_min] : [],
  );
  const written = (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((digits) =>
    minorUnits(digits.replaceAll(",", ""), currency),
  );
  return understood.includes(limit) || written.includes(limit);
}

function keyOf(act: Act): string {
  if (act.act === "ask") return JSON.stringify(["ask", act.item ?? null, wordsOf(act)]);
  if (act.act === "search")
    return JSON.stringify(["search", act.query.toLowerCase(), act.filters?.price_max ?? null]);
  return JSON.stringify(act);
}

/** A question in the same words is the same, whoever put it. */
function wordsOf({ topic, question }: ActOf<"ask">): string {
  const asked = topic?.includes(" ") || !question ? (topic ?? "") : question;
  return asked
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
