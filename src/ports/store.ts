import type { Numbered } from "../domain/event.ts";
import type { LookupRecord } from "../domain/lookup.ts";
import type { OrderStatus } from "../domain/order.ts";
import type { Call } from "../domain/question.ts";
import type { Reasons } from "../domain/reasons.ts";

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
  /** RFC 8785 text of the intent (unsigned while approval is pending). */
  readonly payload: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
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
  readonly take?: readonly { readonly sku: string; readonly quantity: number }[];
  readonly intents?: readonly IntentRecord[];
  /** Status changes of stored intents: refused unless the stored status is `from`. */
  readonly statuses?: readonly StatusChange[];
  readonly outbox?: readonly Omit<OutboxItem, "attempts" | "due_at">[];
  readonly at: string;
}

export interface StatusChange {
  readonly intent: string;
  readonly from: OrderStatus;
  readonly to: OrderStatus;
  /** The order will not be executed: its units go back to stock. */
  readonly gives_back: boolean;
  readonly jws?: string;
  readonly payload?: string;
}

/** `stale`: somebody else appended first. `short`: not enough stock. `status`: an intent is not in that status. */
export type Appended = "appended" | "stale" | "status" | { readonly short: string };

/**
 * Where sessions live. Every promise that resolves after a write MUST mean it is on disk (fsync). `append` MUST be
 * atomic, MUST refuse when `after` is not the session's last number, and MUST take stock only when enough is left.
 * Reads MUST see every acknowledged write. A failed write MUST reject every promise that waited on it.
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
  due(now: string, limit: number): Promise<readonly OutboxItem[]>;
  delivered(id: string): Promise<void>;
  failed(id: string, due_at: string | null, error: string): Promise<void>;
  /** Rejects when the store cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
