import { minorUnits } from "../domain/money.ts";
import type { Lang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { plain } from "./plain.ts";
import { spokenMoney } from "./spoken.ts";

/**
 * A stranger's text as part of a spoken sentence: no markup, address, emoji or symbol, the product codes in `skus`
 * left out, amounts in words, sentences ended by full stops but the last, at most `max` characters. Empty when nothing
 * can be said.
 */
export function speakable(text: string, lang: Lang, max: number, skus: readonly string[] = []): string {
  const { symbols } = LANGUAGES[lang].spoken;
  const known = skus.filter((sku) => sku.length > 2);
  const said = known.reduce((rest, sku) => without(rest, sku), plain(text, 1_000).replace(ADDRESSES, " "));
  const words = said
    .replace(MONEY, (all, symbol: string, digits: string) => {
      const currency = SYMBOLS[symbol] ?? "USD";
      const amount = minorUnits(digits.replaceAll(",", ""), currency);
      return amount === null ? all : ` ${spokenMoney(amount, currency, lang)}`;
    })
    .replace(/(\d)\s*%/g, `$1 ${symbols.percent}`)
    .replace(/(\d)\s*["”″]/g, `$1 ${symbols.inch} `)
    .replace(/(\d)\s*[x×*]\s*(?=\d)/gi, `$1 ${symbols.by} `)
    .replace(/\s&\s/g, ` ${symbols.and} `)
    .replace(/(?<=\w)\+(?!\w)/g, ` ${symbols.plus}`)
    .replace(/[!?.。]+(?=\s|$|["'”’)])/g, ". ")
    .replace(/[:;!?()[\]]+|\s[-–—]\s/g, ", ")
    .replace(/[^\p{L}\p{M}\p{Nd}\s.,'-]+/gu, " ")
    .replace(/\s+(?=[.,](?!\d))/g, "")
    .replace(/(?<![\p{L}\p{Nd}])[.'-]+|['-]+(?![\p{L}\p{Nd}])|\.(?![\d\s])/gu, " ");
  return shortened(tidy(words), max);
}

/** A product's title as a listener would say it: short, in one breath, without its code. */
export function spokenTitle(title: string, lang: Lang, max: number, sku: string | null): string {
  const whole = speakable(title, lang, max * 2, sku === null ? [] : [sku]);
  return shortened(whole.replace(/[,.](?!\d)\s*/g, " "), max) || LANGUAGES[lang].spoken.thing;
}

const ADDRESSES = /(?:https?:\/\/|www\.)\S*[^\s.,!?]|\S+@\S+\.\w+/gi;
const MONEY = /([$€£₩¥])\s?(\d+(?:,\d{3})*(?:\.\d+)?)/g;
const SYMBOLS: Readonly<Record<string, string>> = {
  $: "USD",
  "€": "EUR",
  "£": "GBP",
  "₩": "KRW",
  "¥": "JPY",
};

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
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  const space = head.lastIndexOf(" ");
  return head.slice(0, space > max / 3 ? space : max).replace(/[\s,.'-]+$|[\uD800-\uDBFF]$/g, "");
}
