import type { DatabaseSync } from "node:sqlite";
import type { DeadLetter, OutboxItem, SinkState } from "../../ports/deliveries.ts";

/** What is to be delivered, write side. */
export function queueing(db: DatabaseSync) {
  const due = db.prepare(
    `SELECT id, sink, topic, body, attempts, due_at FROM outbox
     WHERE sink = :sink AND due_at <= :now AND NOT EXISTS (SELECT 1 FROM sink_disabled WHERE sink = :sink)
     ORDER BY due_at, id LIMIT :limit`,
  );
  const hide = db.prepare("UPDATE outbox SET due_at = ? WHERE id = ? AND sink = ?");
  const delivered = db.prepare("DELETE FROM outbox WHERE id = ? AND sink = ?");
  const failed = db.prepare(
    "UPDATE outbox SET attempts = attempts + 1, due_at = ?, error = ? WHERE id = ? AND sink = ?",
  );
  const revive = db.prepare(
    "UPDATE outbox SET attempts = 0, due_at = ?, error = NULL WHERE due_at IS NULL AND id = ?",
  );
  const reviveAll = db.prepare(
    "UPDATE outbox SET attempts = 0, due_at = ?, error = NULL WHERE due_at IS NULL",
  );
  const disable = db.prepare("INSERT OR IGNORE INTO sink_disabled (sink, at, why) VALUES (?, ?, ?)");
  const enable = db.prepare("DELETE FROM sink_disabled WHERE sink = ?");

  return {
    lease: (sink: string, now: string, limit: number, until: string): readonly OutboxItem[] => {
      const items = due.all({ sink, now, limit }) as unknown as OutboxItem[];
      for (const { id } of items) hide.run(until, id, sink);
      return items;
    },
    delivered: (id: string, sink: string): void => void delivered.run(id, sink),
    failed: (id: string, sink: string, due_at: string | null, error: string): void =>
      void failed.run(due_at, error.slice(0, 400), id, sink),
    revive: (ids: readonly string[] | null, now: string): number =>
      ids === null
        ? Number(reviveAll.run(now).changes)
        : ids.reduce((sum, id) => sum + Number(revive.run(now, id).changes), 0),
    disable: (sink: string, at: string, why: string): void => void disable.run(sink, at, why.slice(0, 400)),
    enable: (sink: string): void => void enable.run(sink),
  };
}

/** How the queue stands, read side. */
export function queueIn(db: DatabaseSync) {
  const dead = db.prepare(
    `SELECT id, sink, topic, body, attempts, coalesce(due_at, '') AS due_at, coalesce(error, '') AS error FROM outbox
     WHERE due_at IS NULL AND (id, sink) > (?, ?) ORDER BY id, sink LIMIT ?`,
  );
  const sinks = db.prepare(
    `SELECT sink, count(due_at) AS waiting, count(*) - count(due_at) AS dead, min(due_at) AS earliest FROM outbox
     GROUP BY sink`,
  );
  const disabled = db.prepare("SELECT sink, at, why FROM sink_disabled");
  return {
    dead: (after: Pick<OutboxItem, "id" | "sink"> | null, limit: number) =>
      dead.all(after?.id ?? "", after?.sink ?? "", limit) as unknown as readonly DeadLetter[],
    sinks: (): SinkState[] => {
      const none = { waiting: 0, dead: 0, earliest: null };
      const states = new Map<string, SinkState>();
      for (const row of sinks.all() as unknown as Omit<SinkState, "disabled">[])
        states.set(row.sink, { ...row, disabled: null });
      for (const { sink, at, why } of disabled.all() as unknown as {
        sink: string;
        at: string;
        why: string;
      }[])
        states.set(sink, { ...none, ...states.get(sink), sink, disabled: { at, why } });
      return [...states.values()].sort((a, b) => (a.sink < b.sink ? -1 : 1));
    },
  };
}
