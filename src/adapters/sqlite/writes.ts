import type { DatabaseSync } from "node:sqlite";
import type { Appended, Commit, IntentRecord, OutboxItem, SessionRecord, Units } from "../../ports/store.ts";
import { holdings } from "./holdings.ts";

/** A commit as it travels to the writing thread: its texts are made already. */
export interface AppendWrite {
  readonly kind: "append";
  readonly session: string;
  readonly after: number;
  readonly at: string;
  readonly events: readonly {
    readonly seq: number;
    readonly json: string;
    readonly client: string | null;
    readonly staff: string | null;
  }[];
  readonly take: readonly Units[];
  readonly spend: NonNullable<Commit["spend"]> | null;
  readonly hold: Commit["hold"];
  readonly intents: readonly IntentRecord[];
  readonly statuses: NonNullable<Commit["statuses"]>;
  readonly outbox: readonly Omit<OutboxItem, "attempts" | "due_at">[];
  readonly calls: readonly { readonly message: number; readonly json: string }[];
}

/** Everything the store can be asked to write. */
export type Write =
  | AppendWrite
  | { readonly kind: "open"; readonly session: SessionRecord; readonly seq: number; readonly json: string }
  | { readonly kind: "delivered"; readonly id: string }
  | { readonly kind: "failed"; readonly id: string; readonly due_at: string | null; readonly error: string }
  | { readonly kind: "policy"; readonly digest: string; readonly text: string }
  | { readonly kind: "touch" };

/** What became of one write of a group. */
export type Outcome = { readonly done: Appended } | { readonly error: unknown };

/**
 * Writes a group in one transaction and so one fsync (the handle runs synchronous=FULL), each write behind a savepoint
 * of its own. Throws when the transaction itself fails: then none of the group is on disk.
 */
export function writer(db: DatabaseSync): (group: readonly Write[]) => Outcome[] {
  const perform = performer(db);
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const save = db.prepare("SAVEPOINT one");
  const release = db.prepare("RELEASE one");
  const undo = db.prepare("ROLLBACK TO one");

  const one = (write: Write): Outcome => {
    save.run();
    try {
      const done = perform(write);
      if (done !== "appended") undo.run();
      release.run();
      return { done };
    } catch (error) {
      undo.run();
      release.run();
      return { error };
    }
  };

  return (group) => {
    begin.run();
    try {
      const outcomes = group.map(one);
      commit.run();
      return outcomes;
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  };
}

function performer(db: DatabaseSync): (write: Write) => Appended {
  const held = holdings(db);
  const sql = {
    session: db.prepare("INSERT INTO session (id, secret_hash, principal, opened_at) VALUES (?, ?, ?, ?)"),
    event: db.prepare("INSERT INTO event (session, seq, json, client_id, staff) VALUES (?, ?, ?, ?, ?)"),
    call: db.prepare("INSERT INTO call (session, message, json) VALUES (?, ?, ?)"),
    last: db.prepare("SELECT max(seq) AS seq FROM event WHERE session = ?"),
    intent: db.prepare(
      `INSERT INTO intent (id, session, kind, offer, status, total, currency, jws, payload, lines)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    lines: db.prepare("SELECT lines FROM intent WHERE id = ?"),
    move: db.prepare(
      "UPDATE intent SET status = ?, jws = coalesce(?, jws), payload = coalesce(?, payload) WHERE id = ? AND status = ?",
    ),
    queue: db.prepare("INSERT OR IGNORE INTO outbox (id, topic, body, due_at) VALUES (?, ?, ?, ?)"),
    delivered: db.prepare("DELETE FROM outbox WHERE id = ?"),
    failed: db.prepare("UPDATE outbox SET attempts = attempts + 1, due_at = ?, error = ? WHERE id = ?"),
    policy: db.prepare("INSERT OR IGNORE INTO policy (digest, text) VALUES (?, ?)"),
    touch: db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('ping', datetime())"),
  };

  const append = (write: AppendWrite): Appended => {
    if (Number(sql.last.get(write.session)?.seq ?? 0) !== write.after) return "stale";
    for (const { seq, json, client, staff } of write.events)
      sql.event.run(write.session, seq, json, client, staff);
    for (const { message, json } of write.calls) sql.call.run(write.session, message, json);
    const viewer = { session: write.session, now: write.at };
    for (const units of write.take) if (!held.take(units, viewer)) return { short: units.sku };
    for (const charge of write.spend?.charges ?? []) {
      if (!held.spend(write.spend?.intent ?? "", charge, viewer)) return { spent: charge.account };
    }
    if (write.hold !== undefined) held.hold(write.hold, viewer);
    for (const { id, session, kind, offer, status, total, currency, jws, payload, lines } of write.intents) {
      sql.intent.run(id, session, kind, offer, status, total, currency, jws, payload, JSON.stringify(lines));
    }
    for (const { intent, from, to, gives_back, jws, payload } of write.statuses) {
      if (sql.move.run(to, jws ?? null, payload ?? null, intent, from).changes === 0) return "status";
      if (!gives_back) continue;
      const lines = JSON.parse(String(sql.lines.get(intent)?.lines)) as IntentRecord["lines"];
      held.giveBack(intent, lines);
    }
    for (const { id, topic, body } of write.outbox) sql.queue.run(id, topic, body, write.at);
    return "appended";
  };

  return (write) => {
    switch (write.kind) {
      case "append":
        return append(write);
      case "open": {
        const { id, secret_hash, principal, opened_at } = write.session;
        sql.session.run(id, secret_hash, principal, opened_at);
        sql.event.run(id, write.seq, write.json, null, null);
        return "appended";
      }
      case "delivered":
        sql.delivered.run(write.id);
        return "appended";
      case "failed":
        sql.failed.run(write.due_at, write.error, write.id);
        return "appended";
      case "policy":
        sql.policy.run(write.digest, write.text);
        return "appended";
      case "touch":
        sql.touch.run();
        return "appended";
    }
  };
}
