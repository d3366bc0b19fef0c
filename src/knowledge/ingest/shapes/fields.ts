import type { Localized } from "../../../domain/text.ts";
import { type Columns, categoryPath } from "../columns.ts";
import { localized } from "../language.ts";
import { line, plain } from "../plain.ts";
import { bad, type Draft, shown } from "../source.ts";

/** The fields that are there: absent ones must not stand in an entry at all. */
export function given(fields: Draft): Draft {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A product's code. Spreadsheets shorten long digits to 8.8E+12, and then the code is lost. */
export function readSku(row: Columns, ...columns: readonly string[]): string {
  const sku = row.text(...columns);
  const column = row.heading(...columns);
  if (sku === undefined) throw bad(`${column} is empty; every row needs a code of its own`);
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(sku)) {
    throw bad(`${column} is ${shown(sku)}: a spreadsheet shortened it; format that column as text`);
  }
  if (sku.length > 80) throw bad(`${column} is ${sku.length} characters long; a code has at most 80`);
  return sku;
}

/** A name on one line, in the languages given: `title_en` and `title_ko`, else `title` in whichever it is. */
export function readTitle(row: Columns, columns: readonly string[]): Localized {
  const title = bothLanguages(row, columns, (text) => line(text, 400));
  if (title === undefined) throw bad(`${columns[0]} is empty; every product needs a name`);
  return title;
}

export function readDescription(row: Columns, columns: readonly string[]): Localized | undefined {
  return bothLanguages(row, columns, (text) => plain(text, 20_000));
}

function bothLanguages(row: Columns, columns: readonly string[], clean: (text: string) => string) {
  const text = clean(row.text(...columns) ?? "");
  const inLanguage = (lang: string) => clean(row.text(...columns.map((column) => `${column}_${lang}`)) ?? "");
  const en = inLanguage("en");
  const ko = inLanguage("ko");
  if (en !== "" || ko !== "") return { ...(en === "" ? {} : { en }), ...(ko === "" ? {} : { ko }) };
  return text === "" ? undefined : localized(text);
}

/** Slash-separated and lower-case; "general" when the source tells none. */
export function readCategory(value: unknown): string {
  return (typeof value === "string" ? categoryPath(value) : "") || "general";
}

/** Units on hand: "12", "1,200", "12개"; less than none is none; undefined when the source does not say. */
export function readStock(value: unknown, column: string): number | undefined {
  if (value === undefined) return undefined;
  const digits = String(value)
    .trim()
    .replace(/[,\s]/g, "")
    .replace(/(?:\.0+)?(?:개|pcs?|ea|units?)?$/i, "");
  if (!/^-?\d{1,12}$/.test(digits)) {
    throw bad(`${column} is ${shown(value)}; write the units on hand as a whole number, or leave it empty`);
  }
  return Math.max(0, Number(digits));
}

/** Schema.org and feed words for availability: zero when it cannot be had, else unknown. */
export function stockFromAvailability(value: unknown): number | undefined {
  const word = typeof value === "string" ? value.toLowerCase().replace(/[^a-z가-힣]/g, "") : "";
  return /(outofstock|soldout|discontinued|품절|판매중지)$/.test(word) ? 0 : undefined;
}

/** Bar codes: eight to fourteen digits, several parted by anything. What is no bar code is left out. */
export function readGtins(value: unknown): string[] | undefined {
  const text = Array.isArray(value) ? value.join(" ") : String(value ?? "");
  const codes = text.match(/(?<![\d.])\d{8,14}(?![\d.])/g);
  return codes === null ? undefined : [...new Set(codes)].slice(0, 20);
}

/** Words parted by commas, semicolons, bars or line ends. */
export function readWords(value: unknown): string[] | undefined {
  const list = Array.isArray(value) ? value : String(value ?? "").split(/[,;|\n]/);
  const words = list.map((one) => line(String(one), 120)).filter((one) => one !== "");
  return words.length === 0 ? undefined : [...new Set(words)].slice(0, 40);
}

/** "2025-03-01T10:00Z", "2025.3.1", "2025/03/01" -> "2025-03-01"; other spellings are left out. */
export function readDate(value: unknown): string | undefined {
  const match = /^(\d{4})[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})(?!\d)/.exec(String(value ?? "").trim());
  if (!match) return undefined;
  const date = `${match[1]}-${match[2]?.padStart(2, "0")}-${match[3]?.padStart(2, "0")}`;
  return Number.isNaN(Date.parse(date)) || new Date(date).toISOString().slice(0, 10) !== date
    ? undefined
    : date;
}

/** 0 to 5: 4.5, "4.5", "4/5", "9/10", "★★★★☆"; undefined when the source gives none. */
export function readRating(value: unknown, column: string, best = 5): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const text = String(value).trim();
  if (/^[★☆]{1,5}$/.test(text)) return text.replace(/☆/g, "").length;
  const match = /^(\d+(?:[.,]\d+)?)(?:\s*(?:\/|out of)\s*(\d+))?(?:\s*(?:stars?|점))?$/i.exec(text);
  const top = match?.[2] === undefined ? best : Number(match[2]);
  const rating = (Number(match?.[1]?.replace(",", ".")) * 5) / top;
  if (!(rating >= 0 && rating <= 5)) throw bad(`${column} is ${shown(value)}; write 0 to 5, or 8/10`);
  return Math.round(rating * 100) / 100;
}
