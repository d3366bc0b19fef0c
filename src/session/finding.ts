import type { Signer } from "../ports/signer.ts";
import type { Store } from "../ports/store.ts";

/** What can be wrong with what is stored; each says it of a session, most of an event. */
export type Breach =
  | "event_edited"
  | "chain_broken"
  | "event_missing"
  | "log_cut"
  | "session_missing"
  | "order_edited"
  | "order_missing"
  | "order_unbound"
  | "signature_broken"
  | "receipt_missing"
  | "receipt_broken"
  | "erasure_undone"
  | "checkpoint_broken"
  | "checkpoint_missing";

export interface Finding {
  readonly breach: Breach;
  /** Null where it is about the checkpoints themselves. */
  readonly session: string | null;
  readonly seq: number | null;
  /** What it means, in a sentence. */
  readonly says: string;
}

/** What an audit reads; it writes nothing. */
export interface AuditSources {
  readonly store: Store;
  /** Verify orders, and receipts of erasures. */
  readonly orders: Signer;
  readonly erasures: Signer;
}
