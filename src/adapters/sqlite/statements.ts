import type { DatabaseSync } from "node:sqlite";
import type { IntentRecord, OutboxItem, SessionRecord, TurnRecord } from "../../ports/store.ts";

export type Statements = ReturnType<typeof statementsOf>;

/** Every SQL statement of the store, prepared once; rows leave as the port's own shapes. */
export function statementsOf(db: DatabaseSync) {
  const last = db.prepare("SELECT max(seq) AS seq FROM event WHERE session = ?");
  const session = db.prepare("SELECT id, secret_hash, principal, opened_at FROM session WHERE id = ?");
  const sessions = db.prepare(
    `SELECT id, secret_hash, principal, opened_at, (SELECT max(seq) FROM event WHERE session = session.id) AS last_seq
     FROM session ORDER BY opened_at DESC LIMIT ?`,
  );
  const events = db.prepare("SELECT seq, json FROM event WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?");
  const message = db.prepare("SELECT seq FROM event WHERE session = ? AND client_id = ?");
  const turns = db.prepare("SELECT staff FROM event WHERE session = ? AND staff IS NOT NULL ORDER BY seq");
  const intent = db.prepare("SELECT * FROM intent WHERE id = ?");
  const due = db.prepare(
    "SELECT id, topic, body, attempts, due_at FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT ?",
  );
  const epoch = db.prepare("SELECT value FROM meta WHERE key = 'epoch'");

  const policy = db.prepare("SELECT text FROM policy WHERE digest = ?");

  return {
    insertSession: db.prepare(
      "INSERT INTO session (id, secret_hash, principal, opened_at) VALUES (?, ?, ?, ?)",
    ),
    insertEvent: db.prepare(
      "INSERT INTO event (session, seq, json, client_id, staff) VALUES (?, ?, ?, ?, ?)",
    ),
    take: db.prepare("UPDATE stock SET on_hand = on_hand - ? WHERE sku = ? AND on_hand >= ?"),
    giveBack: db.prepare("UPDATE stock SET on_hand = on_hand + ? WHERE sku = ?"),
    insertIntent: db.prepare(
      `INSERT INTO intent (id, session, kind, offer, status, total, currency, jws, payload, lines)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    moveIntent: db.prepare(
      `UPDATE intent SET status = ?, jws = coalesce(?, jws), payload = coalesce(?, payload) WHERE id = ? AND status = ?`,
    ),
    insertOutbox: db.prepare("INSERT OR IGNORE INTO outbox (id, topic, body, due_at) VALUES (?, ?, ?, ?)"),
    deleteOutbox: db.prepare("DELETE FROM outbox WHERE id = ?"),
    failOutbox: db.prepare("UPDATE outbox SET attempts = attempts + 1, due_at = ?, error = ? WHERE id = ?"),
    insertPolicy: db.prepare("INSERT OR IGNORE INTO policy (digest, text) VALUES (?, ?)"),
    touch: db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('ping', datetime())"),

    epoch: () => String(epoch.get()?.value),
    last: (id: string) => Number(last.get(id)?.seq ?? 0),
    session: (id: string) => (session.get(id) as unknown as SessionRecord | undefined) ?? null,
    sessions: (limit: number) =>
      sessions.all(limit) as unknown as readonly (SessionRecord & { readonly last_seq: number })[],
    events: (id: string, after: number, limit: number) =>
      events.all(id, after, limit) as unknown as readonly { seq: number; json: string }[],
    message: (id: string, client: string) => (message.get(id, client)?.seq as number | undefined) ?? null,
    turns: (id: string) => turns.all(id).map((row) => JSON.parse(String(row.staff)) as TurnRecord),
    intent: (id: string): IntentRecord | null => {
      const row = intent.get(id);
      if (!row) return null;
      return { ...row, lines: JSON.parse(String(row.lines)) } as unknown as IntentRecord;
    },
    policy: (digest: string) => (policy.get(digest)?.text as string | undefined) ?? null,
    due: (now: string, limit: number) => due.all(now, limit) as unknown as readonly OutboxItem[],
  };
}
