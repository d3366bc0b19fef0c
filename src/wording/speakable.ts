import { minorUnits } from "../domain/money.ts";
import type { Lang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { plain } from "./plain.ts";
import { spokenMoney } from "./spoken.ts";

/**
 * A stranger's text as part of a spoken sentence: no markup, address, id, emoji or symbol, the product codes in
 * `skus` left out, amounts in words, sentences ended by full stops but for the last, at most `max` characters.
 * Empty when nothing can be said.
 */
export function speakable(text: string, lang: Lang, max: number, skus: readonly string[] = []): string {
  return shortened(sayable(text, lang, skus), max);
}

/** A product's title as a listener would say it: short, in one breath, without its code. */
export function spokenTitle(title: string, lang: Lang, max: number, sku: string | null): string {
  const whole = sayable(title, lang, sku === null ? [] : [sku]);
  return shortened(whole.replace(/[,.](?!\d)\s*/g, " "), max) || LANGUAGES[lang].spoken.thing;
}

/** Holds the words of one amount together until the text is cut: half an amount is a wrong one. */
const JOINT = "\uE000";
const ADDRESSES = /\b[a-z]{2,4}_\w{6,}|(?:https?:\/\/|www\.)\S*[^\s.,!?]|\S+@\S+\.\w+/gi;
const MONEY = /([$€£₩¥])\s?(\d+(?:,\d{3})*(?:\.\d+)?)/g;
const SYMBOLS: Readonly<Record<string, string>> = {
  $: "USD",
  "€": "EUR",
  "£": "GBP",
  "₩": "KRW",
  "¥": "JPY",
};

function sayable(text: string, lang: Lang, skus: readonly string[]): string {
  const { symbols } = LANGUAGES[lang].spoken;
  const known = skus.filter((sku) => sku.length > 2);
  const said = known.reduce((rest, sku) => without(rest, sku), plain(text, 1_000).replace(ADDRESSES, " "));
  if (SIMPLE.test(said)) return said;
  const words = said
    .replace(MONEY, (all, symbol: string, digits: string) => {
      const currency = SYMBOLS[symbol] ?? "USD";
      const amount = minorUnits(digits.replaceAll(",", ""), currency);
      return amount === null ? all : ` ${spokenMoney(amount, currency, lang).replaceAll(" ", JOINT)}`;
    })
    .replace(/(\d)\s*%/g, `$1 ${symbols.percent}`)
    .replace(/(\d)\s*["”″]/g, `$1 ${symbols.inch} `)
    .replace(/(\d)\s*[x×*]\s*(?=\d)/gi, `$1 ${symbols.by} `)
    .replace(/\s&\s/g, ` ${symbols.and} `)
    .replace(/(?<=\w)\+(?!\w)/g, ` ${symbols.plus}`)
    .replace(/[!?.。]+(?=\s|$|["'”’)])/g, ". ")
    .replace(/[:;!?()[\]]+|\s[-–—]\s/g, ", ")
    .replace(/[^\p{L}\p{M}\p{Nd}\uE000\s.,'-]+/gu, " ")
    .replace(/\s+(?=[.,](?!\d))/g, "")
    .replace(/(?<![\p{L}\p{Nd}])[.'-]+|['-]+(?![\p{L}\p{Nd}])|\.(?![\d\s])/gu, " ");
  return tidy(words);
}

/** Letters, digits and single commas, no "2 x 3": most titles, told apart by one cheap test. */
const SIMPLE = /^(?!.*\d ?x ?\d)[a-z0-9가-힣]+(?:,? [a-z0-9가-힣]+)*$/i;

function without(text: string, sku: string): string {
  const at = text.toLowerCase().indexOf(sku.toLowerCase());
  return at < 0 ? text : `${text.slice(0, at)} ${text.slice(at + sku.length)}`;
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/(?:\s?,)+(?!\d)/g, ",")
    .replace(/\s?[,.]*\.[,.]*(?=\s|$)/g, ".")
    .replace(/^[\s,.]+|[\s,.]+$/g, "");
}

function shortened(text: string, max: number): string {
  return headOf(text, max).replaceAll(JOINT, " ");
}

function headOf(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  const space = head.lastIndexOf(" ");
  const whole = space > max / 3 || head.includes(JOINT);
  return head.slice(0, whole ? Math.max(space, 0) : max).replace(/[\s,.'-]+$|[\uD800-\uDBFF]$/g, "");
}
