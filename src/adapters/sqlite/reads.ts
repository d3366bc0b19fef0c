import type { DatabaseSync } from "node:sqlite";
import type { Call } from "../../domain/question.ts";
import type { IntentRecord, OutboxItem, Overdue, SessionRecord, TurnRecord } from "../../ports/store.ts";
import { usedBy } from "./holdings.ts";

/** Every query of the store, prepared once; rows leave as the port's own shapes. */
export function readsOf(db: DatabaseSync) {
  const session = db.prepare("SELECT id, secret_hash, principal, opened_at FROM session WHERE id = ?");
  const sessions = db.prepare(
    `SELECT id, secret_hash, principal, opened_at, (SELECT max(seq) FROM event WHERE session = session.id) AS last_seq
     FROM session ORDER BY opened_at DESC LIMIT ?`,
  );
  const events = db.prepare("SELECT seq, json FROM event WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?");
  const turns = db.prepare("SELECT staff FROM event WHERE session = ? AND staff IS NOT NULL ORDER BY seq");
  const calls = db.prepare("SELECT message, json FROM call WHERE session = ? ORDER BY n");
  const intent = db.prepare(
    "SELECT id, session, kind, offer, status, total, currency, jws, payload, lines FROM intent WHERE id = ?",
  );
  const overdue = db.prepare(
    `SELECT id, expires_at FROM intent
     WHERE status IN ('pending', 'approval_pending') AND expires_at <= ? AND (expires_at, id) > (?, ?)
     ORDER BY expires_at, id LIMIT ?`,
  );
  const due = db.prepare(
    "SELECT id, topic, body, attempts, due_at FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT ?",
  );
  const epoch = db.prepare("SELECT value FROM meta WHERE key = 'epoch'");

  const policy = db.prepare("SELECT text FROM policy WHERE digest = ?");

  return {
    epoch: () => String(epoch.get()?.value),
    session: (id: string) => (session.get(id) as unknown as SessionRecord | undefined) ?? null,
    sessions: (limit: number) =>
      sessions.all(limit) as unknown as readonly (SessionRecord & { readonly last_seq: number })[],
    events: (id: string, after: number, limit: number) =>
      events.all(id, after, limit) as unknown as readonly { seq: number; json: string }[],
    turns: (id: string) => turns.all(id).map((row) => JSON.parse(String(row.staff)) as TurnRecord),
    calls: (id: string) =>
      calls.all(id).map((row) => ({
        message: Number(row.message),
        call: JSON.parse(String(row.json)) as Call,
      })),
    intent: (id: string): IntentRecord | null => {
      const row = intent.get(id);
      if (!row) return null;
      return { ...row, lines: JSON.parse(String(row.lines)) } as unknown as IntentRecord;
    },
    overdue: (now: string, after: Overdue | null, limit: number) =>
      overdue.all(now, after?.expires_at ?? "", after?.id ?? "", limit) as unknown as readonly Overdue[],
    used: usedBy(db),
    policy: (digest: string) => (policy.get(digest)?.text as string | undefined) ?? null,
    due: (now: string, limit: number) => due.all(now, limit) as unknown as readonly OutboxItem[],
  };
}
