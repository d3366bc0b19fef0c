import type { DatabaseSync } from "node:sqlite";
import type { Call } from "../../domain/question.ts";
import type { Chained, IntentRecord, Overdue, SessionRecord, TurnRecord, Walked } from "../../ports/store.ts";
import { usedBy } from "./holdings.ts";
import { queueIn } from "./queue.ts";
import { staffingIn } from "./staffing.ts";

/** Every query of the store, prepared once; rows leave as the port's own shapes. */
export function readsOf(db: DatabaseSync) {
  const session = db.prepare("SELECT id, secret_hash, principal, opened_at FROM session WHERE id = ?");
  const sessions = db.prepare(
    `SELECT id, secret_hash, principal, opened_at, (SELECT max(seq) FROM event WHERE session = session.id) AS last_seq
     FROM session ORDER BY opened_at DESC LIMIT ?`,
  );
  const sessionsOf = db.prepare(
    `SELECT id, secret_hash, principal, opened_at FROM session WHERE principal = ? AND id > ? ORDER BY id LIMIT ?`,
  );
  const chain = db.prepare(
    "SELECT seq, json, salt, digest, chain FROM event WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const head = db.prepare("SELECT seq, chain FROM event WHERE session = ? ORDER BY seq DESC LIMIT 1");
  const walk = db.prepare(
    `SELECT session.id, seq, chain, coalesce(json ->> '$.at', erased_at, opened_at) AS at
     FROM session JOIN event
       ON event.session = session.id AND seq = (SELECT max(seq) FROM event WHERE session = session.id)
     WHERE session.id > ? ORDER BY session.id LIMIT ?`,
  );
  const receipt = db.prepare("SELECT receipt FROM erasure WHERE session = ?");
  const last = db.prepare("SELECT max(seq) AS seq FROM event WHERE session = ?");
  const events = db.prepare("SELECT seq, json FROM event WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?");
  const turns = db.prepare("SELECT staff FROM event WHERE session = ? AND staff IS NOT NULL ORDER BY seq");
  const calls = db.prepare("SELECT message, json FROM call WHERE session = ? ORDER BY n");
  const intent = db.prepare(`${INTENT} WHERE id = ?`);
  const intentsOf = db.prepare(`${INTENT} WHERE session = ? ORDER BY id`);
  const awaiting = db.prepare(`${INTENT} WHERE status = 'approval_pending' AND id > ? ORDER BY id LIMIT ?`);
  const overdue = db.prepare(
    `SELECT id, expires_at FROM intent
     WHERE status IN ('pending', 'approval_pending') AND expires_at <= ? AND (expires_at, id) > (?, ?)
     ORDER BY expires_at, id LIMIT ?`,
  );
  // What was opened since cannot have ended before; the text of a log says when it ended.
  const ended = db.prepare(
    `SELECT id FROM session WHERE opened_at < :instant AND id > :after
       AND coalesce((SELECT json ->> '$.at' FROM event WHERE session = session.id ORDER BY seq DESC LIMIT 1), opened_at)
         < :instant
       AND NOT EXISTS (
         SELECT 1 FROM intent WHERE session = session.id AND status IN ('pending', 'approval_pending'))
     ORDER BY id LIMIT :limit`,
  );
  const revocations = db.prepare("SELECT principal, at FROM revocation ORDER BY principal");
  const epoch = db.prepare("SELECT value FROM meta WHERE key = 'epoch'");

  const counted = db.prepare("SELECT value FROM meta WHERE key = 'claims'");
  const claims = db.prepare("SELECT id, term FROM session WHERE claimed > ?");
  const policy = db.prepare("SELECT text FROM policy WHERE digest = ?");

  return {
    epoch: () => String(epoch.get()?.value),
    session: (id: string) => (session.get(id) as unknown as SessionRecord | undefined) ?? null,
    sessions: (limit: number) =>
      sessions.all(limit) as unknown as readonly (SessionRecord & { readonly last_seq: number })[],
    events: (id: string, after: number, limit: number) =>
      events.all(id, after, limit) as unknown as readonly { seq: number; json: string }[],
    sessionsOf: (principal: string, after: string | null, limit: number) =>
      sessionsOf.all(principal, after ?? "", limit) as unknown as readonly SessionRecord[],
    chain: (id: string, after: number, limit: number) =>
      chain.all(id, after, limit) as unknown as readonly Chained[],
    walk: (after: string | null, limit: number) =>
      walk.all(after ?? "", limit) as unknown as readonly Walked[],
    receipt: (id: string) => (receipt.get(id)?.receipt as string | undefined) ?? null,
    head: (id: string) =>
      (head.get(id) as unknown as { readonly seq: number; readonly chain: string | null } | undefined) ??
      null,
    heads: (ids: readonly string[]): Record<string, number> =>
      Object.fromEntries(
        ids.flatMap((id) => {
          const seq = last.get(id)?.seq ?? null;
          return seq === null ? [] : [[id, Number(seq)]];
        }),
      ),
    claims: (since: string | null) => {
      // Read first: what comes between the two is named again.
      const next = String(counted.get()?.value);
      const rows = since === null ? [] : claims.all(Number(since));
      return { claimed: rows.map(({ id, term }) => [String(id), Number(term)] as const), next };
    },
    turns: (id: string) => turns.all(id).map((row) => JSON.parse(String(row.staff)) as TurnRecord),
    calls: (id: string) =>
      calls.all(id).map((row) => ({
        message: Number(row.message),
        call: JSON.parse(String(row.json)) as Call,
      })),
    intent: (id: string): IntentRecord | null => {
      const row = intent.get(id);
      return row ? record(row) : null;
    },
    intentsOf: (id: string) => intentsOf.all(id).map(record),
    awaiting: (after: string | null, limit: number) => awaiting.all(after ?? "", limit).map(record),
    overdue: (now: string, after: Overdue | null, limit: number) =>
      overdue.all(now, after?.expires_at ?? "", after?.id ?? "", limit) as unknown as readonly Overdue[],
    used: usedBy(db),
    policy: (digest: string) => (policy.get(digest)?.text as string | undefined) ?? null,
    ...queueIn(db),
    ...staffingIn(db),
    revocations: () =>
      revocations.all() as unknown as readonly { readonly principal: string; readonly at: string }[],
    endedBefore: (instant: string, after: string | null, limit: number) =>
      ended.all({ instant, after: after ?? "", limit }).map(({ id }) => String(id)),
  };
}

const INTENT =
  "SELECT id, session, kind, offer, status, total, currency, jws, payload, lines, decided_by FROM intent";

function record({ decided_by, ...row }: Record<string, unknown>): IntentRecord {
  const decided = decided_by === null ? {} : { decided_by };
  return { ...row, ...decided, lines: JSON.parse(String(row.lines)) } as unknown as IntentRecord;
}
