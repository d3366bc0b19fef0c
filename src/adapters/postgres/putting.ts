import type { Commit, IntentRecord, Logged, SessionRecord } from "../../ports/store.ts";
import { written } from "../lexical/words.ts";
import type { Ask } from "./asking.ts";
import type { Balances } from "./balances.ts";

/**
 * Puts what was decided, a statement for each table, all of them sent together. `draws` is the version of the key that
 * limits are drawn with, where it is new.
 */
export function put(
  ask: Ask,
  commits: readonly Commit[],
  known: Balances,
  draws: number | null,
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = [];
  const send = (name: string, text: string, rows: readonly (readonly unknown[])[]) => {
    if (rows.length > 0) sent.push(ask(name, text, columns(rows)));
  };
  send(
    "move sessions",
    `UPDATE session AS s SET seq = v.seq, last_at = v.at
     FROM unnest($1::text[], $2::int[], $3::text[]) AS v (id, seq, at) WHERE s.id = v.id`,
    commits.map(({ session, after, events, at }) => [session, after + events.length, at]),
  );
  send("put events", EVENTS, commits.flatMap(eventsOf));
  send(
    "drop leases",
    "DELETE FROM lease WHERE session = ANY($1::text[])",
    commits.flatMap(({ session, lease }) => (lease === null ? [[session]] : [])),
  );
  send(
    "put leases",
    `INSERT INTO lease (session, seq, operator, until)
     SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[])
     ON CONFLICT (session) DO UPDATE SET seq = excluded.seq, operator = excluded.operator, until = excluded.until`,
    commits.flatMap(({ session, lease }) =>
      lease ? [[session, lease.seq, written(lease.operator), lease.until]] : [],
    ),
  );
  send(
    "put calls",
    "INSERT INTO call (session, message, json) SELECT * FROM unnest($1::text[], $2::int[], $3::text[])",
    commits.flatMap(({ session, calls }) =>
      (calls?.calls ?? []).map((call) => [session, calls?.message, JSON.stringify(call)]),
    ),
  );
  send(
    "put orders",
    `INSERT INTO intent (id, session, kind, offer, status, total, currency, jws, payload, lines, expires_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::text[])`,
    commits.flatMap(({ intents }) => (intents ?? []).map(orderOf)),
  );
  // An order that is made and moved on in one commit is there by now.
  send(
    "move orders",
    `UPDATE intent AS i SET status = v.status, jws = coalesce(v.jws, i.jws), payload = coalesce(v.payload, i.payload),
       expires_at = CASE WHEN v.payload IS NULL THEN i.expires_at ELSE v.expires_at END,
       decided_by = coalesce(v.decided_by, i.decided_by)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS v (id, status, jws, payload, expires_at, decided_by)
     WHERE i.id = v.id`,
    commits.flatMap(({ statuses }) => lastOf(statuses ?? [])),
  );
  send(
    "put charges",
    "INSERT INTO charge (intent, account, amount) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])",
    commits.flatMap(({ spend }) =>
      (spend?.charges ?? []).map(({ account, amount }) => [spend?.intent, written(account), amount]),
    ),
  );
  send(
    "drop charges",
    "DELETE FROM charge WHERE intent = ANY($1::text[])",
    commits.flatMap(({ statuses }) =>
      (statuses ?? []).filter(({ gives_back }) => gives_back).map(({ intent }) => [intent]),
    ),
  );
  send(
    "put outbox",
    `INSERT INTO outbox (id, sink, session, topic, body, due_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     ON CONFLICT DO NOTHING`,
    commits.flatMap(({ session, at, outbox }) =>
      (outbox ?? []).flatMap(({ id, topic, body, sinks }) =>
        sinks.map((sink) => [id, sink, session, topic, body, at]),
      ),
    ),
  );
  if (draws !== null)
    send(
      "put draws",
      `INSERT INTO meta SELECT 'draws', unnest($1::text[])
       ON CONFLICT (key) DO UPDATE SET value = greatest(meta.value::int, excluded.value::int)::text`,
      [[String(draws)]],
    );
  putBalances(send, commits, known);
  return sent;
}

type Send = (name: string, text: string, rows: readonly (readonly unknown[])[]) => void;

