import type { Charge } from "../domain/decision.ts";
import type { Numbered } from "../domain/event.ts";
import type { LookupRecord } from "../domain/lookup.ts";
import type { OrderStatus } from "../domain/order.ts";
import type { Call } from "../domain/question.ts";
import type { Reasons } from "../domain/reasons.ts";
import type { Viewer } from "./search.ts";

export interface SessionRecord {
  readonly id: string;
  /** Hex SHA-256 of the session's secret; the secret itself is never stored. */
  readonly secret_hash: string;
  readonly principal: string;
  readonly opened_at: string;
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
}

/** An order that nobody answered in time. */
export interface Overdue {
  readonly id: string;
  /** As its intent says: RFC 3339 in UTC. */
  readonly expires_at: string;
}

export interface OutboxItem {
  /** Stable over retries: receivers drop what they have seen. */
  readonly id: string;
  readonly topic: string;
  readonly body: string;
  readonly attempts: number;
  readonly due_at: string;
}

/** Everything one step of a session changes, all or nothing. */
export interface Commit {
  readonly session: string;
  /** The last sequence number the writer knew. */
  readonly after: number;
  readonly events: readonly (Numbered & { readonly json: string })[];
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
  readonly outbox?: readonly Omit<OutboxItem, "attempts" | "due_at">[];
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
}

/**
 * `stale`: somebody else appended first. `short`: not enough stock. `spent`: not enough left in a budget. `status`: an
 * intent is not in that status.
 */
export type Appended =
  | "appended"
  | "stale"
  | "status"
  | { readonly short: string }
  | { readonly spent: string };

/**
 * Where sessions live. Every promise that resolves after a write MUST mean it is on disk (fsync). `append` MUST be
 * atomic and MUST refuse when `after` is not the session's last number. Reads MUST see every acknowledged write. A
 * failed write MUST reject every promise that waited on it.
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
export interface Store {
  /** Names this history; changes only when history was lost (a backup was restored). */
  readonly epoch: string;
  open(session: SessionRecord, opened: Numbered & { readonly json: string }): Promise<void>;
  session(id: string): Promise<SessionRecord | null>;
  append(commit: Commit): Promise<Appended>;
  /** Events after `after`, at most `limit`, in order, as stored text. */
  read(session: string, after: number, limit: number): Promise<readonly { seq: number; json: string }[]>;
  turns(session: string): Promise<readonly TurnRecord[]>;
  /** Questions put to a model, in order, with the message event they were put for. */
  calls(session: string): Promise<readonly { readonly message: number; readonly call: Call }[]>;
  /** Sessions, newest first, for staff and tools. */
  sessions(limit: number): Promise<readonly (SessionRecord & { readonly last_seq: number })[]>;
  /** Keeps a vendor's files as text under their digest, so that past turns can be decided again. MAY be repeated. */
  keepPolicy(digest: string, text: string): Promise<void>;
  policy(digest: string): Promise<string | null>;
  intent(id: string): Promise<IntentRecord | null>;
  /**
   * Orders that are `pending` or `approval_pending` though their intent's `expires_at` is `now` or earlier, by that and
   * then by id, from behind `after` on (null: from the first), at most `limit`. MUST NOT look at orders that were answered.
   */
  overdue(now: string, after: Overdue | null, limit: number): Promise<readonly Overdue[]>;
  /** Minor units of each account that are spent, or that sessions other than the viewer's hold. */
  used(accounts: readonly string[], viewer: Viewer): Promise<Readonly<Record<string, number>>>;
  due(now: string, limit: number): Promise<readonly OutboxItem[]>;
  delivered(id: string): Promise<void>;
  failed(id: string, due_at: string | null, error: string): Promise<void>;
  /** Rejects when the store cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
