import { beginning, link } from "../../src/domain/chain.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Commit, IntentRecord, Logged, SessionRecord, Store } from "../../src/ports/store.ts";

export const EARLY = "2030-05-06T06:08:09.000Z";
export const BEFORE = "2030-05-06T07:08:08.999Z";
export const AT = "2030-05-06T07:08:09.000Z";
export const LATER = "2030-05-06T08:08:09.000Z";
export const SALT = "c2FsdCBvZiAxNiBieXRlcw";

let sessions = 0;

/** A session id that no other test has; by its text later than those before it. */
export function fresh(): string {
  sessions += 1;
  return `ses_${String(sessions).padStart(6, "0")}`;
}

export function recordOf(id: string, more: Partial<SessionRecord> = {}): SessionRecord {
  return { id, secret_hash: "0".repeat(64), principal: "anonymous", opened_at: AT, ...more };
}

/** An event as it is stored; without a chain before it, one that stands alone. */
export function event(seq: number, json = `{"n":${seq}}`, previous = beginning("")): Logged {
  return { seq, event: {} as Event, json, ...link(previous, seq, json, SALT) };
}

/** One session, opened. */
export async function opened(store: Store, more: Partial<SessionRecord> = {}): Promise<string> {
  const id = more.id ?? fresh();
  await store.open(recordOf(id, more), event(1, '{"kind":"opened"}'));
  return id;
}

/** A commit of one event by the session's opener. */
export function commit(session: string, after: number, more: Partial<Commit> = {}): Commit {
  return { session, term: 1, after, at: AT, events: [event(after + 1)], ...more };
}

export function order(session: string, n: number, more: Partial<IntentRecord> = {}): IntentRecord {
  return {
    ...{ id: `${session}.${n}`, session, kind: "order", offer: `${session}.o${n}`, status: "pending" },
    ...{ total: 100, currency: "USD", jws: null, payload: "{}", lines: [] },
    ...more,
  };
}
