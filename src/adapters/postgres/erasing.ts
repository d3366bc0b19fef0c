import { ERASED } from "../../domain/erased.ts";
import type { Erasure } from "../../ports/store.ts";
import { written } from "../lexical/words.ts";
import { type Database, patient, type Queries } from "./database.ts";
import { gathering } from "./gathering.ts";

/** No SHA-256 of anything anybody knows. */
const NO_SECRET = "0".repeat(64);
/** Nobody waits for an erasure that waits for somebody: it is asked for again, or the next sweep does it. */
const BOUNDED = "SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '10s'";
/** Events of one statement, so that none takes long, however long the log. */
const PAGE = 2_000;
const OWN = ["call", "hold", "budget_hold", "outbox", "lease", "note", "hindsight", "lack"] as const;

/**
 * How text goes. The server keeps overwritten rows until it cleans the table, and its write-ahead log until that is
 * recycled: `tidied` does the first at once, and rewrites nothing that others use meanwhile. What is cut short changed
 * nothing, and may be asked for again.
 */
export async function erased(
  sql: Database,
  { session, term, at, pseudonym, intents, receipt, outbox }: Erasure,
  tidied: () => Promise<void>,
): Promise<{ events: number; intents: number } | "fenced"> {
  const done = await bounded(sql, async (tx) => {
    const held = await headOf(tx, session);
    if (held === null) return { events: 0, intents: 0 };
    if (held.term !== term) return "fenced" as const;
    await tx.query(
      `UPDATE session SET secret_hash = $2, principal = $3, erased_at = $4, last_at = opened_at, term = term + 1
       WHERE id = $1`,
      [session, NO_SECRET, written(pseudonym), at],
    );
    for (const page of pagesTo(held.seq))
      await tx.query(
        `UPDATE event SET json = $2, client_id = NULL, staff = NULL, salt = NULL
         WHERE session = $1 AND seq BETWEEN $3 AND $4`,
        [session, ERASED, ...page],
      );
    const orders = await tx.query(
      "UPDATE intent SET jws = NULL, payload = $2, expires_at = NULL WHERE session = $1 RETURNING id",
      [session, ERASED],
    );
    for (const { id, payload } of intents)
      await tx.query("UPDATE intent SET payload = $3, expires_at = $4 WHERE id = $1 AND session = $2", [
        ...[id, session, payload],
        (JSON.parse(payload) as { expires_at?: string }).expires_at ?? null,
      ]);
    for (const table of OWN) await tx.query(`DELETE FROM ${table} WHERE session = $1`, [session]);
    for (const { id, topic, body, sinks } of outbox)
      await tx.query(
        `INSERT INTO outbox (id, sink, session, topic, body, due_at)
         SELECT $1, unnest($2::text[]), $3, $4, $5, $6`,
        [id, sinks, session, topic, body, at],
      );
    await tx.query("INSERT INTO erasure VALUES ($1, $2) ON CONFLICT DO NOTHING", [session, receipt]);
    return { events: held.seq, intents: orders.length };
  });
  await tidied();
  return done;
}

export async function forgotten(sql: Database, session: string, tidied: () => Promise<void>): Promise<void> {
  await bounded(sql, async (tx) => {
    const held = await headOf(tx, session);
    // What an erasure left orders to say stands.
    if (held !== null)
      await tx.query("UPDATE intent SET jws = NULL, payload = $2, expires_at = NULL WHERE session = $1", [
        ...[session, ERASED],
      ]);
    for (const table of OWN) await tx.query(`DELETE FROM ${table} WHERE session = $1`, [session]);
    for (const page of pagesTo(await lastOf(tx, session)))
      await tx.query("DELETE FROM event WHERE session = $1 AND seq BETWEEN $2 AND $3", [session, ...page]);
    await tx.query("DELETE FROM session WHERE id = $1", [session]);
  });
  await tidied();
}

/** Money records that were kept long enough. */
export async function dropped(
  sql: Database,
  [instant, after, limit]: readonly [instant: string, after: string | null, limit: number],
  tidied: () => Promise<void>,
): Promise<string[]> {
  const gone = await bounded(sql, async (tx) => {
    const rows = await tx.query(
      `DELETE FROM intent WHERE id IN (
         SELECT id FROM intent i WHERE id > $1 AND payload::jsonb ->> 'issued_at' < $2
           AND NOT EXISTS (SELECT 1 FROM session s WHERE s.id = i.session) ORDER BY id LIMIT $3 FOR UPDATE)
       RETURNING id`,
      [after ?? "", instant, limit],
    );
    return rows.map(({ id }) => String(id)).toSorted();
  });
  if (gone.length > 0) await tidied();
  return gone;
}

function bounded<T>(sql: Database, work: (tx: Queries) => Promise<T>): Promise<T> {
  return sql.begin("READ COMMITTED", async (tx) => {
    await tx.query(BOUNDED);
    return work(patient(tx));
  });
}

/** The first and last number of each page of a log. */
function pagesTo(last: number): (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(last / PAGE) }, (_, n) => [n * PAGE + 1, (n + 1) * PAGE] as const);
}

/** Of a session that was not erased; else null. Its writers wait from here on. */
async function headOf(tx: Queries, session: string): Promise<{ term: number; seq: number } | null> {
  const text = "SELECT term, seq, erased_at FROM session WHERE id = $1 FOR NO KEY UPDATE";
  const [row] = await tx.query(text, [session]);
  if (row === undefined || row.erased_at !== null) return null;
  return { term: Number(row.term), seq: Number(row.seq) };
}

async function lastOf(tx: Queries, session: string): Promise<number> {
  const [row] = await tx.query("SELECT max(seq) AS seq FROM event WHERE session = $1", [session]);
  return Number(row?.seq ?? 0);
}

/**
 * Cleans the tables of what was erased. It may take the server long, and one cleaning waits for another: all that come
 * meanwhile share the next, or a sweep of many sessions would take every connection there is.
 */
export function tidying(sql: Database): () => Promise<void> {
  const clean = gathering<null, undefined>(async (asked) => {
    await sql.query("VACUUM (INDEX_CLEANUP ON) session, event, call, intent, outbox, note, hindsight, lack");
    return asked.map(() => undefined);
  }, Number.POSITIVE_INFINITY);
  return () => clean(null);
}
