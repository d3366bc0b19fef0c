import type { DatabaseSync } from "node:sqlite";
import type { Appended, Commit, IntentRecord, Logged, SessionRecord, Units } from "../../ports/store.ts";
import { holdings } from "./holdings.ts";
import type { staffing } from "./staffing.ts";

/** A commit as it travels to the writing thread: its texts are made already. */
export interface AppendWrite {
  readonly session: string;
  readonly term: number;
  readonly after: number;
  readonly at: string;
  readonly events: readonly (Omit<Logged, "event"> & {
    readonly client: string | null;
    readonly staff: string | null;
  })[];
  readonly take: readonly Units[];
  readonly spend: NonNullable<Commit["spend"]> | null;
  readonly hold: Commit["hold"];
  readonly intents: readonly IntentRecord[];
  readonly statuses: NonNullable<Commit["statuses"]>;
  readonly outbox: NonNullable<Commit["outbox"]>;
  readonly calls: readonly { readonly message: number; readonly json: string }[];
  readonly lease: Commit["lease"];
}

export function appendOf({ events, message, turn, calls, ...commit }: Commit): AppendWrite {
  const { session, term, after, at } = commit;
  return {
    ...{ session, term, after, at },
    events: events.map(({ event: _, ...logged }) => ({
      ...logged,
      client: message?.seq === logged.seq ? message.id : null,
      staff: turn?.reply === logged.seq ? JSON.stringify(turn) : null,
    })),
    take: commit.take ?? [],
    spend: commit.spend ?? null,
    hold: commit.hold,
    lease: commit.lease,
    intents: commit.intents ?? [],
    statuses: commit.statuses ?? [],
    outbox: commit.outbox ?? [],
    calls: (calls?.calls ?? []).map((call) => ({
      message: calls?.message ?? 0,
      json: JSON.stringify(call),
    })),
  };
}

/** How logs grow. MUST run in the writer's transaction, and what was done be undone where the outcome is a refusal. */
export function appending(db: DatabaseSync, { moved }: Pick<ReturnType<typeof staffing>, "moved">) {
  const held = holdings(db);
  const sql = {
    open: db.prepare(
      "INSERT OR IGNORE INTO session (id, secret_hash, principal, opened_at, last_at) VALUES (?, ?, ?, ?, ?)",
    ),
    count: db.prepare("UPDATE meta SET value = value + 1 WHERE key = 'claims'"),
    claim: db.prepare(
      `UPDATE session SET term = term + 1, claimed = (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'claims')
       WHERE id = ? RETURNING term`,
    ),
    event: db.prepare(
      "INSERT INTO event (session, seq, json, client_id, staff, salt, digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    call: db.prepare("INSERT INTO call (session, message, json) VALUES (?, ?, ?)"),
    head: db.prepare(
      "SELECT term, (SELECT max(seq) FROM event WHERE session = session.id) AS seq FROM session WHERE id = ?",
    ),
    intent: db.prepare(
      `INSERT INTO intent (id, session, kind, offer, status, total, currency, jws, payload, lines)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    lines: db.prepare("SELECT lines FROM intent WHERE id = ?"),
    move: db.prepare(
      `UPDATE intent SET status = ?, jws = coalesce(?, jws), payload = coalesce(?, payload),
         decided_by = coalesce(?, decided_by)
       WHERE id = ? AND status = ?`,
    ),
    queue: db.prepare(
      "INSERT OR IGNORE INTO outbox (id, sink, topic, body, due_at, session) VALUES (?, ?, ?, ?, ?, ?)",
    ),
  };

  const log = (
    session: string,
    { seq, json, client, staff, salt, digest, chain }: AppendWrite["events"][number],
  ) => sql.event.run(session, seq, json, client, staff, salt, digest, chain);

  return {
    open: (
      { id, secret_hash, principal, opened_at }: SessionRecord,
      opened: AppendWrite["events"][number],
    ) => {
      if (sql.open.run(id, secret_hash, principal, opened_at, opened_at).changes === 0) return false;
      log(id, opened);
      return true;
    },
    claim: (session: string) => {
      sql.count.run();
      return (sql.claim.get(session)?.term ?? null) as number | null;
    },
    append: (write: AppendWrite): Appended => {
      const { session, at } = write;
      const head = sql.head.get(session);
      if (head?.term !== write.term) return "fenced";
      if (head.seq !== write.after) return "stale";
      for (const event of write.events) log(session, event);
      moved(session, at, write.lease);
      for (const { message, json } of write.calls) sql.call.run(session, message, json);
      const viewer = { session, now: at };
      for (const units of write.take) if (!held.take(units, viewer)) return { short: units.sku };
      for (const charge of write.spend?.charges ?? []) {
        if (!held.spend(write.spend?.intent ?? "", charge, viewer)) return { spent: charge.account };
      }
      if (write.hold !== undefined) held.hold(write.hold, viewer);
      for (const { id, kind, offer, status, total, currency, jws, payload, lines, ...of } of write.intents) {
        const record = [id, of.session, kind, offer, status, total, currency, jws, payload] as const;
        sql.intent.run(...record, JSON.stringify(lines));
      }
      for (const { intent, from, to, gives_back, jws, payload, decided_by } of write.statuses) {
        const set = [to, jws ?? null, payload ?? null, decided_by ?? null] as const;
        if (sql.move.run(...set, intent, from).changes === 0) return "status";
        if (!gives_back) continue;
        const lines = JSON.parse(String(sql.lines.get(intent)?.lines)) as IntentRecord["lines"];
        held.giveBack(intent, lines);
      }
      for (const { id, topic, body, sinks } of write.outbox)
        for (const sink of sinks) sql.queue.run(id, sink, topic, body, at, session);
      return "appended";
    },
  };
}
