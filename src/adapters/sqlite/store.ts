import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";
import type { Commit, Store } from "../../ports/store.ts";
import { type Committer, committer } from "./committer.ts";
import { readsOf } from "./reads.ts";
import type { AppendWrite } from "./writes.ts";

/**
 * The embedded store. Reads go through `db`; writes go to a thread with a handle of its own on the same file, where
 * all that arrived together share one fsync. `db` MUST be a file, and is closed with the store.
 */
export function sqliteStore(db: DatabaseSync): Store {
  const path = db.location();
  if (path === null) throw new Fault("bad_config", "the store needs a database in a file");
  return storeOver(db, committer(path));
}

/** The store over whatever performs its writes. Reads go through `db`, which is closed with it. */
export function storeOver(db: DatabaseSync, { write, close }: Committer): Store {
  const reads = readsOf(db);
  const done = async (written: Promise<unknown>) => void (await written);

  return {
    epoch: reads.epoch(),
    open: (session, { seq, json }) => done(write({ kind: "open", session, seq, json })),
    append: (commit) => write(appendOf(commit)),
    session: async (id) => reads.session(id),
    sessions: async (limit) => reads.sessions(limit),
    read: async (session, after, limit) => reads.events(session, after, limit),
    turns: async (session) => reads.turns(session),
    calls: async (session) => reads.calls(session),
    keepPolicy: (digest, text) => done(write({ kind: "policy", digest, text })),
    policy: async (digest) => reads.policy(digest),
    intent: async (id) => reads.intent(id),
    overdue: async (now, after, limit) => reads.overdue(now, after, limit),
    used: async (accounts, viewer) =>
      Object.fromEntries(accounts.map((account) => [account, reads.used(account, viewer)])),
    due: async (now, limit) => reads.due(now, limit),
    delivered: (id) => done(write({ kind: "delivered", id })),
    failed: (id, due_at, error) => done(write({ kind: "failed", id, due_at, error: error.slice(0, 400) })),
    ping: () => done(write({ kind: "touch" })),
    close: async () => {
      await close();
      db.close();
    },
  };
}

function appendOf({ session, after, at, events, message, turn, calls, ...rest }: Commit): AppendWrite {
  return {
    ...{ kind: "append", session, after, at },
    events: events.map(({ seq, json }) => ({
      ...{ seq, json },
      client: message?.seq === seq ? message.id : null,
      staff: turn?.reply === seq ? JSON.stringify(turn) : null,
    })),
    take: rest.take ?? [],
    spend: rest.spend ?? null,
    hold: rest.hold,
    intents: rest.intents ?? [],
    statuses: rest.statuses ?? [],
    outbox: rest.outbox ?? [],
    calls: (calls?.calls ?? []).map((call) => ({
      message: calls?.message ?? 0,
      json: JSON.stringify(call),
    })),
  };
}
