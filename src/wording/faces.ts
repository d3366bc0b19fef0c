import type { Fact } from "../domain/fact.ts";
import { Amount, formatMoney } from "../domain/money.ts";
import { inLang, type Lang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { plain, quoted } from "./plain.ts";
import type { Counting } from "./ratings.ts";
import { speakable } from "./speakable.ts";
import { spokenDate, spokenDecimal, spokenMoney, spokenNumber } from "./spoken.ts";
import type { Context } from "./templates.ts";

/** How the parts of a sentence are put for one face. */
export interface Face extends Counting {
  units(n: number, context: Context): string;
  value(fact: Fact, context: Context): string;
  quote(text: string, context: Context): string;
  name(text: string, context: Context): string;
}

export const WRITTEN: Face = {
  number: (n) => String(n),
  few: (n, { lang }) => (lang === "ko" ? `${n}개` : String(n)),
  sentence: (text) => text,
  reviews: (n, { lang }) => LANGUAGES[lang].answers.ratings.reviews(n, false),
  date: (date, { lang }) => LANGUAGES[lang].answers.date(date),
  units: (n, { lang }) => (lang === "ko" ? `${n}개` : String(n)),
  value: specValue,
  quote: (text) => quoted(text, 400),
  name: (text) => plain(text, 100),
};

export const SPOKEN: Face = {
  // 점 stands after it, apart from the one inside it.
  number: (n, { lang }) => spokenDecimal(n, lang) + (lang === "ko" ? " " : ""),
  few: (n, { lang }) => LANGUAGES[lang].spoken.units(n),
  sentence: (text, { lang }) => inWords(text, lang),
  reviews: (n, { lang }) => LANGUAGES[lang].answers.ratings.reviews(n, true),
  date: (date, { lang }) => spokenDate(date, lang),
  units: (n, { lang }) => LANGUAGES[lang].spoken.units(n),
  value: spokenValue,
  quote: spokenQuote,
  name: (text, { lang }) => speakable(text, lang, 60),
};

/** Whole sentences only: half a sentence could lose the exception that follows. The first is said unless endless. */
function spokenQuote(text: string, { lang }: Context): string {
  const sentences = speakable(text, lang, 1_000).split(/(?<=\.) /);
  const few = /[가-힣]/.test(text) ? 60 : 110;
  let said = speakable(sentences[0] ?? "", lang, 240);
  const second = sentences[1] ?? "";
  if (second !== "" && said.length + second.length < few) said = `${said}. ${second}`;
  return said.endsWith(".") ? said : `${said}.`;
}

/** "screen size": the label in the language, else the language's own name for the key, else the key itself. */
export function labelOf(fact: Fact, context: Context): string {
  const own = fact.label?.[context.lang];
  const name =
    own ?? LANGUAGES[context.lang].labels[fact.key] ?? (fact.label && inLang(fact.label, context.lang));
  const label = plain(name ?? fact.key.replace(/[_.-]+/g, " "), 60);
  return /^[A-Z][^A-Z]+$/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** "1.24 kg", "yes": the value with its unit. */
export function specValue(fact: Fact, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  if (typeof fact.value === "boolean") return fact.value ? answers.yes : answers.no;
  if (isAmount(fact)) return formatMoney(fact.value, currencyOf(fact, context), context.lang);
  if (fact.kind === "rating" && fact.key === "rating") return answers.stars(String(fact.value));
  const text = fact.value === null ? (fact.text ?? "") : String(fact.value);
  return answers.value(plain(text, 200), plain(fact.unit ?? "", 20));
}

/** "Weight", for the head of a row. */
export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function isAmount(fact: Fact): fact is Fact & { value: number } {
  return fact.kind === "price" && Amount.safeParse(fact.value).success;
}

/** Units that can be spoken, if only letter by letter. */
const UNIT = /^(?:[A-Za-z가-힣]{1,12}|%|°C|cd\/m2)$/;

/** Whole numbers in words; a Korean counter stands apart from them. */
function inWords(text: string, lang: Lang): string {
  return text.replace(/(?<![A-Za-z\d.])\d+(?![A-Za-z\d.]*[A-Za-z\d])/g, (digits, at: number, all: string) => {
    const said = spokenNumber(Number(digits), lang);
    return lang === "ko" && /[가-힣]/.test(all[at + digits.length] ?? "") ? `${said} ` : said;
  });
}

function currencyOf({ unit }: Fact, context: Context): string {
  return unit !== undefined && /^[A-Z]{3}$/.test(unit) ? unit : context.currency;
}

export function spokenValue(fact: Fact, context: Context): string {
  const { lang } = context;
  const { value } = fact;
  const unit = fact.unit !== undefined && UNIT.test(fact.unit) ? fact.unit : "";
  const { answers } = LANGUAGES[lang];
  if (isAmount(fact)) return spokenMoney(fact.value, currencyOf(fact, context), lang);
  if (fact.kind === "rating" && fact.key === "rating" && typeof value === "number")
    return SPOKEN.sentence(answers.stars(SPOKEN.number(value, context)), context);
  if (typeof value === "boolean") return value ? answers.yes : answers.no;
  if (typeof value === "number") return answers.spokenValue(spokenDecimal(value, lang), unit, value === 1);
  const text = String(value ?? fact.text ?? "");
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return spokenDate(text, lang);
  const [, from, till] = /^(\d{1,6})\s?[-–~]\s?(\d{1,6})$/.exec(text) ?? [];
  if (from === undefined || till === undefined)
    return answers.spokenValue(speakable(text, lang, 60), unit, false);
  return answers.spokenRange(spokenNumber(Number(from), lang), spokenNumber(Number(till), lang), unit);
}
