import { type Amount, type Currency, minorDigits } from "../domain/money.ts";
import type { Lang } from "../domain/text.ts";
import { nameOf } from "./names.ts";
import { koreanNumber } from "./spoken-ko.ts";

/** A whole number in words: "twelve thousand three hundred forty-five", "만 이천삼백사십오". */
export function spokenNumber(n: number, lang: Lang): string {
  return lang === "ko" ? koreanNumber(n) : englishNumber(n);
}

/** A decimal number in words, digit by digit after the point: "one point two four", "일 점 이사". */
export function spokenDecimal(value: number, lang: Lang): string {
  const [whole = "0", fraction] = String(Math.abs(value)).split(".");
  if (/[^\d]/.test(whole + (fraction ?? ""))) return String(value);
  const sign = value < 0 ? (lang === "ko" ? "영하 " : "minus ") : "";
  const head = sign + spokenNumber(Number(whole), lang);
  if (fraction === undefined) return head;
  const digits = Array.from(fraction, (digit) => (lang === "ko" ? KO_DIGITS : EN_SMALL)[Number(digit)]);
  return lang === "ko" ? `${head} 점 ${digits.join("")}` : `${head} point ${digits.join(" ")}`;
}

/** "eighty-nine dollars and fifty cents", "팔만 구천 원". `amount` is in minor units. */
export function spokenMoney(amount: Amount, currency: Currency, lang: Lang): string {
  const digits = minorDigits(currency);
  const scale = 10 ** digits;
  const major = Math.floor(amount / scale);
  const minor = amount - major * scale;
  const names = CURRENCIES[currency];
  if (!names || (minor > 0 && digits !== 2)) return spokenOther(major, minor, digits, currency, lang);
  if (lang === "ko") {
    const [unit, part] = names.ko;
    if (minor === 0) return `${koreanNumber(major)} ${unit}`;
    return `${major > 0 ? `${koreanNumber(major)} ${unit} ` : ""}${koreanNumber(minor)} ${part}`;
  }
  const [one, many, part, parts] = names.en;
  const whole = `${englishNumber(major)} ${major === 1 ? one : many}`;
  if (minor === 0) return whole;
  const rest = `${englishNumber(minor)} ${minor === 1 ? part : parts}`;
  return major > 0 ? `${whole} and ${rest}` : rest;
}

/** A calendar date ("2026-11-14") in words: "November fourteenth, twenty twenty-six", "이천이십육 년 십일월 십사 일". */
export function spokenDate(date: string, lang: Lang): string {
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  if (lang === "en")
    return `${MONTHS[month - 1] ?? ""} ${ordinal(day)}, ${englishYear(Number(date.slice(0, 4)))}`;
  // 유월 and 시월 lose a consonant.
  const name = month === 6 ? "유" : month === 10 ? "시" : koreanNumber(month);
  return `${koreanNumber(Number(date.slice(0, 4)))} 년 ${name}월 ${koreanNumber(day)} 일`;
}

function spokenOther(major: number, minor: number, digits: number, currency: Currency, lang: Lang): string {
  const name = nameOf(currency, "currency", lang);
  const whole = spokenNumber(major, lang);
  if (minor === 0) return `${whole} ${name}`;
  const small = lang === "ko" ? KO_DIGITS : EN_SMALL;
  const tail = Array.from(String(minor).padStart(digits, "0"), (digit) => small[Number(digit)]);
  return `${whole} ${lang === "ko" ? "점" : "point"} ${tail.join(lang === "ko" ? "" : " ")} ${name}`;
}

function englishNumber(n: number): string {
  if (n < 20) return EN_SMALL[n] ?? String(n);
  if (n < 100) {
    const tens = EN_TENS[Math.floor(n / 10)] ?? "";
    return n % 10 === 0 ? tens : `${tens}-${EN_SMALL[n % 10]}`;
  }
  const [size, name] = EN_UNITS.find(([unit]) => n >= unit) ?? [100, "hundred"];
  const head = `${englishNumber(Math.floor(n / size))} ${name}`;
  return n % size === 0 ? head : `${head} ${englishNumber(n % size)}`;
}

function englishYear(year: number): string {
  const tail = year % 100;
  if (tail === 0 || (year >= 2000 && year < 2010)) return englishNumber(year);
  const head = englishNumber(Math.floor(year / 100));
  return `${head} ${tail < 10 ? "oh " : ""}${englishNumber(tail)}`;
}

function ordinal(day: number): string {
  if (day % 10 === 0 && day > 10) return `${englishNumber(day).slice(0, -1)}ieth`;
  const words = englishNumber(day);
  const cut = words.lastIndexOf("-") + 1;
  const last = words.slice(cut);
  return words.slice(0, cut) + (ORDINALS[last] ?? `${last}th`);
}

const EN_SMALL = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const EN_UNITS: readonly (readonly [number, string])[] = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
  [1e3, "thousand"],
  [100, "hundred"],
];
const ORDINALS: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const KO_DIGITS = Array.from("영일이삼사오육칠팔구");

const CURRENCIES: Readonly<
  Record<string, { en: readonly [string, string, string, string]; ko: readonly [string, string] }>
> = {
  USD: { en: ["dollar", "dollars", "cent", "cents"], ko: ["달러", "센트"] },
  EUR: { en: ["euro", "euros", "cent", "cents"], ko: ["유로", "센트"] },
  GBP: { en: ["pound", "pounds", "penny", "pence"], ko: ["파운드", "펜스"] },
  KRW: { en: ["won", "won", "", ""], ko: ["원", ""] },
  JPY: { en: ["yen", "yen", "", ""], ko: ["엔", ""] },
};
