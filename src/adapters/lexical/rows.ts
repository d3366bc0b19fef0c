import type { Entry, Passage, Product, Spec } from "../../domain/entry.ts";
import type { Localized } from "../../domain/text.ts";
import { phraseOf } from "../../knowledge/attributes.ts";
import { quantities, terms } from "../../knowledge/terms.ts";
import { canonicalQuantity } from "../../knowledge/units.ts";
import { categoryPath, spaced } from "./words.ts";

/** What the tables that searches read hold of an entry. Texts are terms between blanks, numbers in canonical units. */
export type Rows = ProductRows | BundleRows | VoiceRows | PassageRows;

export interface ProductRows {
  readonly kind: "product";
  readonly sku: string;
  readonly brand: string;
  readonly category: string;
  /** In the order of COLUMNS. */
  readonly columns: readonly string[];
  readonly prices: readonly (readonly [currency: string, amount: number])[];
  readonly specs: readonly SpecRow[];
}
export interface SpecRow {
  readonly key: string;
  readonly number: number | null;
  readonly unit: string | null;
  readonly text: string | null;
}
interface BundleRows {
  readonly kind: "bundle";
  readonly skus: readonly string[];
}
interface VoiceRows {
  readonly kind: "voice";
  readonly sku: string;
  readonly by_vendor: number;
  readonly date: string;
  readonly text: string;
}
interface PassageRows {
  readonly kind: "passage";
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}

export function rowsOf(entry: Entry): Rows {
  switch (entry.kind) {
    case "product":
      return productRows(entry);
    case "bundle":
      return { kind: "bundle", skus: [...new Set(entry.lines.map((line) => line.sku))] };
    case "review": {
      const text = column(entry.title, entry.text);
      return { kind: "voice", sku: entry.sku, by_vendor: 0, date: entry.date ?? "", text };
    }
    case "answer": {
      const by_vendor = entry.by === "vendor" ? 1 : 0;
      const text = column(entry.question, entry.text);
      return { kind: "voice", sku: entry.sku, by_vendor, date: entry.date ?? "", text };
    }
    case "policy":
    case "faq":
      return passageRows(entry);
  }
}

/** With what its topic is called in its language, where the passage itself does not say so: nobody asks for "privacy" in Korean. */
function passageRows({ lang, topic, title, text }: Passage): PassageRows {
  const name = phraseOf(topic, lang);
  const called = name === topic || `${title} ${text}`.includes(name) ? undefined : name;
  return { kind: "passage", lang, title: column(topic, called, title), text: column(text) };
}

function productRows(product: Product): ProductRows {
  const title = column(...inEvery(product.title));
  const brand = column(product.brand);
  const category = column(product.category);
  const aliases = column(product.id, product.mpn, ...(product.gtin ?? []), ...(product.aliases ?? []));
  const options = Object.entries(product.options ?? {});
  const specs = column(...product.specs.map(specText), ...options.flat());
  const description = column(...inEvery(product.description));
  return {
    kind: "product",
    sku: product.id,
    brand: spaced(product.brand ?? ""),
    category: categoryPath(product.category),
    columns: [title, brand, category, aliases, specs, description],
    prices: Object.entries(product.price),
    specs: [
      ...product.specs.map(specRow),
      ...options.map(([key, value]) => ({ key, number: null, unit: null, text: spaced(value) })),
      ...inEvery(product.title).flatMap(quantities).map(titleRow),
    ],
  };
}

/** One column of a words table. */
function column(...texts: readonly (string | undefined)[]): string {
  return texts.flatMap((text) => (text === undefined ? [] : terms(text))).join(" ");
}

function inEvery(text: Localized | undefined): string[] {
  return [text?.en, text?.ko].filter((one) => one !== undefined);
}

/** The words of a spec. What a product has not got is no word of it, and a bare number says nothing. */
function specText({ key, value, unit, label }: Spec): string {
  if (value === false) return "";
  const name = [key, ...inEvery(label)].join(" ");
  if (value === true) return name;
  if (typeof value === "number") return unit === undefined ? name : `${name} ${value}${unit}`;
  return `${name} ${value}`;
}

function specRow({ key, value, unit }: Spec): SpecRow {
  if (typeof value === "boolean") return { key, number: value ? 1 : 0, unit: null, text: null };
  if (typeof value === "string") return { key, number: null, unit: null, text: spaced(value) };
  const quantity = unit === undefined ? { value, unit: null } : canonicalQuantity(value, unit);
  return { key, number: quantity.value, unit: quantity.unit, text: null };
}

function titleRow({ value, unit }: { value: number; unit: string }): SpecRow {
  const quantity = canonicalQuantity(value, unit);
  return { key: "", number: quantity.value, unit: quantity.unit, text: null };
}
