import type { DeadLetter, OutboxItem, SinkState } from "../../ports/deliveries.ts";
import type { Store } from "../../ports/store.ts";
import { written } from "../lexical/words.ts";
import type { Queries } from "./database.ts";

type Queue = Pick<Store, "lease" | "failed" | "dead" | "revive" | "disable" | "enable" | "sinks">;

/** What is to be delivered, beside what is queued and dropped with the groups (committer.ts). */
export function queueing(sql: Queries): Queue {
  const done = async (text: string, values: readonly unknown[]) => void (await sql.query(text, values));
  return {
    lease: (sink, now, limit, until) => leased(sql, { sink, now, limit, until }),
    failed: (id, sink, due_at, error) =>
      done("UPDATE outbox SET attempts = attempts + 1, due_at = $3, error = $4 WHERE id = $1 AND sink = $2", [
        ...[id, sink, due_at, written(error.slice(0, 400)).slice(0, 400)],
      ]),
    dead: async (after, limit) => {
      const text = `SELECT id, sink, topic, body, attempts, '' AS due_at, coalesce(error, '') AS error FROM outbox
        WHERE due_at IS NULL AND (id, sink) > ($1, $2) ORDER BY id, sink LIMIT $3`;
      const from = [after?.id ?? "", after?.sink ?? ""];
      return (await sql.query(text, [...from, limit])) as unknown as DeadLetter[];
    },
    revive: async (ids, now) => {
      const rows = await sql.query(
        `UPDATE outbox SET attempts = 0, due_at = $1, error = NULL
         WHERE due_at IS NULL AND ($2::text[] IS NULL OR id = ANY($2)) RETURNING 1`,
        [now, ids],
      );
      return rows.length;
    },
    disable: (sink, at, why) =>
      done("INSERT INTO sink_disabled VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
        ...[sink, at, written(why.slice(0, 400)).slice(0, 400)],
      ]),
    enable: (sink) => done("DELETE FROM sink_disabled WHERE sink = $1", [sink]),
    sinks: async () => {
      const rows = await sql.query(
        `SELECT sink, coalesce(waiting, 0)::int AS waiting, coalesce(dead, 0)::int AS dead, earliest, at, why
         FROM (SELECT sink, count(due_at) AS waiting, count(*) - count(due_at) AS dead, min(due_at) AS earliest
               FROM outbox GROUP BY sink) AS queued FULL JOIN sink_disabled USING (sink) ORDER BY sink`,
        [],
      );
      return rows.map(
        ({ sink, waiting, dead, earliest, at, why }): SinkState => ({
          ...{ sink: String(sink), waiting: Number(waiting), dead: Number(dead) },
          earliest: earliest === null ? null : String(earliest),
          disabled: at === null ? null : { at: String(at), why: String(why) },
        }),
      );
    },
  };
}

interface Lease {
  readonly sink: string;
  readonly now: string;
  readonly limit: number;
  readonly until: string;
}

/** In the order they are due; what another node is taking just now is left to it. */
async function leased(sql: Queries, { sink, now, limit, until }: Lease): Promise<OutboxItem[]> {
  const rows = await sql.query(
    `WITH due AS (
       SELECT id, due_at FROM outbox
       WHERE sink = $1 AND due_at <= $2 AND NOT EXISTS (SELECT 1 FROM sink_disabled WHERE sink = $1)
       ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
     UPDATE outbox o SET due_at = $4 FROM due WHERE o.id = due.id AND o.sink = $1
     RETURNING o.id, o.sink, o.topic, o.body, o.attempts, due.due_at`,
    [sink, now, limit, until],
  );
  const items = rows as unknown as OutboxItem[];
  return items.toSorted((a, b) => (`${a.due_at} ${a.id}` < `${b.due_at} ${b.id}` ? -1 : 1));
}
