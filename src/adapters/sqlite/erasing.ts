import type { DatabaseSync } from "node:sqlite";
import { ERASED } from "../../domain/erased.ts";
import type { Erasure } from "../../ports/store.ts";

/** No SHA-256 of anything anybody knows. */
const NO_SECRET = "0".repeat(64);

/** How text goes. Whoever commits this MUST call `truncated` before it says so. */
export function erasing(db: DatabaseSync) {
  const sql = {
    known: db.prepare("SELECT erased_at, term FROM session WHERE id = ?"),
    session: db.prepare(
      "UPDATE session SET secret_hash = ?, principal = ?, erased_at = ?, term = term + 1 WHERE id = ?",
    ),
    events: db.prepare(
      "UPDATE event SET json = ?, client_id = NULL, staff = NULL, salt = NULL WHERE session = ?",
    ),
    intents: db.prepare("UPDATE intent SET jws = NULL, payload = ? WHERE session = ?"),
    intent: db.prepare("UPDATE intent SET payload = ? WHERE id = ? AND session = ?"),
    receipt: db.prepare("INSERT OR IGNORE INTO erasure (session, receipt) VALUES (?, ?)"),
    queue: db.prepare(
      "INSERT INTO outbox (id, sink, session, topic, body, due_at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    gone: ["call", "hold", "budget_hold", "outbox", "lease", "note", "hindsight", "lack"].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE session = ?`),
    ),
    old: db.prepare(
      `SELECT id FROM intent WHERE id > ? AND payload ->> '$.issued_at' < ?
         AND NOT EXISTS (SELECT 1 FROM session WHERE session.id = intent.session) ORDER BY id LIMIT ?`,
    ),
    record: db.prepare("DELETE FROM intent WHERE id = ?"),
    log: ["event", "session"].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE ${table === "session" ? "id" : "session"} = ?`),
    ),
  };

  return {
    erase: (what: Erasure): { events: number; intents: number } | "fenced" => {
      const { session, at, pseudonym, intents } = what;
      const known = sql.known.get(session);
      if (!known || known.erased_at !== null) return { events: 0, intents: 0 };
      if (known.term !== what.term) return "fenced";
      sql.session.run(NO_SECRET, pseudonym, at, session);
      const events = Number(sql.events.run(ERASED, session).changes);
      const orders = Number(sql.intents.run(ERASED, session).changes);
      for (const { id, payload } of intents) sql.intent.run(payload, id, session);
      for (const statement of sql.gone) statement.run(session);
      for (const { id, topic, body, sinks } of what.outbox)
        for (const sink of sinks) sql.queue.run(id, sink, session, topic, body, at);
      sql.receipt.run(session, what.receipt);
      return { events, intents: orders };
    },
    forget: (session: string): void => {
      // What an erasure left orders to say stands.
      if (sql.known.get(session)?.erased_at === null) sql.intents.run(ERASED, session);
      for (const statement of [...sql.gone, ...sql.log]) statement.run(session);
    },
    dropOrders: (instant: string, after: string | null, limit: number): string[] => {
      const old = sql.old.all(after ?? "", instant, limit).map(({ id }) => String(id));
      for (const id of old) sql.record.run(id);
      return old;
    },
  };
}

/**
 * Empties the write-ahead log: until then it holds what was overwritten (in the file itself `secure_delete` puts zeros).
 * Waits for readers; throws when one does not end in time.
 */
export function truncated(db: DatabaseSync): void {
  const truncate = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  for (const end = performance.now() + PATIENCE_MS; ; ) {
    if (truncate.get()?.busy === 0) return;
    if (performance.now() > end)
      throw new Error("the write-ahead log could not be emptied: it is being read");
    // Another thread is carrying the log over just now.
    Atomics.wait(NOBODY, 0, 0, 10);
  }
}

const PATIENCE_MS = 10_000;
const NOBODY = new Int32Array(new SharedArrayBuffer(4));
