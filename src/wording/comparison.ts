import type { Fact } from "../domain/fact.ts";
import type { Card, Comparison } from "../domain/reply.ts";
import { labelOf, upper } from "./faces.ts";
import { LANGUAGES } from "./languages.ts";
import type { Context } from "./templates.ts";

/** How titles and values are put for one face. */
export interface Showing {
  title(card: Card, context: Context): string;
  value(fact: Fact, context: Context): string;
  name(label: string, context: Context): string;
}

/** What was asked of the products compared, in a sentence or two; "" when nothing in particular was. */
export function verdictText(
  { verdict, rows, skus }: Comparison,
  cards: readonly Card[],
  { title, value, name }: Showing,
  context: Context,
): string {
  const { verdicts } = LANGUAGES[context.lang].answers;
  const row = rows.find(({ key }) => key === verdict?.key);
  const stated = row?.values.find((fact) => fact !== null);
  if (!verdict || !row || !stated) return "";
  const shown = skus.map((sku, at) => {
    const card = cards.find((one) => one.sku === sku);
    const fact = row.values[at] ?? null;
    return { sku, title: card ? title(card, context) : sku, value: fact ? value(fact, context) : null };
  });
  const label = upper(name(labelOf(stated, context), context));
  const known = shown.flatMap((one) => (one.value === null ? [] : [{ ...one, value: one.value }]));
  const best = known.filter(({ sku }) => verdict.best.includes(sku));
  const others = known.filter(({ sku }) => !verdict.best.includes(sku));
  const [first] = best;
  const lead = verdict.holds === undefined ? "" : `${verdicts.holds[verdict.holds ? "yes" : "no"]} `;
  const flag = typeof stated.value === "boolean";
  if (!first || flag) return (flag ? lead : "") + verdicts.each(label, shown);
  if (others.length === 0 && verdict.of === undefined)
    return lead + verdicts.alike(label, first.value, known.length);
  const titles = best.map((one) => one.title);
  return lead + verdicts.best(titles, first.value, others, verdict, label);
}
