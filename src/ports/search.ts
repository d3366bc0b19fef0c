import type { Versioned } from "../domain/entry.ts";
import type { Found, Lookup } from "../domain/lookup.ts";
import type { Currency } from "../domain/money.ts";

/**
 * The vendor's knowledge base, read side. MUST answer from one vendor's entries only. MUST give live entries only,
 * except for `products`, which gives a withdrawn product with `live: false`. MUST answer within `deadline_ms`,
 * with `partial: true` when it had to stop. MUST read stock at the time of the call. MUST NOT block the event loop
 * for a search by words. MUST throw nothing for strange words: quotes, operators and control characters are text.
 */
export interface Search {
  find(lookup: Lookup, deadline_ms: number): Promise<Found>;
  /** Entries at exactly these versions, live or not, for deciding a past turn again. MUST throw when one is gone. */
  recall(refs: readonly (readonly [id: string, version: string])[]): Promise<Versioned[]>;
  /** Counts for health and the discovery document. */
  census(): Promise<{ products: number; passages: number; voices: number; currencies: readonly Currency[] }>;
  close(): Promise<void>;
}
