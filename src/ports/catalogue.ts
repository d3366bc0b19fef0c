import type { Entry } from "../domain/entry.ts";

/** What one load did. `withdrawn` counts entries of the same origin that it no longer had. */
export interface LoadReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
}

/**
 * The vendor's knowledge base, write side. Loading MUST be idempotent: the same entries twice change nothing.
 * Old versions MUST stay readable. A changed `stock` in an entry MUST set what is on hand; an unchanged entry MUST
 * NOT touch it. Writes MUST go in short transactions, so that a running gateway is not held up.
 */
export interface Catalogue {
  /** Begins a load of everything that comes from `origin` (a name of the vendor's choice, usually a path). */
  begin(origin: string): Promise<Load>;
}

export interface Load {
  put(entries: readonly Entry[]): Promise<void>;
  /** Withdraws what this origin had before and this load did not put, and makes all of it searchable. */
  finish(): Promise<LoadReport>;
  /** Ends a load that is not whole: what was put stays, nothing is withdrawn. */
  leave(): Promise<LoadReport>;
}
