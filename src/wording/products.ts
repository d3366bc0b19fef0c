import type { Fact } from "../domain/fact.ts";
import { formatMoney } from "../domain/money.ts";
import type { Card, Comparison } from "../domain/reply.ts";
import { labelOf, specValue, upper } from "./faces.ts";
import { LANGUAGES } from "./languages.ts";
import { plain } from "./plain.ts";
import type { Context, WrittenTemplates } from "./templates.ts";

/** What was found, as a numbered list: title, up to two telling specs, price, stock, rating. */
export function resultsText(cards: readonly Card[], head: string, context: Context): string {
  const rows = cards.map((card, i) => `${i + 1}. ${cardText(card, context)}`);
  return [head, ...rows].filter((row) => row !== "").join(context.channel === "agent" ? " " : "\n");
}

/** Up to three products side by side, one row for each property, columns aligned. */
export function comparisonText({ skus, rows }: Comparison, cards: readonly Card[], context: Context): string {
  const { written } = LANGUAGES[context.lang];
  const shown = skus.map((sku) => cards.find((card) => card.sku === sku));
  const table: string[][] = [["", ...headsOf(shown.map((card, at) => card?.title ?? skus[at] ?? ""))]];
  for (const { key, values } of rows.filter((row) => row.key !== "review_count").slice(0, ROWS)) {
    const named = values.find((fact) => fact !== null);
    if (!named) continue;
    const cells = values.map((fact, at) => (fact ? cellOf(fact, shown[at], context) : "–"));
    table.push([rowName(key, written) ?? upper(labelOf(named, context)), ...cells]);
  }
  return [written.comparison, ...aligned(table)].join("\n");
}

const ROWS = 11;
const HEAD_CHARS = 28;
const END_CHARS = 12;

/** Titles cut to a column's width; where that makes two alike, with how they end: their colour or size. */
function headsOf(titles: readonly string[]): string[] {
  const heads = titles.map((title) => plain(title, HEAD_CHARS));
  return titles.map((title, at) => {
    const head = heads[at] ?? "";
    if (heads.filter((other) => other === head).length === 1) return head;
    const end = plain(title.split(title.includes(",") ? "," : " ").at(-1) ?? "", END_CHARS);
    return `${plain(title, HEAD_CHARS - end.length - 1)} ${end}`;
  });
}

function rowName(key: string, written: WrittenTemplates): string | undefined {
  if (key === "price") return written.price;
  if (key === "stock") return written.stockRow;
  return key === "rating" ? written.rating : undefined;
}

function cellOf(fact: Fact, card: Card | undefined, context: Context): string {
  if (fact.kind === "stock") return LANGUAGES[context.lang].written.stock(Number(fact.value));
  if (fact.kind === "rating" && card) return rating(card);
  return plain(specValue(fact, context), HEAD_CHARS);
}

function cardText(card: Card, context: Context): string {
  const { written } = LANGUAGES[context.lang];
  const specs = card.specs
    .filter((spec) => spec.kind === "spec")
    .slice(0, 2)
    .map((spec) => `${labelOf(spec, context)} ${plain(specValue(spec, context), 40)}`);
  const parts = [
    plain(card.title, 100),
    ...specs,
    price(card, context),
    written.stock(card.stock),
    rating(card),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function price(card: Card, { lang }: Context): string {
  return formatMoney(card.list_price, card.currency, lang);
}

function rating({ rating }: Card): string {
  if (!rating) return "";
  return `★ ${Math.floor(rating.mean10 / 10)}.${rating.mean10 % 10} (${rating.count})`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)))
      .join(" | ")
      .trimEnd(),
  );
}

/** Columns a text takes in a fixed-width font: Hangul and other wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += WIDE.test(char) ? 2 : 1;
  return columns;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
