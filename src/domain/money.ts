import { z } from "zod";

/** ISO 4217 alphabetic code. One session speaks one currency; there are no exchange rates. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, "three capital letters, as in USD or KRW");
export type Currency = z.infer<typeof Currency>;

/** The largest amount the gateway handles: keeps amount x 10,000 (basis points) inside 2^53. */
export const MAX_AMOUNT = 900_000_000_000;

/** Integer minor units (cents, won) of the currency beside it. Never a float. */
export const Amount = z.int().min(0).max(MAX_AMOUNT);
export type Amount = z.infer<typeof Amount>;

/** Basis points: 10,000 is the whole. */
export const BasisPoints = z.int().min(0).max(10_000);
export type BasisPoints = z.infer<typeof BasisPoints>;

const digitsOf = new Map<string, number>();

/** Decimals between the major and the minor unit (USD 2, KRW 0, JPY 0), from the runtime's CLDR data. */
export function minorDigits(currency: Currency): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  const digits = options.maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

/** `amount * bp / 10,000`, halves away from zero; exact as long as `amount` is within MAX_AMOUNT. */
export function share(amount: Amount, bp: number): Amount {
  return Math.floor((amount * bp + 5_000) / 10_000);
}

/**
 * A decimal written with digits and at most one point ("12.5") to minor units, by digits, never through a float.
 * Decimals past the minor unit round half up. Returns null when it is not such a number or is out of range.
 */
export function minorUnits(decimal: string, currency: Currency): Amount | null {
  const match = /^(\d{1,13})(?:\.(\d{1,6}))?$/.exec(decimal);
  if (!match) return null;
  const digits = minorDigits(currency);
  const fraction = (match[2] ?? "").padEnd(digits + 1, "0");
  const kept = Number(`${match[1]}${fraction.slice(0, digits)}`);
  const amount = kept + (fraction.charCodeAt(digits) >= 53 ? 1 : 0);
  return amount <= MAX_AMOUNT ? amount : null;
}

/** How a language writes a currency, read off the runtime's CLDR data once. */
interface Pattern {
  readonly digits: number;
  readonly before: string;
  readonly group: string;
  readonly decimal: string;
  readonly after: string;
}

const patterns = new Map<string, Pattern>();

/** "$1,299.00", "₩89,000": for people. Whole amounts keep their decimals, so that two prices line up. */
export function formatMoney(amount: Amount, currency: Currency, lang: string): string {
  const key = `${lang} ${currency}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    pattern = patternOf(currency, lang);
    patterns.set(key, pattern);
  }
  const { digits, before, group, decimal, after } = pattern;
  const text = String(amount).padStart(digits + 1, "0");
  const whole = text.length - digits;
  let out = text.slice(whole);
  if (digits > 0) out = decimal + out;
  for (let end = whole; end > 0; end -= 3) {
    out = (end > 3 ? group : "") + text.slice(Math.max(0, end - 3), end) + out;
  }
  return before + out + after;
}

function patternOf(currency: Currency, lang: string): Pattern {
  const format = new Intl.NumberFormat(lang, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  const parts = format.formatToParts(1_234_567.89);
  const first = parts.findIndex((part) => part.type === "integer");
  const last = parts.findLastIndex((part) => part.type === "integer" || part.type === "fraction");
  const joined = (some: typeof parts) => some.map((part) => part.value).join("");
  return {
    digits: minorDigits(currency),
    before: joined(parts.slice(0, first)),
    group: parts.find((part) => part.type === "group")?.value ?? "",
    decimal: parts.find((part) => part.type === "decimal")?.value ?? "",
    after: joined(parts.slice(last + 1)),
  };
}
