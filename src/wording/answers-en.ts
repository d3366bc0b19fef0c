import { spokenNumber } from "./spoken.ts";
import type { AnswerTemplates } from "./templates.ts";
import { EN_VERDICTS, isPlural } from "./verdicts-en.ts";

export const EN_ANSWERS: AnswerTemplates = {
  spec: (subject, key, label, value) => {
    if (key === "weight") return `${upper(named(subject))} ${verb(subject, "weigh")} ${value}.`;
    return `${upper(possessive(subject))} ${label} ${/[^s]s$/.test(label) ? "are" : "is"} ${value}.`;
  },
  flag: (subject, label, value) =>
    `${subject === null ? upper(label) : `For ${named(subject)}, ${label}`} is listed as ${value ? "yes" : "no"}.`,
  list: (subject) => (subject === null ? "This is what we offer:" : `About ${named(subject)}:`),
  price: (subject, amount) => `${upper(named(subject))} ${verb(subject, "cost")} ${amount}.`,
  stock: (subject, units, count) =>
    units === 0
      ? `${upper(named(subject))} ${be(subject)} out of stock right now.`
      : `${upper(named(subject))} ${be(subject)} in stock, with ${count} available.`,
  term: (label, value) => `${upper(label)}: ${value}.`,
  terms: {
    free: "free",
    noCharge: "no extra charge",
    share: (percent) => `${percent} of the goods`,
    off: (percent) => `${percent} off`,
    freeFrom: (amount) => `free from ${amount} of goods`,
  },
  title: (name) => `That is the ${name}.`,
  described: (quote) => `The description says: ${quote}`,
  policy: (quote) => `Our policy says: ${quote}`,
  faq: (quote) => `Our help pages say: ${quote}`,
  answer: (quote, byVendor) =>
    byVendor ? `We answered this before: ${quote}` : `A customer answered this before: ${quote}`,
  review: (quote, nth, { stars, date, foreign }) => {
    const given = [stars === null ? null : `${stars} of 5 stars`, date].filter((part) => part !== null);
    const who = `${nth === 0 ? "One customer" : "Another customer"}${given.length === 0 ? "" : ` (${given.join(", ")})`}`;
    return `${who} wrote${foreign ? " in Korean" : ""}: ${quote}`;
  },
  otherwise: (who, quote, nth, foreign) => {
    const said = {
      description: "The description says otherwise",
      vendor: "We once answered otherwise",
      customer: `${nth === 0 ? "A" : "Another"} customer says otherwise`,
    }[who];
    return quote === null ? `${said}.` : `${said}${foreign ? ", in Korean" : ""}: ${quote}`;
  },
  counts: "What counts is the value we list; I've noted the difference for our team.",
  foreignOnly: "What we have on that is written in Korean.",
  notKnown: (subject, topic) => {
    const about = subject === null ? "" : ` about ${named(subject)}`;
    return `Our shop's information${about} doesn't answer ${topic ?? "that"}, so I've noted your question.`;
  },
  instead: (email) =>
    email === null
      ? "You can ask for a person."
      : `You can ask our team at ${email}, or say that you would like a person.`,
  stars: (mean) => `${mean} of 5 stars`,
  date: (iso) =>
    `${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ""} ${Number(iso.slice(8, 10))}, ${iso.slice(0, 4)}`,
  ratings: {
    none: (subject) => `Nobody has reviewed ${named(subject)} yet.`,
    mean: (subject, reviews, mean) =>
      `${upper(named(subject))} ${verb(subject, "have")} ${reviews}${mean === null ? "" : `, ${mean} of 5 stars on average`}.`,
    spread: (high, low, one) => {
      if (low === null) return "None of them gives fewer than 4 stars.";
      const few = `${low} ${one ? "gives" : "give"} 3 stars or fewer`;
      return high === null
        ? "None of them gives more than 3 stars."
        : upper(`${high} of them ${high === "1" || high === "one" ? "gives" : "give"} 4 or 5 stars, ${few}.`);
    },
    newest: (subject, date) => `The newest review of ${named(subject)} is from ${date}.`,
    stars: (stars, given, reviews, one) => {
      const name = stars === "1" || stars === "one" ? "star" : "stars";
      return given === null
        ? `None of its ${reviews} gives ${stars} ${name}.`
        : upper(`${given} of its ${reviews} ${one ? "gives" : "give"} ${stars} ${name}.`);
    },
    reviews: (n, spoken) => `${spoken ? spokenNumber(n, "en") : n} review${n === 1 ? "" : "s"}`,
  },
  verdicts: EN_VERDICTS,
  value: (text, unit) => {
    if (unit === "") return text;
    const name = /^(?:day|month|year)$/.test(unit) && text !== "1" ? `${unit}s` : unit;
    return unit === "%" ? `${text}%` : `${text} ${name}`;
  },
  spokenValue: (words, unit, one) => {
    const name = UNITS[unit];
    return name ? `${words} ${one ? name[0] : name[1]}` : unit ? `${words} ${unit}` : words;
  },
  spokenRange: (from, till, unit) => `${from} to ${till} ${UNITS[unit]?.[1] ?? unit}`.trim(),
  yes: "yes",
  no: "no",
};

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  in: ["inch", "inches"],
  cm: ["centimeter", "centimeters"],
  mm: ["millimeter", "millimeters"],
  m: ["meter", "meters"],
  g: ["gram", "grams"],
  kg: ["kilogram", "kilograms"],
  MB: ["megabyte", "megabytes"],
  GB: ["gigabyte", "gigabytes"],
  TB: ["terabyte", "terabytes"],
  W: ["watt", "watts"],
  V: ["volt", "volts"],
  mAh: ["milliamp hour", "milliamp hours"],
  Wh: ["watt hour", "watt hours"],
  h: ["hour", "hours"],
  min: ["minute", "minutes"],
  s: ["second", "seconds"],
  ms: ["millisecond", "milliseconds"],
  day: ["day", "days"],
  month: ["month", "months"],
  year: ["year", "years"],
  ml: ["milliliter", "milliliters"],
  l: ["liter", "liters"],
  L: ["liter", "liters"],
  Hz: ["hertz", "hertz"],
  kHz: ["kilohertz", "kilohertz"],
  MHz: ["megahertz", "megahertz"],
  GHz: ["gigahertz", "gigahertz"],
  dB: ["decibel", "decibels"],
  "cd/m2": ["nit", "nits"],
  "%": ["percent", "percent"],
  "°C": ["degree Celsius", "degrees Celsius"],
};

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function named(subject: string | null): string {
  return subject === null ? "it" : `the ${subject}`;
}

function be(subject: string | null): string {
  return isPlural(subject) ? "are" : "is";
}

function verb(subject: string | null, base: "weigh" | "cost" | "have"): string {
  if (isPlural(subject)) return base;
  return base === "have" ? "has" : `${base}s`;
}

function possessive(subject: string | null): string {
  return subject === null ? "its" : `the ${subject}'${/s$/i.test(subject) ? "" : "s"}`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
