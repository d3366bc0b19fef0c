import { words } from "./words.ts";

/** The reader's own region, where it speaks the language of the words. */
const locale = () => navigator.languages.find((one) => one.startsWith(words.lang)) ?? words.lang;

/** `{0}` in a word stands for the first of `values`. */
export function fill(word: string, ...values: unknown[]): string {
  return word.replace(/\{(\d)\}/g, (_, n: number) => `${values[n]}`);
}

/** The word that data names in one family of words; `other` where there is none. */
export function named(family: Readonly<Record<string, string>>, name: string, other = name): string {
  return family[name] ?? other;
}

export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return value.toLocaleString(locale(), options);
}

export function percent(value: number): string {
  return number(value / 100, { style: "percent", maximumFractionDigits: 2 });
}

/** Minor units of a currency, as in "$1,299.00" or "₩89,000". */
export function money(amount: number, currency: string): string {
  const [format, digits] = moneyOf(currency);
  return format.format(amount / 10 ** digits);
}

/** What somebody typed as an amount, in minor units, by its digits; null when it is none. */
export function minorUnits(typed: string, currency: string): number | null {
  const amount = /^\D{0,3}(\d[\d,\s]*)(?:\.(\d*))?\D{0,3}$/.exec(typed.normalize("NFKC"));
  const [, whole, part = ""] = amount ?? [];
  const [, digits] = moneyOf(currency);
  return whole ? Number(whole.replace(/\D/g, "") + part.padEnd(digits, "0").slice(0, digits)) : null;
}

/** How amounts of a currency are written, and how many digits its minor units are. */
function moneyOf(currency: string): [Intl.NumberFormat, number] {
  const format = new Intl.NumberFormat(locale(), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  return [format, format.resolvedOptions().maximumFractionDigits as number];
}

export function time(at: string, dateStyle?: "long"): string {
  return new Date(at).toLocaleString(locale(), { timeStyle: "short", dateStyle });
}

/** How long is left, as in "14:05" or "23:14:05". */
export function left(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  return (hours > 0 ? `${hours}:` : "") + new Date(ms).toISOString().slice(14, 19);
}
