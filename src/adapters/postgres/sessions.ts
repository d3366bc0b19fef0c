/** What proves that a session was erased; stays when the session goes. */
export const receiptsSchema = `
  CREATE TABLE erasure (session text COLLATE "C" PRIMARY KEY, receipt text NOT NULL);
`;

/**
 * Sessions, their logs, orders and the outbox, table for table what `adapters/sqlite/sessions.ts` has. Texts that others
 * choose are kept as `written()` makes them. A session's row knows its last event, so that one row is all a writer has to
 * lock, and whoever raises `term` waits for it. Rows up to a page stay where they are, uncompressed: turns are written far
 * more often than read.
 */
export const sessionsSchema = `
  CREATE TABLE meta (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);
  INSERT INTO meta VALUES ('epoch', substr(replace(gen_random_uuid()::text, '-', ''), 1, 16));

  CREATE TABLE session (
    id text COLLATE "C" PRIMARY KEY, secret_hash text NOT NULL, principal text COLLATE "C" NOT NULL,
    opened_at text COLLATE "C" NOT NULL, term integer NOT NULL DEFAULT 1, seq integer NOT NULL,
    last_at text COLLATE "C" NOT NULL, erased_at text
  ) WITH (fillfactor = 70);
  CREATE INDEX session_opened ON session (opened_at);
  CREATE INDEX session_principal ON session (principal, id);

  CREATE TABLE event (
    session text COLLATE "C" NOT NULL, seq integer NOT NULL, json text NOT NULL, client_id text COLLATE "C",
    staff text, salt text, digest text NOT NULL, chain text NOT NULL, PRIMARY KEY (session, seq)
  ) WITH (toast_tuple_target = 8160);
  CREATE UNIQUE INDEX event_client ON event (session, client_id) WHERE client_id IS NOT NULL;

  CREATE TABLE call (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, session text COLLATE "C" NOT NULL, message integer NOT NULL,
    json text NOT NULL
  );
  CREATE INDEX call_session ON call (session, n);

  CREATE TABLE intent (
    id text COLLATE "C" PRIMARY KEY, session text COLLATE "C" NOT NULL, kind text NOT NULL, offer text COLLATE "C" NOT NULL,
    status text NOT NULL, total bigint NOT NULL, currency text NOT NULL, jws text, payload text NOT NULL,
    lines text NOT NULL, expires_at text COLLATE "C", decided_by text
  );
  CREATE UNIQUE INDEX intent_offer ON intent (session, offer);
  CREATE INDEX intent_unanswered ON intent (expires_at, id) WHERE status IN ('pending', 'approval_pending');
  CREATE INDEX intent_awaiting ON intent (id) WHERE status = 'approval_pending';

  CREATE TABLE policy (digest text COLLATE "C" PRIMARY KEY, text text NOT NULL);

  CREATE TABLE outbox (
    id text COLLATE "C" NOT NULL, sink text COLLATE "C" NOT NULL, session text COLLATE "C", topic text NOT NULL,
    body text NOT NULL, attempts integer NOT NULL DEFAULT 0, due_at text COLLATE "C", error text,
    PRIMARY KEY (id, sink)
  );
  CREATE INDEX outbox_due ON outbox (sink, due_at, id) WHERE due_at IS NOT NULL;
  CREATE INDEX outbox_dead ON outbox (id, sink) WHERE due_at IS NULL;
  CREATE INDEX outbox_session ON outbox (session);
  CREATE TABLE sink_disabled (sink text COLLATE "C" PRIMARY KEY, at text NOT NULL, why text NOT NULL);

  CREATE INDEX hold_until ON hold (until);
  CREATE TABLE budget (account text COLLATE "C" PRIMARY KEY, spent bigint NOT NULL CHECK (spent >= 0));
  CREATE TABLE budget_hold (
    session text COLLATE "C" NOT NULL, account text COLLATE "C" NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
    until text COLLATE "C" NOT NULL, PRIMARY KEY (session, account)
  );
  CREATE INDEX budget_hold_account ON budget_hold (account);
  CREATE INDEX budget_hold_until ON budget_hold (until);
  CREATE TABLE charge (
    intent text COLLATE "C" NOT NULL, account text COLLATE "C" NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
    PRIMARY KEY (intent, account)
  );

  CREATE TABLE nonce (nonce text COLLATE "C" PRIMARY KEY, until text COLLATE "C" NOT NULL);
  CREATE INDEX nonce_until ON nonce (until);
  CREATE TABLE revocation (principal text COLLATE "C" PRIMARY KEY, at text NOT NULL);
`;

/**
 * Which transaction claimed a session last. Transactions become visible in another order than they are numbered in, so that
 * whoever asks for claims asks from the oldest one on that was still open the last time.
 */
export const claimsSchema = `
  ALTER TABLE session ADD COLUMN claimed xid8;
  CREATE INDEX session_claimed ON session (claimed) WHERE claimed IS NOT NULL;
`;

/** Who of staff holds which session, what they told the agent, and who watches. */
export const staffingSchema = `
  CREATE INDEX session_latest ON session (last_at, id) WHERE erased_at IS NULL;
  CREATE TABLE lease (
    session text COLLATE "C" PRIMARY KEY, seq integer NOT NULL, operator text NOT NULL, until text COLLATE "C" NOT NULL
  );
  CREATE INDEX lease_until ON lease (until);
  CREATE TABLE note (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, session text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
    json text NOT NULL, UNIQUE (session, id)
  );
  CREATE TABLE attendance (name text COLLATE "C" PRIMARY KEY, until text COLLATE "C" NOT NULL);
`;

/** What sessions came to, the questions that lacked an answer, and what staff made of those. */
export const hindsightSchema = `
  CREATE TABLE hindsight (
    session text COLLATE "C" PRIMARY KEY, version integer NOT NULL, seq integer NOT NULL,
    opened_at text COLLATE "C" NOT NULL, figures text NOT NULL
  );
  CREATE INDEX hindsight_opened ON hindsight (opened_at, session);
  CREATE TABLE lack (
    session text COLLATE "C" NOT NULL, seq integer NOT NULL, n integer NOT NULL, gap text COLLATE "C" NOT NULL,
    at text COLLATE "C" NOT NULL, sku text COLLATE "C", lang text NOT NULL, why text NOT NULL, value bigint,
    currency text NOT NULL, text text NOT NULL, PRIMARY KEY (session, seq, n)
  );
  CREATE INDEX lack_gap ON lack (gap, at);
  CREATE INDEX lack_sku ON lack (sku, gap);
  CREATE TABLE gap (id text COLLATE "C" PRIMARY KEY, revision integer NOT NULL, body text NOT NULL);
`;
