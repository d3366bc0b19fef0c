import type { ActOf } from "../domain/act.ts";
import type { Known } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import type { KnowledgeLookup } from "../domain/lookup.ts";
import type { State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { phraseOf } from "./attributes.ts";
import { factsOf } from "./facts.ts";
import { type Gathered, voicesKey } from "./gathered.ts";
import { gist, isWithin } from "./match.ts";
import { aboutProduct, isOverview, nameOf, overview } from "./overview.ts";
import { byRank, supporting } from "./pieces.ts";
import { shopFacts } from "./shop.ts";
import type { Sought } from "./traits.ts";
import { covering, type Grounds, NONE, naming } from "./weigh.ts";

/** A question, taken apart as far as the question alone allows. */
export interface Asked {
  /** The product it is about; null for the shop. `implied`: not named, only spoken of before. */
  readonly sku: string | null;
  readonly implied: boolean;
  readonly text: string;
  readonly topic: string | null;
  /** What it asks for, without the words that only ask. */
  readonly terms: readonly string[];
  /** It asks how people find it. */
  readonly opinion: boolean;
  /** It asks what people find wrong with it. */
  readonly critical: boolean;
}

export function askedBy(asking: ActOf<"ask">, sku: string | null, state: State): Asked {
  const act = ofOption(asking) ? { act: asking.act, topic: "stock" } : asking;
  const text = [act.topic?.replaceAll("_", " "), act.question].filter((part) => part !== undefined).join(" ");
  const { content } = gist(text);
  const terms = narrowed(pricing(content.filter((term) => !JUDGING.has(term))));
  const critical = content.includes(COMPLAINT);
  const opinion = critical || content.includes(OPINION);
  const implied =
    asking.item === undefined && sku === null && state.that !== null && !terms.some(isShopTopic);
  return {
    sku: implied ? state.that : sku,
    implied,
    text: text.slice(0, 400),
    topic: act.topic ?? null,
    terms,
    opinion,
    critical,
  };
}

/** "Do you have it in gray?" asks whether there is one. */
function ofOption({ item, topic }: ActOf<"ask">): boolean {
  return topic === "color" && item !== undefined && !("sku" in item) && item.options !== undefined;
}

/** Look-ups that the question still needs: voices only when typed facts do not answer all of it. */
export function unanswered(asked: Asked, gathered: Gathered, state: State): KnowledgeLookup[] {
  const { sku, text } = asked;
  const lookups: KnowledgeLookup[] = [];
  if (sku !== null && asked.implied) lookups.push({ kind: "products", skus: [sku] });
  if (text === "") return lookups;
  if (sku === null || asked.implied || asked.terms.some(isShopTopic)) {
    const wording = passageWords(asked, state.lang);
    lookups.push({ kind: "passages", text: wording, lang: state.lang, limit: PASSAGES });
  }
  const known = sku === null ? undefined : gathered.products.get(sku);
  if (known && hasVoice(asked) && (asked.opinion || stated(asked, known, state).share < WHOLE)) {
    lookups.push({ kind: "voices", sku: known.product.id, text: voiceWords(asked), limit: VOICES });
  }
  return lookups;
}

/**
 * The facts that answer: typed facts alone where they address the whole question; else they first where one of them
 * ranks first, or after the vendor's own words and before customers', and only beside words that address more. Empty
 * when nothing found supports an answer. The price and the stock come from typed facts or not at all.
 */
export function answerTo(asked: Asked, gathered: Gathered, state: State, vendor: Vendor): Fact[] {
  const known = asked.sku === null ? undefined : gathered.products.get(asked.sku);
  const stating = known ? stated(asked, known, state) : NONE;
  const typed = stating.share > 0 ? stating : ofShop(asked, gathered, state, vendor);
  if (!known || !hasVoice(asked)) return typed.facts.slice(0, FACTS);
  if (asked.opinion) return inOrder(fromVoices(asked, known, gathered, state).facts, typed.facts);
  if (isOverview(asked.terms, known)) return overview(known, state);
  if (typed.share >= WHOLE) return typed.facts.slice(0, FACTS);

  const facts = [...specsOf(known), ...said(asked, known, gathered, state)];
  const best = supporting(soughtBy(asked, known), facts, state.lang, typed.share);
  const quoted = best.texts.slice(0, QUOTES);
  if (!best.typedFirst) return inOrder(quoted, typed.facts);
  return [...(typed.share > 0 ? typed.facts : best.typed).slice(0, FACTS - QUOTES), ...quoted];
}

/** The vendor's own words, the typed facts, customers' words. */
function inOrder(quoted: readonly Fact[], typed: readonly Fact[]): Fact[] {
  const customers = quoted.filter((fact) => !isVendors(fact));
  return [...quoted.filter(isVendors), ...typed.slice(0, FACTS - QUOTES), ...customers];
}

const OPINION = "@opinion";
const COMPLAINT = "@complaint";
const OVERVIEW = "@overview";
const JUDGING = new Set([OPINION, COMPLAINT, OVERVIEW]);
/** From this share on a question counts as answered whole. */
const WHOLE = 0.85;
/** Facts of one answer, and how many of them may be quoted text. */
const FACTS = 8;
const QUOTES = 3;
const PASSAGES = 6;
/** Voices of one look-up. */
export const VOICES = 20;

const SHOP_TOPICS = new Set(
  "shipping shipping_fee shipping_time shipping_abroad returns warranty payment privacy subscription cancellation contact hours refund payment_method payment_later invoice tax human assembly_service"
    .split(" ")
    .map((id) => `@${id}`),
);
/** What only a figure that holds now may answer. */
const FIGURES = new Set(["@price", "@stock"]);

function isShopTopic(term: string): boolean {
  return SHOP_TOPICS.has(term);
}

function isFigure(term: string): boolean {
  return FIGURES.has(term);
}

/** "Shipping: how much is it?" asks for the fee, not for all there is to say of shipping. */
function narrowed(terms: readonly string[]): readonly string[] {
  return terms.filter((term) => !terms.some((other) => isWithin(other, term)));
}

/** "How much is it?" asks for the price; "how much is shipping?" for what else it names. */
function pricing(terms: readonly string[]): readonly string[] {
  const others = terms.filter((term) => term !== "@how_much");
  if (others.length === terms.length) return terms;
  return others.some((term) => term.startsWith("@")) ? others : [...others, "@price"];
}
/** Whether customers' words may answer: not without a question, nor on figures or what the shop itself rules. */
function hasVoice({ text, terms }: Asked): boolean {
  return text !== "" && !terms.some((term) => isFigure(term) || isShopTopic(term));
}

/** Typed facts of the product that answer; without any question, what it is. */
function stated(asked: Asked, known: Known, state: State): Grounds {
  const { product, version, live, stock } = known;
  const facts = factsOf({ entry: product, version, live }, stock).filter(
    ({ key, kind, unit }) =>
      key !== "description" && kind !== "title" && (kind !== "price" || (live && unit === state.currency)),
  );
  const exact = asked.text === "" ? facts : facts.filter(({ key }) => key === asked.topic);
  if (exact.length > 0) return { facts: exact, share: 1 };
  return naming(aboutProduct(asked.terms, known), facts, (alike) =>
    byRank(soughtBy(asked, known), alike, state.lang),
  );
}

/** The question with its topics by their usual names: "send it back" finds what is written about returns. */
function passageWords({ text, terms }: Asked, lang: Lang): string {
  const topics = terms.filter(isShopTopic).map((term) => phraseOf(term.slice(1), lang));
  return [text, ...topics.filter((topic) => !text.includes(topic))].join(" ").slice(0, 400);
}

/** Who asks nothing particular wants to hear what there is. */
function voiceWords({ text, terms, critical }: Asked): string {
  return terms.length === 0 || critical ? "" : text;
}

/** Typed terms, unless a passage addresses more of the question: the rule for Jeju before the usual fee. */
function ofShop(asked: Asked, gathered: Gathered, state: State, vendor: Vendor): Grounds {
  if (asked.terms.some(isFigure)) return NONE;
  const facts = asked.terms.some(isShopTopic) ? shopFacts(vendor, state.currency, state.lang) : [];
  const exact = facts.filter(({ key }) => asked.terms.includes(`@${key}`));
  const typed = naming(asked.terms, exact.length > 0 ? exact : facts, undefined, FACTS - QUOTES);
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
  const facts = (passages.get(passageWords(asked, state.lang)) ?? []).flatMap((item) => factsOf(item));
  const own = covering(
    asked.terms,
    facts.filter(({ lang }) => lang === state.lang),
    QUOTES - 1,
  );
  return own.share > 0 ? own : covering(asked.terms, facts, QUOTES - 1);
}

/** What people think of it, in their own words; the description has no opinions. */
function fromVoices(asked: Asked, known: Known, gathered: Gathered, state: State): Grounds {
  const voices = voicesOf(asked, known, gathered, state);
  if (asked.critical) return critical(voices);
  const terms = aboutProduct(asked.terms, known);
  if (terms.length > 0) return covering(terms, voices, QUOTES);
  return { facts: voices.filter(({ kind }) => kind === "review").slice(0, QUOTES), share: 1 };
}

/** Whatever says something of the product: its description in the language spoken, and other people's words. */
function said(asked: Asked, known: Known, gathered: Gathered, state: State): Fact[] {
  const { product, version, live } = known;
  const described = factsOf({ entry: product, version, live }).filter(
    ({ key, lang }) => key === "description" && lang === state.lang,
  );
  return [...described, ...voicesOf(asked, known, gathered, state)];
}

/** Those in the language spoken come first. */
function voicesOf(asked: Asked, { product }: Known, { voices }: Gathered, state: State): Fact[] {
  return (voices.get(voicesKey(product.id, voiceWords(asked)))?.entries ?? [])
    .flatMap((item) => factsOf(item))
    .sort((a, b) => Number(b.lang === state.lang) - Number(a.lang === state.lang));
}

/** What it is by its figures; the price and the stock are asked for by name or not at all. */
function specsOf({ product, version, live }: Known): Fact[] {
  return factsOf({ entry: product, version, live }).filter(
    ({ key, kind }) => key !== "description" && (kind === "spec" || kind === "option"),
  );
}

function soughtBy(asked: Asked, known: Known): Sought & { readonly terms: readonly string[] } {
  return { text: asked.text, title: nameOf(known), terms: aboutProduct(asked.terms, known) };
}

/** The reviews that praise it least, in their own words; none where everybody is wholly content. */
function critical(said: readonly Fact[]): Grounds {
  const reviews = said.filter(({ kind, value }) => kind === "review" && typeof value === "number");
  const least = reviews
    .filter(({ value }) => Number(value) < CONTENT)
    .toSorted((a, b) => Number(a.value) - Number(b.value));
  return { facts: least.slice(0, QUOTES), share: least.length > 0 ? 1 : 0 };
}

const CONTENT = 5;

function isVendors({ kind, key }: Fact): boolean {
  return kind === "spec" || key === "vendor";
}
