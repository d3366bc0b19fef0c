import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";
import type { Hindsight } from "../../ports/hindsight.ts";
import type { Store } from "../../ports/store.ts";
import { appendOf } from "./appending.ts";
import { type Committer, committer } from "./committer.ts";
import { readable } from "./failures.ts";
import { sqliteHindsight } from "./hindsight.ts";
import { readsOf } from "./reads.ts";

/**
 * The embedded store. Reads go through `db`; writes go to a thread with a handle of its own on the same file, where
 * all that arrived together share one fsync. `db` MUST be a file, and is closed with the store.
 */
export function sqliteStore(db: DatabaseSync): Store & { readonly hindsight: Hindsight } {
  const path = db.location();
  if (path === null) throw new Fault("bad_config", "the store needs a database in a file");
  const commits = committer(path);
  return { ...storeOver(db, commits), hindsight: sqliteHindsight(db, commits) };
}

/** The store over whatever performs its writes. Reads go through `db`, which is closed with it. */
export function storeOver(db: DatabaseSync, { write, close }: Committer): Store {
  const reads = readable(readsOf(db));

  return {
    epoch: reads.epoch(),
    open: (session, { event: _, ...opened }) =>
      write("open", session, { ...opened, client: null, staff: null }),
    claim: (session) => write("claim", session),
    append: (commit) => write("append", appendOf(commit)),
    session: async (id) => reads.session(id),
    sessions: async (limit) => reads.sessions(limit),
    sessionsOf: async (principal, after, limit) => reads.sessionsOf(principal, after, limit),
    read: async (session, after, limit) => reads.events(session, after, limit),
    chain: async (session, after, limit) => reads.chain(session, after, limit),
    walk: async (after, limit) => reads.walk(after, limit),
    head: async (session) => reads.head(session),
    claims: async (since) => reads.claims(since),
    heads: async (sessions) => reads.heads(sessions),
    turns: async (session) => reads.turns(session),
    calls: async (session) => reads.calls(session),
    keepPolicy: (digest, text) => write("keepPolicy", digest, text),
    policy: async (digest) => reads.policy(digest),
    intent: async (id) => reads.intent(id),
    intentsOf: async (session) => reads.intentsOf(session),
    overdue: async (now, after, limit) => reads.overdue(now, after, limit),
    awaiting: async (after, limit) => reads.awaiting(after, limit),
    used: async (accounts, viewer) =>
      Object.fromEntries(accounts.map((account) => [account, reads.used(account, viewer)])),
    lease: (sink, now, limit, until) => write("lease", sink, now, limit, until),
    delivered: (id, sink) => write("delivered", id, sink),
    failed: (id, sink, due_at, error) => write("failed", id, sink, due_at, error),
    dead: async (after, limit) => reads.dead(after, limit),
    revive: (ids, now) => write("revive", ids, now),
    disable: (sink, at, why) => write("disable", sink, at, why),
    enable: (sink) => write("enable", sink),
    sinks: async () => reads.sinks(),
    once: (nonce, until, now) => write("once", nonce, until, now),
    revoke: (principal, at) => write("revoke", principal, at),
    reinstate: (principal) => write("reinstate", principal),
    revocations: async () => reads.revocations(),
    erase: (what) => write("erase", what),
    receipt: async (session) => reads.receipt(session),
    endedBefore: async (instant, after, limit) => reads.endedBefore(instant, after, limit),
    forget: (session) => write("forget", session),
    dropOrders: (instant, after, limit) => write("dropOrders", instant, after, limit),
    latest: async (after, limit) => reads.latest(after, limit),
    held: async (session) => reads.held(session),
    renew: (session, seq, until) => write("renew", session, seq, until),
    lapsed: async (now, limit) => reads.lapsed(now, limit),
    waits: async (limit) => reads.waits(limit),
    note: (session, note) => write("note", session, note),
    notes: async (session) => reads.notes(session),
    attend: (name, until) => write("attend", name, until),
    attended: async (now) => reads.attended(now),
    ping: () => write("ping"),
    close: async () => {
      await close();
      db.close();
    },
  };
}