function putBalances(send: Send, commits: readonly Commit[], { changed, of }: Balances): void {
  send(
    "put stock",
    `UPDATE stock AS s SET on_hand = v.on_hand FROM unnest($1::text[], $2::bigint[]) AS v (sku, on_hand)
     WHERE s.sku = v.sku`,
    [...changed.stock].map((sku) => [written(sku), of.stock.get(sku)?.amount]),
  );
  send(
    "put budgets",
    `UPDATE budget AS b SET spent = v.spent FROM unnest($1::text[], $2::bigint[]) AS v (account, spent)
     WHERE b.account = v.account`,
    [...changed.budgets].map((account) => [written(account), of.budgets.get(account)?.amount ?? 0]),
  );
  const holds = [...changed.holds];
  if (holds.length === 0) return;
  send(
    "drop holds",
    "DELETE FROM hold WHERE session = ANY($1::text[])",
    holds.map(([session]) => [session]),
  );
  send(
    "drop budget holds",
    "DELETE FROM budget_hold WHERE session = ANY($1::text[])",
    holds.map(([session]) => [session]),
  );
  const kept = holds.flatMap(([session, hold]) => (hold ? [{ session, ...hold }] : []));
  if (kept.length === 0) return;
  const now = commits.map(({ at }) => at).toSorted()[0] ?? "";
  // What another node is tidying up is left to it.
  for (const [table, key] of [
    ["hold", "sku"],
    ["budget_hold", "account"],
  ])
    send(
      `tidy ${table}`,
      `DELETE FROM ${table} WHERE (session, ${key}) IN (
         SELECT session, ${key} FROM ${table} WHERE until <= ANY($1::text[]) LIMIT 100 FOR UPDATE SKIP LOCKED)`,
      [[now]],
    );
  send(
    "put holds",
    `INSERT INTO hold (session, sku, quantity, until)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])`,
    kept.flatMap(({ session, units, until }) =>
      units.map(({ sku, quantity }) => [session, written(sku), quantity, until]),
    ),
  );
  send(
    "put budget holds",
    `INSERT INTO budget_hold (session, account, amount, until)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])`,
    kept.flatMap(({ session, charges, until }) =>
      charges.map(({ account, amount }) => [session, written(account), amount, until]),
    ),
  );
}

/** Opens sessions; gives the ids of those that were not there. */
export async function putSessions(
  ask: Ask,
  opens: readonly { readonly session: SessionRecord; readonly opened: Logged }[],
): Promise<ReadonlySet<string>> {
  const rows = await ask(
    "put sessions",
    `INSERT INTO session (id, secret_hash, principal, opened_at, last_at, seq)
     SELECT id, secret_hash, principal, opened_at, opened_at, seq
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])
       AS v (id, secret_hash, principal, opened_at, seq) ORDER BY id
     ON CONFLICT DO NOTHING RETURNING id`,
    columns(
      opens.map(({ session: { id, secret_hash, principal, opened_at }, opened }) => [
        ...[id, secret_hash, written(principal), opened_at, opened.seq],
      ]),
    ),
  );
  const made = new Set(rows.map(({ id }) => String(id)));
  const first = opens.filter(({ session }) => made.has(session.id));
  if (first.length > 0)
    await ask(
      "put events",
      EVENTS,
      columns(first.map(({ session, opened }) => eventOf(session.id, opened, null, null))),
    );
  return made;
}

const EVENTS = `INSERT INTO event (session, seq, json, client_id, staff, salt, digest, chain)
  SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`;

function eventsOf({ session, events, message, turn }: Commit): unknown[][] {
  return events.map((logged) =>
    eventOf(
      ...([session, logged] as const),
      message?.seq === logged.seq ? written(message.id) : null,
      turn?.reply === logged.seq ? JSON.stringify(turn) : null,
    ),
  );
}

function eventOf(
  session: string,
  { seq, json, salt, digest, chain }: Logged,
  client: string | null,
  staff: string | null,
): unknown[] {
  return [session, seq, json, client, staff, salt, digest, chain];
}

function orderOf({ id, session, kind, offer, status, total, currency, jws, payload, lines }: IntentRecord) {
  const record = [id, session, kind, offer, status, total, currency, jws, payload, JSON.stringify(lines)];
  return [...record, expiryOf(payload)];
}

/** One row an order: where it was moved twice in a commit, what it came to. */
function lastOf(statuses: NonNullable<Commit["statuses"]>): unknown[][] {
  const last = new Map<string, unknown[]>();
  for (const { intent, to, jws, payload, decided_by } of statuses) {
    const before = last.get(intent) ?? [];
    const text = payload ?? before[3] ?? null;
    last.set(intent, [
      intent,
      to,
      jws ?? before[2] ?? null,
      text,
      text === null ? null : expiryOf(String(text)),
      decided_by ?? before[5] ?? null,
    ]);
  }
  return [...last.values()];
}

function expiryOf(payload: string): string | null {
  const { expires_at } = JSON.parse(payload) as { expires_at?: unknown };
  return typeof expires_at === "string" ? expires_at : null;
}

function columns(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}
