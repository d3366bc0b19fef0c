import type { Message } from "./event.ts";

/** What stands in the place of a card number, everywhere it would have been kept or sent on; no word in any language. */
export const CARD_MASK = "[••••]";

/**
 * A text without the numbers of payment cards: 13 to 19 digits, in groups or not, that begin as an issuer's do (ISO/IEC
 * 7812) and pass the Luhn check. One number in ten that is none passes as well; it is masked too, but not where it is a phone
 * number with its `+` or a GTIN. Never longer than before.
 */
export function withoutCards(text: string): string {
  // Nearly every message ends here.
  if (!MANY_DIGITS.test(text)) return text;
  return text.replace(RUN, (run, from: number) =>
    text[from - 1] === "+" && run.replace(/\D/g, "").length <= E164_DIGITS ? run : maskedRun(run),
  );
}

/** A message without card numbers, in its text and in whatever its act says in words. */
export function withoutCardsIn(message: Message): Message {
  const { text, act } = message;
  return {
    ...message,
    ...(text === undefined ? {} : { text: withoutCards(text) }),
    ...(act === undefined ? {} : { act: masked(act) as NonNullable<Message["act"]> }),
  };
}

/** Whether a card number was taken out of a message. */
export function namedCard(message: Message): boolean {
  const { text = "", act } = message;
  return text.includes(CARD_MASK) || (act !== undefined && JSON.stringify(act).includes(CARD_MASK));
}

const DIGIT = "[0-9\\uff10-\\uff19]";
// Blanks of every width, none among them, ends of lines, hyphens and dots: as people, keyboards and copied pages have them.
const BETWEEN = "[\\s\\u200b-\\u200d\\u2060.\\u00b7\\u2022\\-\\u2010-\\u2015\\u2212\\uff0d_/]";
const MANY_DIGITS = new RegExp(`(?:${DIGIT}[^0-9\\uff10-\\uff19]{0,3}){13}`);
const RUN = new RegExp(`${DIGIT}+(?:${BETWEEN}{1,3}${DIGIT}+)*`, "g");
const GROUP = new RegExp(`${DIGIT}+`, "g");

/** The most digits of a phone number (ITU-T E.164). */
const E164_DIGITS = 15;
const LEAST_DIGITS = 13;
const MOST_DIGITS = 19;

/** Of a run of groups of digits every stretch that is a card number, the longest first. */
function maskedRun(run: string): string {
  const groups = Array.from(run.matchAll(GROUP), (match) => ({
    digits: plainDigits(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));
  let said = "";
  let told = 0;
  const all = groups.map(({ digits }) => digits);
  for (let first = 0; first < groups.length; first++) {
    const last = lastOfCard(all, first);
    if (last === -1) continue;
    said += run.slice(told, groups[first]?.from) + CARD_MASK;
    told = groups[last]?.to ?? run.length;
    first = last;
  }
  return said + run.slice(told);
}

/** The last group of the longest card number that begins with group `first`; -1 when none does. Groups hold digits. */
function lastOfCard(groups: readonly string[], first: number): number {
  let digits = "";
  let found = -1;
  for (let last = first; last < groups.length && digits.length < MOST_DIGITS; last++) {
    digits += groups[last] ?? "";
    if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) continue;
    // The numbers of Visa that had thirteen digits are gone; those of goods have them, and stand in one piece.
    if (last === first && isGtin13(digits)) continue;
    if (ISSUED.some((issuer) => issuer.test(digits)) && passesLuhn(digits)) found = last;
  }
  return found;
}

/** By its check digit (GS1 General Specifications, 7.9). */
function isGtin13(digits: string): boolean {
  const sum = [...digits].reduce((before, digit, i) => before + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return digits.length === 13 && sum % 10 === 0;
}

/** How the numbers of issuers begin, and how long they are. */
const ISSUED: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^3(?:0[0-5]|[689]\d)\d{11}$/, // Diners Club
  /^(?:6011|64[4-9]\d|65\d{2}|62\d{2}|81\d{2})\d{12,15}$/, // Discover, UnionPay
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/, // JCB
  /^9\d{15}$/, // domestic in Korea
];

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = Number(digits[i]) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

function plainDigits(text: string): string {
  return text.replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** Names of goods, offers and orders are theirs to choose, and nothing a person types in passing. */
const NAMES: ReadonlySet<string> = new Set(["sku", "offer", "hash", "intent", "id", "act", "phone"]);

function masked(value: unknown): unknown {
  if (typeof value === "string") return withoutCards(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, NAMES.has(key) ? item : masked(item)]),
  );
}
