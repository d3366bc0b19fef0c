import type { Fact } from "../domain/fact.ts";
import { formatMoney } from "../domain/money.ts";
import type { Answer } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { plain, quoted } from "./plain.ts";
import { speakable } from "./speakable.ts";
import { spokenDate, spokenDecimal, spokenMoney } from "./spoken.ts";
import type { Context } from "./templates.ts";

/** One answer to read: a sentence or a short list from its facts, or that the shop's information has none. */
export function answerText(answer: Answer, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const subject = answer.title === undefined ? null : plain(answer.title, 100);
  if (answer.facts.length === 0)
    return answers.notKnown(subject, answer.topic ? quoted(answer.topic, 120) : null);
  const specs = answer.facts.filter(isSpec);
  const listed = specs.length > 1;
  const list = specs.map((fact) => `\n- ${upper(labelOf(fact, context))}: ${specValue(fact, context)}`);
  let reviews = 0;
  const sentences = answer.facts
    .filter((fact) => !listed || !isSpec(fact))
    .map((fact) => {
      const nth = fact.kind === "review" ? reviews++ : 0;
      return sentence(fact, subject, nth, WRITTEN, context);
    });
  if (listed) sentences.unshift(answers.list(subject) + list.join(""));
  return sentences.join(context.channel === "agent" ? " " : "\n");
}

/** The same to speak, at most `most` sentences. */
export function answerSpeech(answer: Answer, most: number, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const skus = answer.about === null ? [] : [answer.about];
  const subject = speakable(answer.title ?? "", context.lang, 32, skus) || null;
  if (answer.facts.length === 0) return answers.notKnown(subject, null);
  const chosen = answer.facts.slice(0, answer.facts.every(isSpec) ? most : 1);
  return chosen.map((fact, i) => sentence(fact, i === 0 ? subject : null, 0, SPOKEN, context)).join(" ");
}

/** "screen size": the label in the language, else the language's own name for the key, else the key itself. */
export function labelOf(fact: Fact, context: Context): string {
  const own = fact.label?.[context.lang];
  const name =
    own ?? LANGUAGES[context.lang].labels[fact.key] ?? (fact.label && inLang(fact.label, context.lang));
  const label = plain(name ?? fact.key.replace(/[_.-]+/g, " "), 60);
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** "1.24 kg", "yes": the value with its unit. */
export function specValue(fact: Fact, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  if (typeof fact.value === "boolean") return fact.value ? answers.yes : answers.no;
  const text = fact.value === null ? (fact.text ?? "") : String(fact.value);
  return answers.value(plain(text, 200), plain(fact.unit ?? "", 20));
}

/** "Weight", for the head of a row. */
export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How the parts of a sentence are put for one face. */
interface Face {
  money(amount: number, currency: string, context: Context): string;
  units(n: number, context: Context): string;
  value(fact: Fact, context: Context): string;
  quote(text: string, context: Context): string;
  name(text: string, context: Context): string;
}

const WRITTEN: Face = {
  money: (amount, currency, { lang }) => formatMoney(amount, currency, lang),
  units: (n, { lang }) => (lang === "ko" ? `${n}개` : String(n)),
  value: specValue,
  quote: (text) => quoted(text, 400),
  name: (text) => plain(text, 100),
};

const SPOKEN: Face = {
  money: (amount, currency, { lang }) => spokenMoney(amount, currency, lang),
  units: (n, { lang }) => LANGUAGES[lang].spoken.units(n),
  value: spokenValue,
  quote: (text, { lang }) => speakable(text, lang, lang === "ko" ? 60 : 110),
  name: (text, { lang }) => speakable(text, lang, 60),
};

function sentence(fact: Fact, subject: string | null, nth: number, face: Face, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const quote = () => face.quote(fact.text ?? String(fact.value ?? ""), context);
  switch (fact.kind) {
    case "price": {
      const currency = fact.unit && /^[A-Z]{3}$/.test(fact.unit) ? fact.unit : context.currency;
      if (typeof fact.value === "number" && Number.isSafeInteger(fact.value) && fact.value >= 0)
        return answers.price(subject, face.money(fact.value, currency, context));
      break;
    }
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
      return answers.review(quote(), nth);
    case "spec":
    case "option":
      break;
  }
  const label = face.name(labelOf(fact, context), context);
  if (typeof fact.value === "boolean") return answers.flag(subject, label, fact.value);
  return answers.spec(subject, fact.key, label, face.value(fact, context));
}

function isSpec(fact: Fact): boolean {
  return fact.kind === "spec" || fact.kind === "option";
}

function spokenValue(fact: Fact, { lang }: Context): string {
  const { value, unit = "" } = fact;
  const { answers } = LANGUAGES[lang];
  if (typeof value === "number")
    return answers.spokenValue(spokenDecimal(value, lang), plain(unit, 20), value === 1);
  const text = String(value ?? fact.text ?? "");
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return spokenDate(text, lang);
  return answers.spokenValue(speakable(text, lang, 60), speakable(unit, lang, 20), false);
}
