import { formatMoney } from "../domain/money.ts";
import type { Card } from "../domain/reply.ts";
import { labelOf, specValue, upper } from "./answers.ts";
import { LANGUAGES } from "./languages.ts";
import { plain } from "./plain.ts";
import type { Context } from "./templates.ts";

/** What was found, as a numbered list: title, up to two telling specs, price, stock, rating. */
export function resultsText(cards: readonly Card[], head: string, context: Context): string {
  const rows = cards.map((card, i) => `${i + 1}. ${cardText(card, context)}`);
  return [head, ...rows].filter((row) => row !== "").join(context.channel === "agent" ? " " : "\n");
}

/** Up to three products side by side, one row for each property, columns aligned. */
export function comparisonText(cards: readonly Card[], context: Context): string {
  const { written } = LANGUAGES[context.lang];
  const rows: string[][] = [
    ["", ...cards.map((card) => plain(card.title, 28))],
    [written.price, ...cards.map((card) => price(card, context))],
    [written.stockRow, ...cards.map((card) => written.stock(card.stock))],
  ];
  if (cards.some((card) => card.rating))
    rows.push([written.rating, ...cards.map((card) => rating(card) || "–")]);
  for (const key of sharedKeys(cards)) {
    const facts = cards.map((card) => card.specs.find((spec) => spec.key === key));
    const named = facts.find((fact) => fact !== undefined);
    if (!named) continue;
    const cells = facts.map((fact) => (fact ? plain(specValue(fact, context), 28) : "–"));
    rows.push([upper(labelOf(named, context)), ...cells]);
  }
  return [written.comparison, ...aligned(rows)].join("\n");
}

const ROWS = 8;

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

/** Keys in the order of the first product that has them; those that more products share come first. */
function sharedKeys(cards: readonly Card[]): string[] {
  const counts = new Map<string, number>();
  for (const spec of cards.flatMap((card) => card.specs))
    counts.set(spec.key, (counts.get(spec.key) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, ROWS)
    .map(([key]) => key);
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
