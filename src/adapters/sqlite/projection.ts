import type { DatabaseSync } from "node:sqlite";
import type { Entry } from "../../domain/entry.ts";
import { type Rows, rowsOf } from "../lexical/rows.ts";
import { skuTerm, spaced } from "../lexical/words.ts";

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
      insert.unsealed.run(n);
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

function inserts(db: DatabaseSync) {
  return {
    product: db.prepare("INSERT INTO product (n, sku, brand, category) VALUES (?, ?, ?, ?)"),
    productWords: db.prepare(
      `INSERT INTO product_words (rowid, title, brand, category, aliases, specs, description)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    unsealed: db.prepare("INSERT OR IGNORE INTO unsealed (n) VALUES (?)"),
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
    product: [from("product_words", "rowid"), from("product", "n"), from("unsealed", "n")],
    bundle: [from("bundle_part", "n")],
    review: voice,
    answer: voice,
    policy: passage,
    faq: passage,
  } as Readonly<Record<string, readonly ReturnType<typeof from>[]>>;
}
