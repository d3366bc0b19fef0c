import type { ActOf } from "../domain/act.ts";
import type { State } from "../domain/state.ts";
import { gist, isWithin } from "./match.ts";
import { type Asking, askingOf } from "./reviews.ts";

/** A question, taken apart as far as the question alone allows. */
export interface Asked {
  /** The product it is about; null for the shop. `implied`: not named, only spoken of before. */
  readonly sku: string | null;
  readonly implied: boolean;
  readonly text: string;
  readonly topic: string | null;
  /** What it asks for, without the words that only ask. */
  readonly terms: readonly string[];
  /** It asks how people find it, and what of that. */
  readonly asking: Asking | null;
}

export function askedBy(asking: ActOf<"ask">, sku: string | null, state: State): Asked {
  const act = ofOption(asking) ? { act: asking.act, topic: "stock" } : asking;
  const text = [act.topic?.replaceAll("_", " "), act.question].filter((part) => part !== undefined).join(" ");
  const asks = ofTax(asksFor(text));
  const terms = asks.some(isShopTopic) ? asks.filter((term) => !WHEN.has(term)) : asks;
  const implied =
    asking.item === undefined && sku === null && state.that !== null && !terms.some(isShopTopic);
  return {
    sku: implied ? state.that : sku,
    implied,
    text: text.slice(0, 400),
    topic: act.topic ?? null,
    terms,
    asking: askingOf(act.question ?? text),
  };
}

/** What a text asks for: attributes by their ids ("@weight"), the same in every language, and words that name none. */
export function asksFor(text: string): readonly string[] {
  return narrowed(pricing(gist(text).content.filter((term) => !JUDGING.has(term))));
}

/** "Do you have it in gray?" asks whether there is one. */
function ofOption({ item, topic }: ActOf<"ask">): boolean {
  return topic === "color" && item !== undefined && !("sku" in item) && item.options !== undefined;
}

/** "Do I have to pay tax?" asks for the tax, and not how it or anything is paid. */
function ofTax(terms: readonly string[]): readonly string[] {
  return terms.includes("@tax") ? terms.filter((term) => !PAYING.has(term)) : terms;
}

const PAYING: ReadonlySet<string> = new Set("@payment @price 내야 내는 내나 내요 charge pay".split(" "));

const JUDGING = new Set(["@opinion", "@complaint", "@overview"]);

const SHOP_TOPICS = new Set(
  "shipping shipping_fee shipping_time shipping_abroad returns warranty payment privacy subscription cancellation contact hours refund payment_method payment_later invoice tax human assembly_service"
    .split(" ")
    .map((id) => `@${id}`),
);
/** Of a rule these say when it is asked for, not which. */
const WHEN: ReadonlySet<string> = new Set(["after", "before", "once", "during", "while", "already"]);
/** What only a figure that holds now may answer. */
const FIGURES = new Set(["@price", "@stock"]);

export function isShopTopic(term: string): boolean {
  return SHOP_TOPICS.has(term);
}

export function isFigure(term: string): boolean {
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
export function hasVoice({ text, terms }: Asked): boolean {
  return text !== "" && !terms.some((term) => isFigure(term) || isShopTopic(term));
}
