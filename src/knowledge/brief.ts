import type { Evidence } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import { formatMoney } from "../domain/money.ts";
import type { State } from "../domain/state.ts";
import { inLang } from "../domain/text.ts";

const PRODUCTS = 8;
const SPECS = 4;
const FACTS = 3;
const EXCERPT = 160;

/** What was found, for a model to judge what is missing: codes, prices, ratings, which questions have facts. */
export function knownOf(evidence: Evidence, { currency }: State): string {
  const shown = evidence.results.slice(0, PRODUCTS).map(({ sku, list_price, stock, rating }) => ({
    ...{ sku, price: formatMoney(list_price, currency, "en"), in_stock: stock > 0 },
    rating: rating ? `${Math.floor(rating.mean10 / 10)}.${rating.mean10 % 10} of 5 (${rating.count})` : null,
  }));
  const shownSkus = new Set(shown.map(({ sku }) => sku));
  const others = [...evidence.products.values()]
    .filter(({ product, live }) => live && !shownSkus.has(product.id))
    .slice(0, PRODUCTS - shown.length)
    .map(({ product }) => product.id);
  const questions = evidence.answers.map(({ about, facts }, at) => ({
    ...{ question: at + 1, about: about ?? "the shop" },
    answered: facts.length > 0,
  }));
  return JSON.stringify({ found: shown, nearest_only: evidence.relaxed, also_known: others, questions });
}

/** The same in the words of others: titles, figures, what answers say; numbered as in `knownOf`. */
export function excerptsOf(evidence: Evidence, { lang }: State): string {
  const titles = [...evidence.products.values()].slice(0, PRODUCTS * 2).map(({ product, live }) => {
    const specs = product.specs.slice(0, SPECS).map(({ key, value, unit }) => `${key} ${value}${unit ?? ""}`);
    return live ? cut(`${product.id}: ${[inLang(product.title, lang), ...specs].join("; ")}`) : "";
  });
  const answers = evidence.answers.flatMap(({ topic, facts }, at) => [
    cut(`question ${at + 1}: ${topic}`),
    ...facts.slice(0, FACTS).map((fact) => cut(`- ${said(fact)}`)),
  ]);
  return [...titles, ...answers].filter((line) => line !== "").join("\n");
}

function said({ key, value, unit, text }: Fact): string {
  return text ?? `${key}: ${value ?? ""}${unit ?? ""}`;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return (line.length > EXCERPT ? `${line.slice(0, EXCERPT)}...` : line).toWellFormed();
}
