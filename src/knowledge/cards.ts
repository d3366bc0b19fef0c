import type { Product } from "../domain/entry.ts";
import type { Known } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import type { Tally } from "../domain/lookup.ts";
import type { Currency } from "../domain/money.ts";
import type { Card } from "../domain/reply.ts";
import { inLang, type Lang } from "../domain/text.ts";
import { factsOf } from "./facts.ts";
import type { Gathered } from "./gathered.ts";
import { gist, holds } from "./match.ts";

/**
 * Products side by side, as a reply shows them; those not sold in the currency are left out. Of its specs a card has
 * at most `specs`: what was asked or filtered for first, then what tells these products apart, then the vendor's order.
 */
export function cards(
  shown: readonly Known[],
  asked: readonly string[],
  specs: number,
  { currency, lang, tallies }: { currency: Currency; lang: Lang; tallies: Gathered["tallies"] },
): Card[] {
  const order = telling(
    shown.map(({ product }) => product),
    asked,
  );
  return shown.flatMap((known) => {
    const { product, stock, live } = known;
    const list_price = product.price[currency];
    if (list_price === undefined || !live) return [];
    const rating = ratingOf(tallies.get(product.id));
    return {
      sku: product.id,
      title: inLang(product.title, lang),
      ...(product.brand === undefined ? {} : { brand: product.brand }),
      category: product.category,
      list_price,
      currency,
      stock,
      specs: chosen(known, order).slice(0, specs),
      ...(rating === null ? {} : { rating }),
    };
  });
}

/** Spec keys, the most telling first. */
export function telling(products: readonly Product[], asked: readonly string[]): readonly string[] {
  const values = new Map<string, unknown[]>();
  for (const { specs } of products) {
    for (const { key, value } of specs) values.set(key, [...(values.get(key) ?? []), value]);
  }
  const score = (key: string): number => {
    const of = values.get(key) ?? [];
    const name = gist(key);
    const named = asked.some((term) => term === key || holds(name, term) > 0);
    return (named ? 2 : 0) + (of.length > 1 && new Set(of).size > 1 ? of.length / products.length : 0);
  };
  const scores = new Map([...values.keys()].map((key) => [key, score(key)]));
  return [...values.keys()].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
}

function chosen({ product, version, live }: Known, order: readonly string[]): Fact[] {
  const place = new Map(order.map((key, at) => [key, at]));
  return factsOf({ entry: product, version, live })
    .filter(({ id }) => id.startsWith(`${product.id}#spec.`))
    .sort((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0));
}

function ratingOf(tally: Tally | undefined): Card["rating"] | null {
  return tally && tally.rated > 0
    ? { mean10: Math.round(tally.sum10 / tally.rated), count: tally.rated }
    : null;
}
