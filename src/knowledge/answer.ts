import type { Known } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import type { KnowledgeLookup } from "../domain/lookup.ts";
import type { Answer } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type Asked, hasVoice, isShopTopic } from "./asked.ts";
import { phrasesOf } from "./attributes.ts";
import { conflictsOf } from "./conflicts.ts";
import { factsOf } from "./facts.ts";
import { type Gathered, voicesKey } from "./gathered.ts";
import { optionWord } from "./identify.ts";
import { aboutProduct, isOverview, nameOf, overview } from "./overview.ts";
import { byRank, supporting } from "./pieces.ts";
import { fromReviews, isOfReviews, ordersFor } from "./reviews.ts";
import { ofShop, passageWords } from "./rules.ts";
import type { Sought } from "./traits.ts";
import { covering, type Grounds, NONE, naming } from "./weigh.ts";

/** Look-ups that the question still needs: voices also where typed facts answer, for they may say otherwise. */
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
  if (!known || !hasVoice(asked)) return lookups;
  const product = known.product.id;
  if (isParticular(asked, known))
    lookups.push({ kind: "voices", sku: product, text: voiceWords(asked, state.lang), limit: VOICES });
  for (const by of asked.asking ? ordersFor(asked.asking) : [])
    lookups.push({ kind: "voices", sku: product, text: "", by, limit: VOICES });
  return lookups;
}

/**
 * The facts that answer, and which of them contradict each other: then the typed fact comes first and counts. Typed
 * facts alone where they address the whole question; else they first where one of them
 * ranks first, or after the vendor's own words and before customers', and only beside words that address more. Empty
 * when nothing found supports an answer. The price and the stock come from typed facts or not at all.
 */
export function answerTo(
  asked: Asked,
  gathered: Gathered,
  state: State,
  vendor: Vendor,
): Pick<Answer, "facts" | "conflicts"> {
  const facts = factsFor(asked, gathered, state, vendor);
  const known = asked.sku === null ? undefined : gathered.products.get(asked.sku);
  const typed = facts.filter(({ text }) => text === undefined);
  if (!known || !hasVoice(asked) || typed.length === 0) return { facts };
  const { against, conflicts } = conflictsOf(typed, said(asked, known, gathered, state));
  if (conflicts.length === 0) return { facts };
  const others = facts.filter((fact) => !typed.includes(fact) && !against.some(({ id }) => id === fact.id));
  return {
    facts: [...typed.slice(0, FACTS - against.length), ...against, ...others].slice(0, FACTS),
    conflicts,
  };
}

function factsFor(asked: Asked, gathered: Gathered, state: State, vendor: Vendor): Fact[] {
  const known = asked.sku === null ? undefined : gathered.products.get(asked.sku);
  const stating = known ? stated(asked, known, state) : NONE;
  const typed = stating.share > 0 ? stating : ofShop(asked, gathered, state, vendor, FACTS - QUOTES);
  if (!known || !hasVoice(asked)) return typed.facts.slice(0, FACTS);
  if (asked.asking) return opinions(asked, known, gathered, state, typed.facts);
  if (isOverview(asked.terms, known) && !ASKS_ONE_THING.test(asked.text.toLowerCase()))
    return overview(known, state);
  if (typed.share >= WHOLE) return typed.facts.slice(0, FACTS);

  const facts = [...specsOf(known), ...said(asked, known, gathered, state)];
  const best = supporting(soughtBy(asked, known), facts, state.lang, typed.share);
  const quoted = best.texts.slice(0, QUOTES);
  if (!best.typedFirst) return inOrder(quoted, typed.facts);
  return [...(typed.share > 0 ? typed.facts : best.typed).slice(0, FACTS - QUOTES), ...quoted];
}

/** "When was it made?" has no word to look for, and is no wish to hear about it. */
const ASKS_ONE_THING = /^(?:and |so )?(?:when|who|whose|why|where|how)\b|언제|누가|누구|왜 /;

