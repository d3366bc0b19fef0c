import type { Link } from "../domain/chain.ts";
import type { Charge } from "../domain/decision.ts";
import type { Numbered } from "../domain/event.ts";
import type { LookupRecord } from "../domain/lookup.ts";
import type { OrderStatus } from "../domain/order.ts";
import type { Call } from "../domain/question.ts";
import type { Reasons } from "../domain/reasons.ts";
import type { Claims } from "./claims.ts";
import type { Deliveries, Notice } from "./deliveries.ts";
import type { Viewer } from "./search.ts";
import type { Lease, Staffing } from "./staffing.ts";

export interface SessionRecord {
  readonly id: string;
  /** Hex SHA-256 of the session's secret; the secret itself is never stored. */
  readonly secret_hash: string;
  readonly principal: string;
  readonly opened_at: string;
}

/** An event as it is written: its text, and its link in the session's chain (domain/chain.ts). */
export type Logged = Numbered & Link & { readonly json: string };

/** An event as an audit reads it. What was stored before logs were chained has no digest; what was erased, no salt. */
export interface Chained {
  readonly seq: number;
  readonly json: string;
  readonly salt: string | null;
  readonly digest: string | null;
  readonly chain: string | null;
}

/** The staff side of one turn: what it takes to decide it again, and why it was decided so. */
export interface TurnRecord {
  /** Sequence numbers of the message and of its reply. */
  readonly message: number;
  readonly reply: number;
  readonly now: string;
  readonly policy: string;
  /** Version of the key its limits were drawn with; turns of before there were any have none. */
  readonly draws?: number;
  readonly lookups: readonly LookupRecord[];
  readonly reasons: Reasons;
}

export interface IntentRecord {
  readonly id: string;
  readonly session: string;
  readonly kind: string;
  readonly offer: string;
  readonly status: OrderStatus;
  readonly total: number;
  readonly currency: string;
  /** Null until it is signed (approval pending). */
  readonly jws: string | null;
  /** RFC 8785 text of the intent (unsigned while approval is pending). Its `expires_at` is when the order ends unanswered. */
  readonly payload: string;
  readonly lines: readonly Units[];
  /** Who of the vendor's staff approved or declined it. */
  readonly decided_by?: string;
}

/** An order that nobody answered in time. */
export interface Overdue {
  readonly id: string;
  /** As its intent says: RFC 3339 in UTC. */
  readonly expires_at: string;
}

/** Everything one step of a session changes, all or nothing. */
export interface Commit {
  readonly session: string;
  /** The writer's fence: what `open` (1) or `claim` gave it. */
  readonly term: number;
  /** The last sequence number the writer knew. */
  readonly after: number;
  readonly events: readonly Logged[];
  /** The client's id of the message that is event `seq`, for idempotency. */
  readonly message?: { readonly id: string; readonly seq: number };
  readonly turn?: TurnRecord;
  /** Questions put to a model for the turn of event `message`, in order; they follow those stored for it before. */
  readonly calls?: { readonly message: number; readonly calls: readonly Call[] };
  /** Units to take from stock. */
  readonly take?: readonly Units[];
  /** What to take from budgets for an intent of this commit; given back with its units. */
  readonly spend?: { readonly intent: string; readonly charges: readonly Charge[] };
  /** In the stead of what the session held: null lets it go; absent leaves it, until its time is up. */
  readonly hold?: Hold | null;
  readonly intents?: readonly IntentRecord[];
  /** Status changes of stored intents: refused unless the stored status is `from`. */
  readonly statuses?: readonly StatusChange[];
  /** Each is to be delivered to every one of its sinks, as an item of its own. */
  readonly outbox?: readonly (Notice & { readonly sinks: readonly string[] })[];
  /** Who holds the conversation from here on; null ends that, absent leaves it. Its `seq` is that of an event of this commit. */
  readonly lease?: Omit<Lease, "session"> | null;
  readonly at: string;
}

export interface Units {
  readonly sku: string;
  readonly quantity: number;
}

