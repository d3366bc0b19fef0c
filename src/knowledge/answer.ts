import type { ActOf } from "../domain/act.ts";
import type { Known } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import type { Lookup } from "../domain/lookup.ts";
import type { State } from "../domain/state.ts";
import type { Vendor } from "../domain/vendor.ts";
import { factsOf } from "./facts.ts";
import type { Gathered } from "./gathered.ts";
import { gist } from "./match.ts";
import { shopFacts } from "./shop.ts";
import { addressed, covering, gistOf, naming } from "./weigh.ts";

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
}

export function askedBy(act: ActOf<"ask">, sku: string | null, state: State): Asked {
  const text = [act.topic?.replaceAll("_", " "), act.question].filter((part) => part !== undefined).join(" ");
  const { content } = gist(text);
  const terms = pricing(content.filter((term) => term !== OPINION));
  const opinion = content.includes(OPINION);
  const implied = act.item === undefined && sku === null && state.that !== null && !terms.some(isShopTopic);
  return {
    sku: implied ? state.that : sku,
    implied,
    text: text.slice(0, 400),
    topic: act.topic ?? null,
    terms,
    opinion,
  };
}

/** Look-ups that the question still needs: voices only when typed facts do not answer it. */
export function unanswered(asked: Asked, gathered: Gathered, state: State): Lookup[] {
  const { sku, text } = asked;
  const lookups: Lookup[] = [];
  if (sku !== null && asked.implied) lookups.push({ kind: "products", skus: [sku] });
  if (text === "") return lookups;
  if (sku === null || asked.implied || asked.terms.some(isShopTopic)) {
    lookups.push({ kind: "passages", text, lang: state.lang, limit: PASSAGES });
  }
  const known = sku === null ? undefined : gathered.products.get(sku);
  if (known && hasVoice(asked) && (asked.opinion || stated(asked, known, state).length === 0)) {
    lookups.push({ kind: "voices", sku: known.product.id, text, limit: VOICES });
  }
  return lookups;
}

/**
 * The facts that answer, the surest kind first: typed facts, the vendor's own words, customers' words. Empty when
 * nothing found addresses the question. Prices, stock and delivery come from typed facts or not at all.
 */
export function answerTo(asked: Asked, gathered: Gathered, state: State, vendor?: Vendor): Fact[] {
  const known = asked.sku === null ? undefined : gathered.products.get(asked.sku);
  const typed = known ? stated(asked, known, state) : [];
  const certain = typed.length > 0 ? typed : ofShop(asked, gathered, state, vendor);
  if (!known || !hasVoice(asked) || (certain.length > 0 && !asked.opinion)) return certain.slice(0, FACTS);
  return [...certain.slice(0, FACTS - QUOTES), ...fromVoices(asked, known, gathered, state)];
}

const OPINION = "@opinion";
/** Facts of one answer, and how many of them may be quoted text. */
const FACTS = 8;
const QUOTES = 3;
const PASSAGES = 6;
const VOICES = 20;

const SHOP_TOPICS = new Set(
  "shipping shipping_fee shipping_time shipping_abroad returns warranty payment privacy subscription cancellation contact"
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
function stated(asked: Asked, known: Known, state: State): Fact[] {
  const facts = factsOf(
    { entry: known.product, version: known.version, live: known.live },
    known.stock,
  ).filter(
    (fact) =>
      fact.key !== "description" && (fact.kind !== "price" || (known.live && fact.unit === state.currency)),
  );
  const exact = facts.filter(({ key }) => key === asked.topic);
  if (exact.length > 0) return exact.slice(0, FACTS);
  if (asked.text === "") return facts.filter(({ kind }) => kind !== "title").slice(0, FACTS);
  const attributes = facts.filter(({ kind }) => kind !== "title");
  return naming(aboutProduct(asked, known), attributes);
}

/** Typed terms, unless a passage addresses more of the question: the rule for Jeju before the usual fee. */
function ofShop(asked: Asked, gathered: Gathered, state: State, vendor: Vendor | undefined): Fact[] {
  if (asked.terms.some(isFigure)) return [];
  const topical = vendor !== undefined && asked.terms.some(isShopTopic);
  const typed = topical
    ? naming(asked.terms, shopFacts(vendor, state.currency, state.lang), FACTS - QUOTES)
    : [];
  const passages = fromPassages(asked, gathered, state);
  const rule = addressed(asked.terms, ...passages.map(gistOf));
  return rule > addressed(asked.terms, ...typed.map(gistOf)) ? passages : typed;
}

function fromPassages(asked: Asked, { passages }: Gathered, state: State): Fact[] {
  const facts = (passages.get(asked.text) ?? []).flatMap((item) => factsOf(item));
  const own = facts.filter(({ lang }) => lang === state.lang);
  const best = covering(asked.terms, own, QUOTES - 1);
  return best.length > 0 ? best : covering(asked.terms, facts, QUOTES - 1);
}

/** The vendor's description and answers before customers' answers, those before reviews. */
function fromVoices(asked: Asked, known: Known, { voices }: Gathered, state: State): Fact[] {
  const { product, version, live } = known;
  const described = factsOf({ entry: product, version, live }).filter(
    ({ key, lang }) => key === "description" && lang === state.lang,
  );
  const said = (voices.get(product.id)?.entries ?? [])
    .flatMap((item) => factsOf(item))
    .sort((a, b) => Number(b.lang === state.lang) - Number(a.lang === state.lang));
  const terms = aboutProduct(asked, known);
  if (asked.opinion && terms.length === 0)
    return said.filter(({ kind }) => kind === "review").slice(0, QUOTES);
  const candidates = asked.opinion ? said : [...described, ...said];
  return covering(terms, candidates, QUOTES).sort((a, b) => rank(a) - rank(b));
}

function rank({ kind, key }: Fact): number {
  if (kind === "spec" || key === "vendor") return 0;
  return kind === "answer" ? 1 : 2;
}

/** What is asked of the product, without the words that only name it. */
function aboutProduct({ terms }: Asked, { product }: Known): readonly string[] {
  const name = gist([product.title.en, product.title.ko, product.brand].join(" "));
  const rest = terms.filter((term) => term.startsWith("@") || !name.terms.has(term));
  return rest.length > 0 ? rest : terms;
}
