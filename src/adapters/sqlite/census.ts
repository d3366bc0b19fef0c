import type { DatabaseSync } from "node:sqlite";
import type { Census, Counts } from "../../ports/census.ts";

/** Each count goes along an index of the open alone; what is delivered leaves the outbox. */
export function sqliteCensus(db: DatabaseSync): Census {
  const orders = db.prepare(
    `SELECT count(*) AS count, min(expires_at) AS expires_at FROM intent
     WHERE status IN ('pending', 'approval_pending') AND status = ?`,
  );
  const holds = db.prepare("SELECT count(*) AS count FROM hold WHERE until > ?");
  const outbox = db.prepare(
    `SELECT count(*) FILTER (WHERE due_at <= $now) AS due, count(*) FILTER (WHERE due_at > $now) AS later,
       count(*) FILTER (WHERE due_at IS NULL) AS dead, min(due_at) AS oldest FROM outbox`,
  );
  const standing = (status: string) => orders.get(status) as unknown as Counts["pending"];
  return {
    count: async (now) => ({
      pending: standing("pending"),
      approval_pending: standing("approval_pending"),
      holds: Number(holds.get(now)?.count),
      outbox: outbox.get({ $now: now }) as unknown as Counts["outbox"],
    }),
  };
}