/** Units and money kept from other sessions for this one, before anything binds; each product and account once. */
export interface Hold {
  /** RFC 3339 in UTC: over at this instant, by comparison alone. */
  readonly until: string;
  readonly units: readonly Units[];
  readonly charges: readonly Charge[];
  /** The share of what is on hand of a product, and of what is left in a budget, that holds of all sessions may take. */
  readonly share_bp: number;
}

export interface StatusChange {
  readonly intent: string;
  readonly from: OrderStatus;
  readonly to: OrderStatus;
  /** The order will not be executed: its units go back to stock, its charges to their budgets. */
  readonly gives_back: boolean;
  readonly jws?: string;
  readonly payload?: string;
  readonly decided_by?: string;
}

/** A session as an audit walks them: its last event, the chain there, and when that was (or when it was erased). */
export interface Walked {
  readonly id: string;
  readonly seq: number;
  readonly chain: string | null;
  readonly at: string;
}

/** What is to go of a session, and what stays in its place. */
export interface Erasure {
  readonly session: string;
  /** The eraser's fence: nothing is said between what the receipt was signed over and the erasure. */
  readonly term: number;
  readonly at: string;
  readonly pseudonym: string;
  /** What its orders say from here on, as JSON; one that is not named says `{"kind":"erased"}`. */
  readonly intents: readonly { readonly id: string; readonly payload: string }[];
  /** What proves the erasure (a JWS); kept when the session itself is forgotten. */
  readonly receipt: string;
  /** What is to be delivered in the stead of all that was. */
  readonly outbox: readonly (Notice & { readonly sinks: readonly string[] })[];
}

/**
 * `fenced`: another writer has claimed the session. `stale`: it has events this writer does not know. `short`: not
 * enough stock. `spent`: not enough left in a budget. `status`: an intent is not in that status.
 */
export type Appended =
  | "appended"
  | "fenced"
  | "stale"
  | "status"
  | { readonly short: string }
  | { readonly spent: string };

/**
 * Where sessions live, for every node of one vendor. Every promise that resolves after a write MUST mean it is on disk
 * (fsync). `append` MUST be atomic. Reads MUST see every acknowledged write, whichever node wrote it. A failed write
 * MUST reject every promise that waited on it; whether it is stored is then unknown, and a writer MUST load the session
 * again rather than guess. Once an fsync failed, nothing MUST be acknowledged any more: what a disk says after that is
 * not to be relied on. A store that cannot be reached or written rejects with a Fault `unavailable`.
 *
 * One writer at a time. A session has a `term`; `open` makes it 1 and `claim` raises it, durably, and gives it to the
 * caller alone. `append` MUST refuse with `fenced` whoever holds another term, before it looks at anything else, and
 * with `stale` when `after` is not the session's last number. A claim MUST wait for an append under way: what was
 * written under an earlier term MUST be there to be read when it resolves, or never come. The store keeps salt, digest and
 * chain of an event as they are given and MUST NOT compute any.
 *
 * Stock and budgets. An instant is a commit's `at` or a viewer's `now`; a hold counts while its `until` is later, and
 * MUST NOT need a timer to end. `append` MUST take units only when as many are on hand beside what other sessions hold,
 * and charges only when, with what is spent and what other sessions hold of the account, they stay within `most`; else
 * it MUST refuse the whole commit. What is taken MUST NOT be counted as held by its own session as well.
 *
 * A hold MUST be made whole or not at all, and one that cannot be had MUST NOT refuse the commit: the one before it is
 * gone either way. It can be had when what other sessions hold of each product and account and what it adds stay within
 * `share_bp` of what is left: of what is on hand, and of `most` less what is spent; whoever finds nothing held MAY hold
 * one unit, since a unit has no half. Money has, so that no order may hold more of it, not even the first: one that needs
 * more is sold to whoever binds first. An offer makes no promise on the strength of a hold.
 */
export interface Store extends Deliveries, Staffing {
  /** Names this history; changes only when history was lost (a backup was restored). */
  readonly epoch: string;
  /** False, and nothing is changed, when there is a session of this id. */
  open(session: SessionRecord, opened: Logged): Promise<boolean>;
  /** The caller's term from here on, or null when there is no such session. */
  claim(session: string): Promise<number | null>;
  append(commit: Commit): Promise<Appended>;
  /** Sessions that anybody claimed since an earlier call gave this `next`; since null: none, only the `next` to ask from. */
  claims(since: string | null): Promise<Claims>;

