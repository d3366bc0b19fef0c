import type { AnswerTemplates } from "./templates.ts";

export const EN_ANSWERS: AnswerTemplates = {
  spec: (subject, key, label, value) => {
    if (key === "weight") return `${upper(named(subject))} weighs ${value}.`;
    return `${upper(possessive(subject))} ${label} ${/[^s]s$/.test(label) ? "are" : "is"} ${value}.`;
  },
  flag: (subject, label, value) =>
    `${subject === null ? upper(label) : `For ${named(subject)}, ${label}`} is listed as ${value ? "yes" : "no"}.`,
  list: (subject) => (subject === null ? "This is what we offer:" : `About ${named(subject)}:`),
  price: (subject, amount) => `${upper(named(subject))} costs ${amount}.`,
  stock: (subject, units, count) =>
    units === 0
      ? `${upper(named(subject))} is out of stock right now.`
      : `${upper(named(subject))} is in stock, with ${count} available.`,
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
  review: (quote, nth, stars) =>
    `${nth === 0 ? "One customer" : "Another customer"}${stars === null ? "" : ` (${stars} of 5 stars)`} wrote: ${quote}`,
  notKnown: (subject, topic) => {
    const about = subject === null ? "" : ` about ${named(subject)}`;
    return `Our shop's information${about} doesn't answer ${topic ?? "that"}, so I've noted your question.`;
  },
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

function named(subject: string | null): string {
  return subject === null ? "it" : `the ${subject}`;
}

function possessive(subject: string | null): string {
  return subject === null ? "its" : `the ${subject}'${/s$/i.test(subject) ? "" : "s"}`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
