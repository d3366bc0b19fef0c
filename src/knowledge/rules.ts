import type { Fact } from "../domain/fact.ts";
import type { State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type Asked, asksFor, isFigure, isShopTopic } from "./asked.ts";
import { phraseOf } from "./attributes.ts";
import { factsOf } from "./facts.ts";
import type { Gathered } from "./gathered.ts";
import { gist, holds, isWithin } from "./match.ts";
import { shopFacts } from "./shop.ts";
import { covering, ENOUGH, type Grounds, NONE, naming } from "./weigh.ts";

/** What the shop rules: typed terms, `most` of them, unless a passage addresses more of the question: the rule for Jeju before the usual fee. */
export function ofShop(
  asked: Asked,
  gathered: Gathered,
  state: State,
  vendor: Vendor,
  most: number,
): Grounds {
  if (asked.terms.some(isFigure)) return NONE;
  const facts = asked.terms.some(isShopTopic) ? shopFacts(vendor, state.currency, state.lang) : [];
  const exact = facts.filter(({ key }) => asked.terms.includes(`@${key}`));
  const typed = naming(asked.terms, exact.length > 0 ? exact : facts, undefined, most);
  const passages = fromPassages(asked, gathered, state);
  if (passages.share > typed.share) return passages;
  const worded =
    typed.facts.length > 1 ? passages.facts.filter((fact) => isAbout(asked, fact)).slice(0, 1) : [];
  return { facts: [...typed.facts, ...worded], share: typed.share };
}

/** By its title the passage is about what is asked and nothing else: return shipping is another matter. */
function isAbout({ terms }: Asked, { value }: Fact): boolean {
  const topics = [...gist(String(value)).terms].filter(isShopTopic);
  const asked = (topic: string) =>
    terms.some((term) => term === topic || isWithin(term, topic) || isWithin(topic, term));
  return topics.length > 0 && topics.every(asked);
}

function fromPassages(asked: Asked, { passages }: Gathered, state: State): Grounds {
  const facts = (passages.get(passageWords(asked, state.lang)) ?? [])
    .flatMap((item) => factsOf(item))
    .filter((fact) => repliesTo(asked, fact));
  const own = covering(
    asked.terms,
    facts.filter(({ lang }) => lang === state.lang),
    PASSAGES,
  );
  return own.share > 0 ? own : covering(asked.terms, facts, PASSAGES);
}

/** "Yes." to another question answers nothing: of an entry that begins so, most of its own question must be asked. */
function repliesTo({ text: asked, terms }: Asked, { kind, value, text = "" }: Fact): boolean {
  if (kind !== "faq" || !YES_OR_NO.test(text)) return true;
  const own = asksFor(String(value)).filter((term) => !AUXILIARY.test(term) && term !== WHOSE);
  const question = gist(asked);
  const near = (term: string) => terms.some((one) => isWithin(one, term) || isWithin(term, one));
  const holding = (term: string) => (term.startsWith("@") ? near(term) : holds(question, stemOf(term)) > 0);
  return own.filter((term) => terms.includes(term) || holding(term)).length > own.length * ENOUGH;
}

/** "Can my company ...?": whose question it was. */
const WHOSE = "@brand";
/** "발행해 주시나요?" asks no more than "발행되나요?". */
const AUXILIARY = /^(?:주시?|되|있|하시?)(?:나|는지)$/;

function stemOf(term: string): string {
  return /^[가-힣]{3,}$/.test(term) ? term.slice(0, -1) : term;
}

const YES_OR_NO = /^(?:yes|no|네|예|아니요|아니오|아뇨)(?![\p{L}])/iu;

/** The question with its topics by their usual names: "send it back" finds what is written about returns. */
export function passageWords({ text, terms }: Asked, lang: Lang): string {
  const topics = terms.filter(isShopTopic).map((term) => phraseOf(term.slice(1), lang));
  return [text, ...topics.filter((topic) => !text.includes(topic))].join(" ").slice(0, 400);
}

/** Passages of one answer. */
const PASSAGES = 2;
