import type { CommunityAnswer, Entry, Passage, Product, Review, Versioned } from "../domain/entry.ts";
import type { Citation, Fact } from "../domain/fact.ts";

/**
 * Everything citeable that an entry states. Ids are stable as long as the entry states it: "SKU#title",
 * "SKU#spec.weight", "SKU#price.USD" (minor units), "SKU#stock" (units, when given), "SKU#option.color", "SKU#tier.10",
 * "SKU#description.2" (the second sentence); texts have their entry's own id. A key that repeats is numbered from
 * its second use on ("SKU#spec.port~2"). A bundle states nothing here: its terms stand in the offer.
 */
export function factsOf(item: Versioned, stock?: number): Fact[] {
  const entry: Entry = item.entry;
  switch (entry.kind) {
    case "product":
      return productFacts(entry, stock);
    case "policy":
    case "faq":
      return [passageFact(entry)];
    case "review":
      return [reviewFact(entry)];
    case "answer":
      return [answerFact(entry)];
    case "bundle":
      return [];
  }
}

/** What a reply shows of the fact: where it comes from and at most 300 characters of the source's own words. */
export function citation(fact: Fact): Citation {
  const { name, line, section } = fact.source;
  const source = `${name}${line === undefined ? "" : `:${line}`}${section === undefined ? "" : `#${section}`}`;
  return fact.text === undefined
    ? { fact: fact.id, source }
    : { fact: fact.id, source, quote: fact.text.slice(0, QUOTE_CHARS).toWellFormed() };
}

export const QUOTE_CHARS = 300;

function productFacts(product: Product, stock: number | undefined): Fact[] {
  const { id, source } = product;
  const facts: Fact[] = [];
  const used = new Map<string, number>();
  const add = (part: string, fact: Omit<Fact, "id" | "about" | "source">): void => {
    const times = (used.get(part) ?? 0) + 1;
    used.set(part, times);
    facts.push({ id: `${id}#${part}${times === 1 ? "" : `~${times}`}`, about: id, source, ...fact });
  };
  const { title, brand, category } = product;
  add("title", { kind: "title", key: "title", value: title.en ?? title.ko ?? "", label: title });
  for (const [currency, amount] of Object.entries(product.price)) {
    add(`price.${currency}`, { kind: "price", key: "price", value: amount, unit: currency });
  }
  if (stock !== undefined) add("stock", { kind: "stock", key: "stock", value: stock });
  if (brand !== undefined) add("brand", { kind: "spec", key: "brand", value: brand });
  add("category", { kind: "spec", key: "category", value: category });
  if (product.mpn !== undefined) add("mpn", { kind: "spec", key: "model", value: product.mpn });
  for (const [key, value] of Object.entries(product.options ?? {})) {
    add(`option.${key}`, { kind: "option", key, value });
  }
  for (const { key, value, unit, label } of product.specs) {
    add(`spec.${key}`, {
      ...{ kind: "spec", key, value },
      ...(unit === undefined ? {} : { unit }),
      ...(label === undefined ? {} : { label }),
    });
  }
  for (const { from, off_bp } of product.tiers ?? []) {
    const label = { en: `Discount from ${from} units`, ko: `${from}개부터 할인` };
    add(`tier.${from}`, { kind: "spec", key: "discount", value: off_bp / 100, unit: "%", label });
  }
  for (const lang of ["en", "ko"] as const) {
    for (const text of sentences(product.description?.[lang] ?? "")) {
      add(`description.${lang}`, { kind: "spec", key: "description", value: null, text, lang });
    }
  }
  return facts;
}

function passageFact({ id, kind, topic, title, text, lang, source }: Passage): Fact {
  return { id, kind, about: null, key: topic, value: title, text, lang, source };
}

/** `value` is the rating out of 5, when there is one. */
function reviewFact({ id, sku, rating, text, lang, date, source }: Review): Fact {
  const fact = { id, kind: "review", about: sku, key: "review", value: rating ?? null, text, lang } as const;
  return { ...fact, ...dated(date), source };
}

function dated(date: string | undefined): Pick<Fact, "date"> {
  return date === undefined ? {} : { date };
}

/** `key` tells whose words they are ("vendor" or "customer"), `value` is the question that was answered. */
function answerFact({ id, sku, question, text, by, lang, date, source }: CommunityAnswer): Fact {
  return { id, kind: "answer", about: sku, key: by, value: question, text, lang, ...dated(date), source };
}

/** The text in sentences, byte for byte: joined again with blanks they are the text. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?。]["”’)]?)\s+(?=\S)|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