  session(id: string): Promise<SessionRecord | null>;
  /** Sessions, newest first, for staff and tools. */
  sessions(limit: number): Promise<readonly (SessionRecord & { readonly last_seq: number })[]>;
  /** Sessions of one principal by id, from behind `after` on (null: from the first). */
  sessionsOf(principal: string, after: string | null, limit: number): Promise<readonly SessionRecord[]>;
  /** Events after `after`, at most `limit`, in order, as stored text. */
  read(session: string, after: number, limit: number): Promise<readonly { seq: number; json: string }[]>;
  chain(session: string, after: number, limit: number): Promise<readonly Chained[]>;
  /** All sessions by id, from behind `after` on (null: from the first). */
  walk(after: string | null, limit: number): Promise<readonly Walked[]>;
  /** A session's last event and the chain there, null where it has none. */
  head(session: string): Promise<{ readonly seq: number; readonly chain: string | null } | null>;
  /** The last number of each session that is known, for whoever watches many. */
  heads(sessions: readonly string[]): Promise<Readonly<Record<string, number>>>;
  turns(session: string): Promise<readonly TurnRecord[]>;
  /** Questions put to a model, in order, with the message event they were put for. */
  calls(session: string): Promise<readonly { readonly message: number; readonly call: Call }[]>;
  /** Keeps a vendor's files as text under their digest, so that past turns can be decided again. MAY be repeated. */
  keepPolicy(digest: string, text: string): Promise<void>;
  policy(digest: string): Promise<string | null>;

  intent(id: string): Promise<IntentRecord | null>;
  /** All orders of a session, by id. */
  intentsOf(session: string): Promise<readonly IntentRecord[]>;
  /**
   * Orders that are `pending` or `approval_pending` though their intent's `expires_at` is `now` or earlier, by that and
   * then by id, from behind `after` on (null: from the first), at most `limit`. MUST NOT look at orders that were answered.
   */
  overdue(now: string, after: Overdue | null, limit: number): Promise<readonly Overdue[]>;
  /** Orders that are `approval_pending`, by id, from behind `after` on. */
  awaiting(after: string | null, limit: number): Promise<readonly IntentRecord[]>;
  /** Minor units of each account that are spent, or that sessions other than the viewer's hold. */
  used(accounts: readonly string[], viewer: Viewer): Promise<Readonly<Record<string, number>>>;

  /** True for the first who names it and false for everybody after, on every node, until `until`; forgotten then. */
  once(nonce: string, until: string, now: string): Promise<boolean>;
  revoke(principal: string, at: string): Promise<void>;
  reinstate(principal: string): Promise<void>;
  revocations(): Promise<readonly { readonly principal: string; readonly at: string }[]>;

  /**
   * In one commit: every event of the session says `{"kind":"erased"}` and keeps its number, digest and chain alone;
   * turns, calls and what was to be delivered go; orders lose payload and signature and keep status, totals and lines;
   * the principal is the pseudonym, and no secret fits any more. Raises the term, so that whoever holds the session in
   * memory is fenced. MUST resolve only when no file of the database holds the text any more (backups aside, and what a
   * server keeps in its own log). MUST refuse with `fenced` whoever holds another term, and then nothing was changed.
   * Counts what was erased; MAY be repeated, and counts nothing then, whatever the term.
   */
  erase(what: Erasure): Promise<{ readonly events: number; readonly intents: number } | "fenced">;
  /** What an erasure gave to be kept, also of a session that is forgotten; null of one that was not erased. */
  receipt(session: string): Promise<string | null>;
  /** By id, from behind `after` on: sessions whose last event (an erased one's first) is older and no order unanswered. */
  endedBefore(instant: string, after: string | null, limit: number): Promise<readonly string[]>;
  /** Takes a session out with all that is its own; its orders stay as `erase` leaves them. MAY be repeated. */
  forget(session: string): Promise<void>;
  /** Takes out orders of forgotten sessions issued before `instant`, by id, from behind `after` on: as `erase`. Gives the ids. */
  dropOrders(instant: string, after: string | null, limit: number): Promise<readonly string[]>;

  /** Rejects when the store cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
