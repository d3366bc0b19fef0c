import type { Fact } from "../domain/fact.ts";
import { Amount, formatMoney } from "../domain/money.ts";
import type { Answer } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { plain, quoted } from "./plain.ts";
import { speakable, spokenTitle } from "./speakable.ts";
import { spokenDate, spokenDecimal, spokenMoney, spokenNumber } from "./spoken.ts";
import type { Context } from "./templates.ts";

/** One answer to read: a sentence or a short list from its facts, or that the shop's information has none. */
export function answerText(answer: Answer, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const subject = answer.title === undefined ? null : plain(answer.title, 100);
  if (answer.facts.length === 0)
    return answers.notKnown(subject, answer.topic ? quoted(answer.topic, 120) : null);
  const between = context.channel === "agent" ? " " : "\n";
  const rows = rowsOf(answer.facts, WRITTEN, context);
  let reviews = 0;
  let told = false;
  const said = answer.facts.flatMap((fact) => {
    if (!isTyped(fact))
      return [sentence(fact, subject, fact.kind === "review" ? reviews++ : 0, WRITTEN, context)];
    if (told) return [];
    told = true;
    if (rows.length > 1)
      return [
        answers.list(subject) + rows.map(({ label, value }) => `\n- ${upper(label)}: ${value}`).join(""),
      ];
    return rows.map(({ label, value, fact: only }) =>
      isTerm(only) ? answers.term(label, value) : sentence(only, subject, 0, WRITTEN, context),
    );
  });
  return said.join(between);
}

/** The same to speak, at most `most` sentences. */
export function answerSpeech(answer: Answer, most: number, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const subject =
    answer.title === undefined ? null : spokenTitle(answer.title, context.lang, 32, answer.about);
  if (answer.facts.length === 0) return answers.notKnown(subject, null);
  const sayable = answer.facts.filter(({ text }) => text === undefined || speakable(text, context.lang, 60));
  if (sayable.length === 0) return LANGUAGES[context.lang].plain.inform;
  const worded = sayable.find(
    ({ kind, text }) => text !== undefined && (kind === "policy" || kind === "faq"),
  );
  const rows = rowsOf(sayable, SPOKEN, context);
  if (rows.length > 1 && worded) return sentence(worded, subject, 0, SPOKEN, context);
  const [first] = sayable;
  if (!first || !isTyped(first)) return first ? sentence(first, subject, 0, SPOKEN, context) : "";
  return rows
    .slice(0, sayable.every(isTyped) ? most : 1)
    .map(({ label, value, fact }, i) =>
      isTerm(fact)
        ? answers.term(label, value)
        : sentence(fact, i === 0 ? subject : null, 0, SPOKEN, context),
    )
    .join(" ");
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
  const text = fact.value === null ? (fact.text ?? "") : String(fact.value);
  return answers.value(plain(text, 200), plain(fact.unit ?? "", 20));
}

interface Row {
  readonly label: string;
  readonly value: string;
  /** The first of the facts it says. */
  readonly fact: Fact;
}

/** Typed facts as short rows: a spec each, and everything about one option of the shop's terms together. */
function rowsOf(facts: readonly Fact[], face: Face, context: Context): Row[] {
  const options = new Map<string, Fact[]>();
  for (const fact of facts.filter(isTyped)) {
    const option = isTerm(fact) ? fact.id.replace(PART, "") : fact.id;
    options.set(option, [...(options.get(option) ?? []), fact]);
  }
  return [...options.values()].flatMap((parts): Row[] => {
    const [fact] = parts;
    if (!fact) return [];
    const label = face.name(labelOf(fact, context), context);
    if (!isTerm(fact)) return [{ label, value: face.value(fact, context), fact }];
    const { noCharge } = LANGUAGES[context.lang].answers.terms;
    const said = parts.map((part) => partOf(part, label, face, context)).filter((part) => part !== "");
    return [{ label, value: said.join(", ") || noCharge, fact }];
  });
}

/** The parts of an option's facts besides what it is, by the end of their ids. */
const PART = /\.(?:fee|free_from)$/;

