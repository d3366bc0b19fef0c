import type { DatabaseSync } from "node:sqlite";
import type { Entry, Passage, Product, Spec } from "../../domain/entry.ts";
import type { Localized } from "../../domain/text.ts";
import { quantities, terms } from "../../knowledge/terms.ts";
import { canonicalQuantity } from "../../knowledge/units.ts";
import { categoryPath, skuTerm, spaced } from "./words.ts";

/** Keeps the tables that searches read in step with the live entries. */
export interface Projection {
  /** The rows of an entry, without touching the database. */
  prepare(entry: Entry): Rows;
  write(n: number, rows: Rows): void;
  remove(n: number, kind: string): void;
}

export function projection(db: DatabaseSync): Projection {
  const insert = inserts(db);
  const remove = removals(db);
  const keyOf = (name: string): number =>
    Number((insert.knownKey.get(name) ?? insert.key.get(name, spaced(name)))?.key);

  return {
    prepare: rowsOf,
    write: (n, rows) => {
      if (rows.kind === "bundle") for (const sku of rows.skus) insert.part.run(sku, n);
      if (rows.kind === "voice") {
        insert.voice.run(n, rows.sku, rows.by_vendor, rows.date);
        insert.voiceWords.run(n, skuTerm(rows.sku), rows.text);
      }
      if (rows.kind === "passage") {
        insert.passage.run(n, rows.lang);
        insert.passageWords.run(n, rows.title, rows.text);
      }
      if (rows.kind !== "product") return;
      insert.product.run(n, rows.sku, rows.brand, rows.category);
      insert.productWords.run(n, ...rows.columns);
      for (const [currency, amount] of rows.prices) insert.price.run(currency, n, amount);
      rows.specs.forEach(({ key, number, unit, text }, place) => {
        insert.spec.run(n, keyOf(key), place, number, unit, text);
      });
    },
    remove: (n, kind) => {
      for (const statement of remove[kind] ?? []) statement.run(n);
    },
  };
}

type Rows = ProductRows | BundleRows | VoiceRows | PassageRows;

interface ProductRows {
  readonly kind: "product";
  readonly sku: string;
  readonly brand: string;
  readonly category: string;
  /** In the order of product_words' columns. */
  readonly columns: readonly string[];
  readonly prices: readonly (readonly [currency: string, amount: number])[];
  readonly specs: readonly SpecRow[];
}
interface SpecRow {
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

function rowsOf(entry: Entry): Rows {
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

function passageRows({ lang, topic, title, text }: Passage): PassageRows {
  return { kind: "passage", lang, title: column(topic, title), text: column(text) };
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

function inserts(db: DatabaseSync) {
  return {
    product: db.prepare("INSERT INTO product (n, sku, brand, category) VALUES (?, ?, ?, ?)"),
    productWords: db.prepare(
      `INSERT INTO product_words (rowid, title, brand, category, aliases, specs, description)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    price: db.prepare("INSERT INTO price (currency, n, amount) VALUES (?, ?, ?)"),
    knownKey: db.prepare("SELECT key FROM spec_key WHERE name = ?"),
    key: db.prepare("INSERT INTO spec_key (name, words) VALUES (?, ?) RETURNING key"),
    spec: db.prepare("INSERT INTO spec (n, key, place, number, unit, text) VALUES (?, ?, ?, ?, ?, ?)"),
    part: db.prepare("INSERT INTO bundle_part (sku, n) VALUES (?, ?)"),
    voice: db.prepare("INSERT INTO voice (n, sku, by_vendor, date) VALUES (?, ?, ?, ?)"),
    voiceWords: db.prepare("INSERT INTO voice_words (rowid, sku, text) VALUES (?, ?, ?)"),
    passage: db.prepare("INSERT INTO passage (n, lang) VALUES (?, ?)"),
    passageWords: db.prepare("INSERT INTO passage_words (rowid, title, text) VALUES (?, ?, ?)"),
  };
}

/** Prices and specs of a product go with it (ON DELETE CASCADE). */
function removals(db: DatabaseSync) {
  const from = (table: string, key: string) => db.prepare(`DELETE FROM ${table} WHERE ${key} = ?`);
  const voice = [from("voice_words", "rowid"), from("voice", "n")];
  const passage = [from("passage_words", "rowid"), from("passage", "n")];
  return {
    product: [from("product_words", "rowid"), from("product", "n")],
    bundle: [from("bundle_part", "n")],
    review: voice,
    answer: voice,
    policy: passage,
    faq: passage,
  } as Readonly<Record<string, readonly ReturnType<typeof from>[]>>;
}