/** The vendor's own words, the typed facts, customers' words. */
function inOrder(quoted: readonly Fact[], typed: readonly Fact[]): Fact[] {
  const customers = quoted.filter((fact) => !isVendors(fact));
  return [...quoted.filter(isVendors), ...typed.slice(0, FACTS - QUOTES), ...customers];
}

/** From this share on a question counts as answered whole. */
const WHOLE = 0.85;
/** Facts of one answer, and how many of them may be quoted text. */
const FACTS = 8;
const QUOTES = 3;
const PASSAGES = 6;
/** Voices of one look-up. */
const VOICES = 20;

/** Typed facts of the product that answer; without any question, what it is. */
function stated(asked: Asked, known: Known, state: State): Grounds {
  const { product, version, live, stock } = known;
  const facts = factsOf({ entry: product, version, live }, stock).filter(
    ({ key, kind, unit }) =>
      key !== "description" && kind !== "title" && (kind !== "price" || (live && unit === state.currency)),
  );
  const exact = asked.text === "" ? facts : facts.filter(({ key }) => key === asked.topic);
  if (exact.length > 0) return { facts: exact, share: 1 };
  const terms = ofVariant(asked, known) ? asked.terms.filter((term) => term !== "@color") : asked.terms;
  return naming(aboutProduct(terms, known), facts, (alike) =>
    byRank(soughtBy(asked, known), alike, state.lang),
  );
}

/** "The Air 14 in black": a colour that only says which one is meant. */
function ofVariant({ text, terms }: Asked, { product }: Known): boolean {
  const color = product.options?.color;
  if (color === undefined || !terms.includes("@color") || /colou?r|색/i.test(text)) return false;
  return [color, optionWord(color, "ko")].some((word) => text.toLowerCase().includes(word));
}

/** The question, and what it asks for by its usual names in the other language: answers are in either. */
function voiceWords({ text, terms }: Asked, lang: Lang): string {
  const other = lang === "ko" ? "en" : "ko";
  const topics = terms.filter((term) => term.startsWith("@"));
  return [text, ...topics.flatMap((term) => phrasesOf(term.slice(1), other))].join(" ").slice(0, 400);
}

/** It asks for something in particular, which somebody may have written of. */
function isParticular(asked: Asked, known: Known): boolean {
  return asked.asking === null || particulars(asked, known).length > 0;
}

/** What it asks of the product besides how people find it. */
function particulars(asked: Asked, known: Known): readonly string[] {
  const { asking } = asked;
  const whole = asking !== null && !JUDGED.has(asking.of);
  const variant = ofVariant(asked, known);
  const rest = asked.terms.filter((term) => !isOfReviews(term) && !(variant && term === "@color"));
  return whole || isOverview(rest, known) ? [] : aboutProduct(rest, known);
}

/** What may be asked of one side of a product alone: complaints about its battery. */
const JUDGED: ReadonlySet<string> = new Set(["overall", "complaints", "praise"]);

/** What people think of it: of one side of it in their own words, else what all of them give it, and their words. */
function opinions(
  asked: Asked,
  known: Known,
  gathered: Gathered,
  state: State,
  typed: readonly Fact[],
): Fact[] {
  const { asking } = asked;
  const terms = particulars(asked, known);
  const words =
    terms.length > 0 ? covering(terms, voicesOf(asked, known, gathered, state), QUOTES).facts : [];
  const tally = gathered.tallies.get(known.product.id);
  const particular = terms.length > 0 && (words.length > 0 || asking?.of === "overall");
  if (particular || !asking || !tally) return inOrder(words, typed);
  const lists = ordersFor(asking).map((by) =>
    (gathered.voices.get(voicesKey({ sku: known.product.id, text: "", by })) ?? []).flatMap((item) =>
      factsOf(item),
    ),
  );
  return [...fromReviews(asking, known.product.id, tally, lists, state.lang)].slice(0, FACTS);
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
  return (voices.get(voicesKey({ sku: product.id, text: voiceWords(asked, state.lang) })) ?? [])
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

function isVendors({ kind, key }: Fact): boolean {
  return kind === "spec" || key === "vendor";
}
