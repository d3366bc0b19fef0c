/**
 * The knowledge base. `entry` keeps every version of everything for ever; all other tables are a projection of the
 * live entries, keyed by `entry.n`, from which they could be built again. `entry.serial` counts how often an id was
 * put live: the highest is the current version, live or withdrawn. `body` stands last, so that reading the head of
 * a row does not read its text.
 *
 * The words tables hold the output of `terms()` and nothing else, so FTS5 only has to split at blanks; the point
 * stays inside "43.2". They keep their columns, from which a search tells which of its words a product has.
 */
export const knowledgeSchema: readonly string[] = [
  `CREATE TABLE entry (
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     version TEXT NOT NULL,
     serial INTEGER NOT NULL,
     kind TEXT NOT NULL,
     live INTEGER NOT NULL,
     origin TEXT NOT NULL,
     body TEXT NOT NULL,
     UNIQUE (id, version)
   ) STRICT`,
  "CREATE UNIQUE INDEX entry_current ON entry (id, serial)",
  "CREATE UNIQUE INDEX entry_live ON entry (id) WHERE live = 1",
  "CREATE INDEX entry_origin ON entry (origin, kind) WHERE live = 1",

  // Counts every change to what is live, so that readers know when to look again.
  "CREATE TABLE knowledge (changes INTEGER NOT NULL) STRICT",
  "INSERT INTO knowledge VALUES (0)",

  // `stated` is what the vendor's files said last, so that only a change of it sets what is on hand.
  `CREATE TABLE stock (
     sku TEXT PRIMARY KEY,
     on_hand INTEGER NOT NULL CHECK (on_hand >= 0),
     stated INTEGER
   ) STRICT, WITHOUT ROWID`,

  // brand and category hold terms between separators (" hewlett packard ", "/computer/laptop/") for instr().
  `CREATE TABLE product (
     n INTEGER PRIMARY KEY REFERENCES entry (n),
     sku TEXT NOT NULL,
     brand TEXT NOT NULL,
     category TEXT NOT NULL
   ) STRICT`,
  `CREATE TABLE price (
     currency TEXT NOT NULL,
     n INTEGER NOT NULL REFERENCES product (n) ON DELETE CASCADE,
     amount INTEGER NOT NULL,
     PRIMARY KEY (currency, n)
   ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX price_product ON price (n)",
  "CREATE TABLE spec_key (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, words TEXT NOT NULL) STRICT",
  // Numbers are in canonical units; text is terms between blanks. The empty key holds quantities of the title.
  `CREATE TABLE spec (
     n INTEGER NOT NULL REFERENCES product (n) ON DELETE CASCADE,
     key INTEGER NOT NULL REFERENCES spec_key (key),
     place INTEGER NOT NULL,
     number REAL,
     unit TEXT,
     text TEXT,
     PRIMARY KEY (n, key, place)
   ) STRICT, WITHOUT ROWID`,
  `CREATE VIRTUAL TABLE product_words USING fts5(
     title, brand, category, aliases, specs, description,
     tokenize = "ascii tokenchars '.'"
   )`,
  "CREATE VIRTUAL TABLE product_vocabulary USING fts5vocab(product_words, row)",

  `CREATE TABLE bundle_part (
     sku TEXT NOT NULL,
     n INTEGER NOT NULL REFERENCES entry (n),
     PRIMARY KEY (sku, n)
   ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX bundle_part_bundle ON bundle_part (n)",

  `CREATE TABLE voice (
     n INTEGER PRIMARY KEY REFERENCES entry (n),
     sku TEXT NOT NULL,
     by_vendor INTEGER NOT NULL,
     date TEXT NOT NULL
   ) STRICT`,
  "CREATE INDEX voice_sku ON voice (sku, by_vendor DESC, date DESC)",
  // sku is one hexadecimal term, so that the index itself narrows a question to one product.
  `CREATE VIRTUAL TABLE voice_words USING fts5(
     sku, text, tokenize = "ascii tokenchars '.'"
   )`,
  "CREATE VIRTUAL TABLE voice_vocabulary USING fts5vocab(voice_words, row)",

  "CREATE TABLE passage (n INTEGER PRIMARY KEY REFERENCES entry (n), lang TEXT NOT NULL) STRICT",
  `CREATE VIRTUAL TABLE passage_words USING fts5(
     title, text, tokenize = "ascii tokenchars '.'"
   )`,
  "CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_words, row)",
];

/** Products in order of price, for a list of the cheapest. */
export const priceOrderSchema: readonly string[] = [
  "CREATE INDEX price_amount ON price (currency, amount, n)",
];
