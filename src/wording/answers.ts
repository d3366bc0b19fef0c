import type { Fact } from "../domain/fact.ts";
import type { Answer } from "../domain/reply.ts";
import { type Face, isAmount, labelOf, SPOKEN, upper, WRITTEN } from "./faces.ts";
import { LANGUAGES } from "./languages.ts";
import { plain, quoted } from "./plain.ts";
import { ratingText } from "./ratings.ts";
import { speakable, spokenTitle } from "./speakable.ts";
import type { Context, ReviewGiven } from "./templates.ts";

/** One answer to read: a sentence or a short list from its facts, or that the shop's information has none. */
export function answerText(answer: Answer, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  // What the shop rules is about the shop, whichever product it was asked of.
  const shops = answer.facts.length > 0 && answer.facts.every(({ about }) => about === null);
  const subject = answer.title === undefined || shops ? null : plain(answer.title, 100);
  if (answer.facts.length === 0)
    return answers.notKnown(subject, answer.topic ? quoted(answer.topic, 120) : null);
  const between = context.channel === "agent" ? " " : "\n";
  const rows = rowsOf(answer.facts, WRITTEN, context);
  const rated = answer.facts.filter(isRating);
  const against = new Set((answer.conflicts ?? []).map((conflict) => conflict.with));
  let reviews = 0;
  let others = 0;
  let told = false;
  const said = answer.facts.flatMap((fact) => {
    if (isRating(fact)) return fact === rated[0] ? [ratingText(rated, subject, WRITTEN, context)] : [];
    if (against.has(fact.id)) {
      const who = speakerOf(fact);
      const quote = WRITTEN.quote(fact.text ?? "", context);
      return [answers.otherwise(who, quote, who === "customer" ? others++ : 0, isForeign(fact, context))];
    }
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
  if (against.size > 0) said.push(answers.counts);
  return said.join(between);
}

function speakerOf({ kind, key }: Fact): "description" | "vendor" | "customer" {
  if (kind === "spec") return "description";
  return kind === "answer" && key === "vendor" ? "vendor" : "customer";
}

/** The same to speak, at most `most` sentences. */
export function answerSpeech(answer: Answer, most: number, context: Context): string {
  const { answers } = LANGUAGES[context.lang];
  const subject =
    answer.title === undefined ? null : spokenTitle(answer.title, context.lang, 32, answer.about);
  if (answer.facts.length === 0) return answers.notKnown(subject, null);
  const rated = answer.facts.filter(isRating);
  const against = answer.facts.find(({ id }) => answer.conflicts?.some((conflict) => conflict.with === id));
  const sayable = answer.facts.filter(
    (fact) => !isRating(fact) && (fact.text === undefined || isSayable(fact, context)),
  );
  if (rated.length > 0) {
    const quote = sayable.find((fact) => fact.kind === "review");
    const quotes = quote !== undefined && most > 1;
    // Beside somebody's own words the spread would be a figure too many for a listener.
    const counted = quotes ? rated.filter(({ key }) => !SPREAD.has(key)) : rated;
    const said = [ratingText(counted, subject, SPOKEN, context)];
    if (quotes) said.push(sentence(quote, subject, 0, SPOKEN, context));
    return said.join(" ");
  }
  if (sayable.length === 0) return answers.foreignOnly;
  const worded = sayable.find(
    ({ kind, text }) => text !== undefined && (kind === "policy" || kind === "faq"),
  );
  const rows = rowsOf(sayable, SPOKEN, context);
  if (rows.length > 1 && worded) return sentence(worded, subject, 0, SPOKEN, context);
  const contested = sayable.find(({ id }) => answer.conflicts?.some(({ fact }) => fact === id));
  const first = contested ?? sayable[0];
  if (first && against && isTyped(first))
    return `${sentence(first, subject, 0, SPOKEN, context)} ${answers.otherwise(speakerOf(against), null, 0, false)}`;
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

const SPREAD: ReadonlySet<string> = new Set(["rated_high", "rated_low"]);

/** In the language spoken, and something is left of it when it is. */
function isSayable(fact: Fact, context: Context): boolean {
  return !isForeign(fact, context) && speakable(fact.text ?? "", context.lang, 60) !== "";
}

function isRating({ kind }: Fact): boolean {
  return kind === "rating";
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
      return answers.review(quote(), nth, face === WRITTEN ? givenBy(fact, context) : UNSAID);
    case "spec":
      if (fact.text !== undefined) return answers.described(quote());
      break;
    case "option":
    case "rating":
      break;
  }
  const label = face.name(labelOf(fact, context), context);
  if (typeof fact.value === "boolean") return answers.flag(subject, label, fact.value);
  return answers.spec(subject, fact.key, label, face.value(fact, context));
}

function givenBy(fact: Fact, context: Context): ReviewGiven {
  const { value, date } = fact;
  return {
    stars: typeof value === "number" ? String(value) : null,
    date: date === undefined ? null : LANGUAGES[context.lang].answers.date(date),
    foreign: isForeign(fact, context),
  };
}

function isForeign({ lang }: Fact, context: Context): boolean {
  return lang !== undefined && lang !== context.lang;
}

/** Spoken, a review is no more than its words. */
const UNSAID: ReviewGiven = { stars: null, date: null, foreign: false };

/** A short typed value with a label, fit for a list: specs, and the shop's own terms. */
function isTyped(fact: Fact): boolean {
  if (fact.kind === "spec" || fact.kind === "option") return fact.text === undefined;
  return isTerm(fact);
}

function isTerm(fact: Fact): boolean {
  return fact.about === null && fact.text === undefined && fact.label !== undefined;
}
