/**
 * Vectors of products, made of what `product-text.ts` says of them: a projection like the words tables, which could be
 * made again. `vector_space` has one row, or none before the first: whose vectors these are. `text` is the digest of what
 * a vector was made of, so that a new version with the same text (another price, say) takes it over; `numbers` is
 * float32, as this machine writes it.
 */
export const vectorsSchema: readonly string[] = [
  "CREATE TABLE vector_space (model TEXT NOT NULL, dimensions INTEGER NOT NULL) STRICT",
  // Counts what was changed, so that readers know when to look again.
  "CREATE TABLE vector_changes (changes INTEGER NOT NULL) STRICT",
  "INSERT INTO vector_changes VALUES (0)",
  `CREATE TABLE vector (
     n INTEGER PRIMARY KEY REFERENCES entry (n),
     text TEXT NOT NULL,
     numbers BLOB NOT NULL
   ) STRICT`,
  "CREATE INDEX vector_text ON vector (text)",
];
