import { type Amount, type Currency, minorDigits, minorUnits } from "../../domain/money.ts";
import { bad, shown } from "./source.ts";

export interface Price {
  readonly currency: Currency;
  readonly amount: Amount;
}

const SIGNS: readonly (readonly [string, Currency])[] = [
  ["₩", "KRW"],
  ["￦", "KRW"],
  ["원", "KRW"],
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
  ["￥", "JPY"],
  ["円", "JPY"],
  ["₹", "INR"],
  ["₫", "VND"],
  ["฿", "THB"],
];

/** Currencies that also write "$" or "¥": the fallback decides between them. */
const DOLLARS: ReadonlySet<string> = new Set(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"]);
const YEN: ReadonlySet<string> = new Set(["JPY", "CNY"]);

const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * A price as people write it ("1,299.00", "240.97 €", "139,99", "₩89,000", "USD 15", 9.99) in minor units.
 * Throws `bad_source` when it is no price, could mean two amounts, is zero, or names no currency and none is given.
 */
export function readPrice(value: unknown, column: string, fallback: Currency | undefined): Price {
  const text = typeof value === "number" ? decimalOf(value) : typeof value === "string" ? value.trim() : "";
  if (!/\d/.test(text)) throw bad(`${column} is ${shown(value)}, which is no price; write it like 15.00 USD`);
  const { currency, digits } = splitCurrency(text, column, fallback);
  const decimal = decimalText(digits, currency);
  if (decimal === null) {
    throw bad(`${column} is ${shown(value)}, which is no price; write it like 1299.00 ${currency}`);
  }
  if (decimal === "ambiguous") {
    throw bad(
      `${column} is ${shown(value)}, which can be read in two ways; write 1299.00 or 1.30, not 1.299`,
    );
  }
  const amount = minorUnits(decimal, currency);
  if (amount === null) throw bad(`${column} is ${shown(value)}, which is out of range`);
  if (amount === 0) {
    throw bad(
      `${column} is ${shown(value)}; a product needs a price above zero, or leave it out of the file`,
    );
  }
  return { currency, amount };
}

/** An ISO 4217 code, or null. */
export function readCurrency(value: unknown): Currency | null {
  const code = typeof value === "string" ? value.trim().toUpperCase() : "";
  return known.has(code) ? code : null;
}

/** The digits of a JSON number, at most six decimals and no exponent. */
function decimalOf(value: number): string {
  const text = String(value);
  return /e/i.test(text) ? text : text.replace(/(\.\d{6})\d+$/, "$1");
}

function splitCurrency(text: string, column: string, fallback: Currency | undefined) {
  const code = /^([A-Za-z]{3})(?![A-Za-z])|(?<![A-Za-z])([A-Za-z]{3})$/.exec(text);
  if (code) {
    const named = readCurrency(code[1] ?? code[2]);
    if (named === null) throw bad(`${column} is ${shown(text)}: ${code[0]} is no ISO 4217 currency code`);
    return { currency: named, digits: text.replace(code[0], "").replace(/[$€£₩¥]/, "") };
  }
  if (text.includes("$")) {
    const currency = fallback !== undefined && DOLLARS.has(fallback) ? fallback : "USD";
    return { currency, digits: text.replace(/(?:US|CA|AU)?\$/i, "") };
  }
  for (const [sign, currency] of SIGNS) {
    if (!text.includes(sign)) continue;
    const yen = currency === "JPY" && fallback !== undefined && YEN.has(fallback);
    return { currency: yen ? fallback : currency, digits: text.replace(sign, "") };
  }
  if (fallback === undefined) {
    throw bad(
      `${column} is ${shown(text)} without a currency; write it like 15.00 USD or name one with --currency`,
    );
  }
  return { currency: fallback, digits: text };
}

const GROUP = /^\d{1,3}(?:,\d{3})+$|^\d{1,3}(?:\.\d{3})+$/;

/** "1.299,00" -> "1299.00"; null when it is no number; "ambiguous" when a dot may group or divide. */
function decimalText(digits: string, currency: Currency): string | "ambiguous" | null {
  const text = digits.replace(/[\s\u00a0\u202f'’]/g, "");
  if (/^\d+$/.test(text)) return text;
  const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
  if (last <= 0 || !/^[\d.,]+$/.test(text)) return null;
  const mark = text[last];
  const whole = text.slice(0, last);
  const decimals = text.slice(last + 1);
  const others = whole.replace(/\d/g, "");
  if (others === "") {
    const grouping = decimals.length === 3 && whole.length <= 3 && whole !== "0";
    if (grouping && (mark === "," || minorDigits(currency) === 0)) return whole + decimals;
    if (grouping) return "ambiguous";
    return decimals.length >= 1 && decimals.length <= 6 ? `${whole}.${decimals}` : null;
  }
  if (GROUP.test(text)) return text.replace(/[.,]/g, "");
  if (others.includes(mark ?? "") || !GROUP.test(whole) || decimals.length === 0) return null;
  return `${whole.replace(/[.,]/g, "")}.${decimals}`;
}
