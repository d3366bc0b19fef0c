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

/** What proves that a session was erased; stays when the session goes. */
export const receiptsSchema: readonly string[] = [
  "CREATE TABLE erasure (session TEXT PRIMARY KEY, receipt TEXT NOT NULL) STRICT, WITHOUT ROWID",
];

/** Writers' fences, chained logs, what nodes share about who may come in, and what it takes to erase. */
export const nodesSchema: readonly string[] = [
  "ALTER TABLE session ADD COLUMN term INTEGER NOT NULL DEFAULT 1",
  "ALTER TABLE session ADD COLUMN erased_at TEXT",
  "CREATE INDEX session_principal ON session (principal, id)",
  // Null in what was stored before; `salt` is null in what was erased, too.
  "ALTER TABLE event ADD COLUMN salt TEXT",
  "ALTER TABLE event ADD COLUMN digest TEXT",
  "ALTER TABLE event ADD COLUMN chain TEXT",
  "CREATE INDEX intent_awaiting ON intent (id) WHERE status = 'approval_pending'",
  "ALTER TABLE outbox ADD COLUMN session TEXT",
  `UPDATE outbox SET session = (SELECT session FROM intent WHERE id IN (outbox.id, replace(outbox.id, '.expired', '')))`,
  "CREATE INDEX outbox_session ON outbox (session)",
  "CREATE INDEX outbox_dead ON outbox (id) WHERE due_at IS NULL",
  "CREATE TABLE nonce (nonce TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE INDEX nonce_until ON nonce (until)",
  "CREATE TABLE revocation (principal TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID",
];

/** An item for each place that orders go to, places that want nothing more, and who approved an order. */
export const sinksSchema: readonly string[] = [
  "ALTER TABLE outbox RENAME TO outbox_of_one",
  `CREATE TABLE outbox (
     id TEXT NOT NULL, sink TEXT NOT NULL, topic TEXT NOT NULL, body TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0, due_at TEXT, error TEXT, session TEXT, PRIMARY KEY (id, sink)
   ) STRICT`,
  `INSERT INTO outbox (id, sink, topic, body, attempts, due_at, error, session)
     SELECT id, 'receiver', topic, body, attempts, due_at, error, session FROM outbox_of_one`,
  "DROP TABLE outbox_of_one",
  "CREATE INDEX outbox_due ON outbox (sink, due_at) WHERE due_at IS NOT NULL",
  "CREATE INDEX outbox_dead ON outbox (id, sink) WHERE due_at IS NULL",
  "CREATE INDEX outbox_session ON outbox (session)",
  "CREATE TABLE sink_disabled (sink TEXT PRIMARY KEY, at TEXT NOT NULL, why TEXT NOT NULL) STRICT, WITHOUT ROWID",
  "ALTER TABLE intent ADD COLUMN decided_by TEXT",
];

/** Claims are numbered through all sessions, so that whoever has seen some can ask for the rest. */
export const claimsSchema: readonly string[] = [
  "ALTER TABLE session ADD COLUMN claimed INTEGER",
  "CREATE INDEX session_claimed ON session (claimed) WHERE claimed IS NOT NULL",
  "INSERT INTO meta (key, value) VALUES ('claims', '0')",
];

/** What sessions came to, the questions that lacked an answer, and what staff made of those. */
export const hindsightSchema: readonly string[] = [
  `CREATE TABLE hindsight (
     session TEXT PRIMARY KEY, version INTEGER NOT NULL, seq INTEGER NOT NULL, opened_at TEXT NOT NULL,
     figures TEXT NOT NULL
   ) STRICT`,
  "CREATE INDEX hindsight_opened ON hindsight (opened_at, session)",
  `CREATE TABLE lack (
     session TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, gap TEXT NOT NULL, at TEXT NOT NULL, sku TEXT,
     lang TEXT NOT NULL, why TEXT NOT NULL, value INTEGER, currency TEXT NOT NULL, text TEXT NOT NULL,
     PRIMARY KEY (session, seq, n)
   ) STRICT`,
  "CREATE INDEX lack_gap ON lack (gap, at)",
  "CREATE INDEX lack_sku ON lack (sku, gap)",
  "CREATE TABLE gap (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL) STRICT",
];
