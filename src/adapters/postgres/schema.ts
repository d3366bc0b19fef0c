/**
 * The knowledge base on PostgreSQL, table for table what `adapters/sqlite/schema.ts` has. What a vendor writes (codes, ids,
 * keys) is kept as `written()` makes it, since PostgreSQL's text cannot hold every character. Words are lexemes made by
 * `terms()`: title A, other names B, description C; specs have no positions, as nothing stands beside anything there.
 */
export const schema = `
  CREATE TABLE entry (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL,
    version text NOT NULL,
    serial integer NOT NULL,
    kind text NOT NULL,
    live boolean NOT NULL,
    origin text NOT NULL,
    body text NOT NULL,
    UNIQUE (id, version)
  );
  CREATE UNIQUE INDEX entry_current ON entry (id, serial);
  CREATE UNIQUE INDEX entry_live ON entry (id) WHERE live;
  CREATE INDEX entry_origin ON entry (origin) WHERE live;

  -- changes: counts every change to what is live; products and terms (in each column) there are, for means.
  CREATE TABLE knowledge (changes bigint NOT NULL, products bigint NOT NULL, terms bigint[] NOT NULL);
  INSERT INTO knowledge VALUES (0, 0, '{0,0,0,0,0,0}');

  CREATE TABLE stock (sku text COLLATE "C" PRIMARY KEY, on_hand bigint NOT NULL CHECK (on_hand >= 0), stated bigint);
  CREATE TABLE hold (
    session text COLLATE "C" NOT NULL, sku text COLLATE "C" NOT NULL, quantity bigint NOT NULL CHECK (quantity > 0),
    until text COLLATE "C" NOT NULL, PRIMARY KEY (session, sku)
  );
  CREATE INDEX hold_sku ON hold (sku);

  CREATE TABLE product (
    n bigint PRIMARY KEY REFERENCES entry,
    sku text COLLATE "C" NOT NULL,
    brand text NOT NULL,
    category text NOT NULL,
    -- What it is named by, beside all its words: short enough to be ranked by without reading those.
    names tsvector NOT NULL,
    columns text[] NOT NULL,
    words tsvector NOT NULL
  );
  CREATE INDEX product_words ON product USING gin (words);
  CREATE INDEX product_names ON product USING gin (names);
  CREATE TABLE price (
    currency text NOT NULL, n bigint NOT NULL REFERENCES product ON DELETE CASCADE, amount bigint NOT NULL,
    PRIMARY KEY (n, currency)
  );
  CREATE INDEX price_amount ON price (currency, amount, n);
  CREATE TABLE spec_key (
    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, words text NOT NULL
  );
  CREATE TABLE spec (
    n bigint NOT NULL REFERENCES product ON DELETE CASCADE, key integer NOT NULL REFERENCES spec_key,
    place integer NOT NULL, number double precision, unit text, text text, PRIMARY KEY (n, key, place)
  );
  CREATE TABLE term (term text COLLATE "C" PRIMARY KEY, products bigint NOT NULL);

  CREATE TABLE bundle_part (sku text COLLATE "C" NOT NULL, n bigint NOT NULL REFERENCES entry, PRIMARY KEY (sku, n));
  CREATE INDEX bundle_part_bundle ON bundle_part (n);
  CREATE TABLE voice (
    n bigint PRIMARY KEY REFERENCES entry, sku text COLLATE "C" NOT NULL, by_vendor boolean NOT NULL,
    date text COLLATE "C" NOT NULL, words tsvector NOT NULL
  );
  CREATE INDEX voice_sku ON voice (sku, by_vendor DESC, date DESC);
  CREATE TABLE passage (
    n bigint PRIMARY KEY REFERENCES entry, lang text NOT NULL, text text NOT NULL, words tsvector NOT NULL
  );
`;

/** Tables that stand for one kind of live entry and go with it. */
export const PROJECTIONS = ["product", "bundle_part", "voice", "passage"] as const;
