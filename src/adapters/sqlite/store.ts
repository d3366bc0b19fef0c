import type { DatabaseSync } from "node:sqlite";
import type { Numbered } from "../../domain/event.ts";
import type { Appended, Commit, SessionRecord, Store } from "../../ports/store.ts";
import { type Statements, statementsOf } from "./statements.ts";

/**
 * The embedded store. Writers queue; everything that arrived within one turn of the event loop shares one
 * transaction and so one fsync (the handle runs synchronous=FULL), each writer behind a savepoint of its own.
 */
export function sqliteStore(db: DatabaseSync): Store {
  const sql = statementsOf(db);
  const group = groupCommit(db);
  const epoch = sql.epoch();

  return {
    epoch,
    open: (session: SessionRecord, opened: Numbered & { readonly json: string }) =>
      group(() => {
        sql.insertSession.run(session.id, session.secret_hash, session.principal, session.opened_at);
        sql.insertEvent.run(session.id, opened.seq, opened.json, null, null);
      }),
    append: (commit) => group(() => append(sql, commit)),
    session: async (id) => sql.session(id),
    sessions: async (limit) => sql.sessions(limit),
    read: async (session, after, limit) => sql.events(session, after, limit),
    message: async (session, id) => sql.message(session, id),
    turns: async (session) => sql.turns(session),
    keepPolicy: (digest, text) => group(() => void sql.insertPolicy.run(digest, text)),
    policy: async (digest) => sql.policy(digest),
    intent: async (id) => sql.intent(id),
    due: async (now, limit) => sql.due(now, limit),
    delivered: (id) => group(() => void sql.deleteOutbox.run(id)),
    failed: (id, due_at, error) => group(() => void sql.failOutbox.run(due_at, error.slice(0, 400), id)),
    ping: () => group(() => void sql.touch.run()),
    close: async () => {
      await group(() => undefined);
      db.close();
    },
  };
}

class Refused extends Error {
  readonly outcome: Appended;
  constructor(outcome: Appended) {
    super("refused");
    this.outcome = outcome;
  }
}

function append(sql: Statements, commit: Commit): Appended {
  if (sql.last(commit.session) !== commit.after) return "stale";
  const replies = commit.turn?.reply;
  for (const { seq, json } of commit.events) {
    const client = commit.message?.seq === seq ? commit.message.id : null;
    sql.insertEvent.run(
      commit.session,
      seq,
      json,
      client,
      seq === replies ? JSON.stringify(commit.turn) : null,
    );
  }
  for (const { sku, quantity } of commit.take ?? []) {
    if (sql.take.run(quantity, sku, quantity).changes === 0) throw new Refused({ short: sku });
  }
  for (const intent of commit.intents ?? []) {
    const { id, session, kind, offer, status, total, currency, jws, payload, lines } = intent;
    sql.insertIntent.run(
      id,
      session,
      kind,
      offer,
      status,
      total,
      currency,
      jws,
      payload,
      JSON.stringify(lines),
    );
  }
  for (const { intent, from, to, gives_back, jws, payload } of commit.statuses ?? []) {
    const changed = sql.moveIntent.run(to, jws ?? null, payload ?? null, intent, from).changes;
    if (changed === 0) throw new Refused("status");
    if (!gives_back) continue;
    for (const { sku, quantity } of sql.intent(intent)?.lines ?? []) sql.giveBack.run(quantity, sku);
  }
  for (const { id, topic, body } of commit.outbox ?? []) sql.insertOutbox.run(id, topic, body, commit.at);
  return "appended";
}

interface Waiting {
  readonly write: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs writes in shared transactions; a promise resolves only after the COMMIT that holds its write. */
function groupCommit(db: DatabaseSync): <T>(write: () => T) => Promise<T> {
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const save = db.prepare("SAVEPOINT turn");
  const release = db.prepare("RELEASE turn");
  const undo = db.prepare("ROLLBACK TO turn");
  let waiting: Waiting[] = [];

  const flush = () => {
    const group = waiting;
    waiting = [];
    const settle: (() => void)[] = [];
    try {
      begin.run();
      for (const { write, resolve, reject } of group) {
        save.run();
        try {
          const value = write();
          release.run();
          settle.push(() => resolve(value as never));
        } catch (error) {
          undo.run();
          release.run();
          settle.push(() => (error instanceof Refused ? resolve(error.outcome as never) : reject(error)));
        }
      }
      commit.run();
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      for (const { reject } of group) reject(error);
      return;
    }
    for (const done of settle) done();
  };

  return <T>(write: () => T) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ write, resolve: resolve as Waiting["resolve"], reject });
    });
}
