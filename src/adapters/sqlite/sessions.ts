/** Tables of sessions, their logs, orders and the outbox. Amounts are minor units, times RFC 3339 in UTC. */
export const sessionsSchema: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `INSERT INTO meta (key, value) VALUES ('epoch', lower(hex(randomblob(8))))`,
  `CREATE TABLE session (
     id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, principal TEXT NOT NULL, opened_at TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX session_opened ON session (opened_at)`,
  // `client_id` is set on messages, `staff` (the turn's record) on replies.
  `CREATE TABLE event (
     session TEXT NOT NULL, seq INTEGER NOT NULL, json TEXT NOT NULL, client_id TEXT, staff TEXT
   ) STRICT`,
  `CREATE UNIQUE INDEX event_seq ON event (session, seq)`,
  `CREATE UNIQUE INDEX event_client ON event (session, client_id) WHERE client_id IS NOT NULL`,
  `CREATE TABLE intent (
     id TEXT PRIMARY KEY, session TEXT NOT NULL, kind TEXT NOT NULL, offer TEXT NOT NULL, status TEXT NOT NULL,
     total INTEGER NOT NULL, currency TEXT NOT NULL, jws TEXT, payload TEXT NOT NULL, lines TEXT NOT NULL
   ) STRICT`,
  `CREATE UNIQUE INDEX intent_offer ON intent (session, offer)`,
  `CREATE TABLE policy (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT`,
  `CREATE TABLE outbox (
     id TEXT PRIMARY KEY, topic TEXT NOT NULL, body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
     due_at TEXT, error TEXT
   ) STRICT`,
  `CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL`,
];

/** Questions put to a language model, each with the message event it was put for. */
export const callsSchema: readonly string[] = [
  `CREATE TABLE call (
     n INTEGER PRIMARY KEY, session TEXT NOT NULL, message INTEGER NOT NULL, json TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX call_session ON call (session, n)`,
];

/**
 * What is kept for one session and given out of budgets. A hold counts while `until` is later than the instant asked
 * for. `budget.spent` is at all times the sum of the account's charges; an order that falls through loses its own.
 */
export const holdingsSchema: readonly string[] = [
  `CREATE TABLE hold (
     session TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0), until TEXT NOT NULL,
     PRIMARY KEY (session, sku)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX hold_sku ON hold (sku)`,
  `CREATE INDEX hold_until ON hold (until)`,
  `CREATE TABLE budget (
     account TEXT PRIMARY KEY, spent INTEGER NOT NULL CHECK (spent >= 0)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE budget_hold (
     session TEXT NOT NULL, account TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), until TEXT NOT NULL,
     PRIMARY KEY (session, account)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX budget_hold_account ON budget_hold (account)`,
  `CREATE INDEX budget_hold_until ON budget_hold (until)`,
  `CREATE TABLE charge (
     intent TEXT NOT NULL, account TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
     PRIMARY KEY (intent, account)
   ) STRICT, WITHOUT ROWID`,
];

/** Orders without an answer, by the instant their intent's own text says they end at; the answered are in no index. */
export const expirySchema: readonly string[] = [
  "ALTER TABLE intent ADD COLUMN expires_at TEXT GENERATED ALWAYS AS (payload ->> '$.expires_at') VIRTUAL",
  "CREATE INDEX intent_unanswered ON intent (expires_at, id) WHERE status IN ('pending', 'approval_pending')",
];