/** What one fact adds to the row of its option; nothing where the option's name says it ("14-day returns"). */
function partOf(fact: Fact, label: string, face: Face, context: Context): string {
  const { terms } = LANGUAGES[context.lang].answers;
  const value = face.value(fact, context);
  if (fact.id.endsWith(".free_from")) return terms.freeFrom(value);
  if (fact.id.endsWith(".fee")) {
    if (fact.value === 0) return terms.free;
    return fact.unit === "%" ? terms.share(value) : value;
  }
  if (fact.unit === "%") return terms.off(value);
  const named = typeof fact.value === "number" && new RegExp(`(?<!\\d)${fact.value}(?!\\d)`).test(label);
  return named || fact.value === 0 ? "" : value;
}

/** "Weight", for the head of a row. */
export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How the parts of a sentence are put for one face. */
interface Face {
  units(n: number, context: Context): string;
  value(fact: Fact, context: Context): string;
  quote(text: string, context: Context): string;
  name(text: string, context: Context): string;
}

const WRITTEN: Face = {
  units: (n, { lang }) => (lang === "ko" ? `${n}개` : String(n)),
  value: specValue,
  quote: (text) => quoted(text, 400),
  name: (text) => plain(text, 100),
};

const SPOKEN: Face = {
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

function sentence(fact: Fact, subject: string | null, nth: number, face: Face, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const quote = () => face.quote(fact.text ?? String(fact.value ?? ""), context);
  switch (fact.kind) {
    case "price":
      if (isAmount(fact)) return answers.price(subject, face.value(fact, context));
      break;
    case "stock":
      if (typeof fact.value === "number")
        return answers.stock(subject, fact.value, face.units(fact.value, context));
      break;
    case "title":
      return answers.title(face.name(String(fact.value ?? fact.text ?? ""), context));
    case "policy":
      return answers.policy(quote());
    case "faq":
      return answers.faq(quote());
    case "answer":
      return answers.answer(quote(), fact.key === "vendor");
    case "review":
      return answers.review(quote(), nth, face === WRITTEN ? starsOf(fact) : null);
    case "spec":
      if (fact.text !== undefined) return answers.described(quote());
      break;
    case "option":
      break;
  }
  const label = face.name(labelOf(fact, context), context);
  if (typeof fact.value === "boolean") return answers.flag(subject, label, fact.value);
  return answers.spec(subject, fact.key, label, face.value(fact, context));
}

function starsOf({ value }: Fact): string | null {
  return typeof value === "number" ? String(value) : null;
}

/** A short typed value with a label, fit for a list: specs, and the shop's own terms. */
function isTyped(fact: Fact): boolean {
  if (fact.kind === "spec" || fact.kind === "option") return fact.text === undefined;
  return isTerm(fact);
}

function isTerm(fact: Fact): boolean {
  return fact.about === null && fact.text === undefined && fact.label !== undefined;
}

function isAmount(fact: Fact): fact is Fact & { value: number } {
  return fact.kind === "price" && Amount.safeParse(fact.value).success;
}

/** Units that can be spoken, if only letter by letter. */
const UNIT = /^(?:[A-Za-z가-힣]{1,12}|%|°C|cd\/m2)$/;

function currencyOf({ unit }: Fact, context: Context): string {
  return unit !== undefined && /^[A-Z]{3}$/.test(unit) ? unit : context.currency;
}

function spokenValue(fact: Fact, context: Context): string {
  const { lang } = context;
  const { value } = fact;
  const unit = fact.unit !== undefined && UNIT.test(fact.unit) ? fact.unit : "";
  const { answers } = LANGUAGES[lang];
  if (isAmount(fact)) return spokenMoney(fact.value, currencyOf(fact, context), lang);
  if (typeof value === "number") return answers.spokenValue(spokenDecimal(value, lang), unit, value === 1);
  const text = String(value ?? fact.text ?? "");
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return spokenDate(text, lang);
  const [, from, till] = /^(\d{1,6})\s?[-–~]\s?(\d{1,6})$/.exec(text) ?? [];
  if (from === undefined || till === undefined)
    return answers.spokenValue(speakable(text, lang, 60), unit, false);
  return answers.spokenRange(spokenNumber(Number(from), lang), spokenNumber(Number(till), lang), unit);
}
