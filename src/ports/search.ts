import type { Versioned } from "../domain/entry.ts";
import type { Found, KnowledgeLookup } from "../domain/lookup.ts";
import type { Currency } from "../domain/money.ts";

/** Who asks, and when: stock that others hold at that instant is not free to it, its own is. */
export interface Viewer {
  readonly session: string;
  /** RFC 3339 in UTC. */
  readonly now: string;
}

/**
 * The vendor's knowledge base, read side. MUST answer from one vendor's entries only. MUST give live entries only,
 * except for `products`, which gives a withdrawn product with `live: false`. MUST answer within `deadline_ms`,
 * with `partial: true` when it had to stop, look-ups by code too: what is absent then is not gone. MUST read stock at the
 * time of the call: on hand less what sessions other than the viewer's hold past its `now`, never below 0; without a
 * viewer, what is on hand. MUST NOT block the event loop for a search by words. MUST throw nothing for strange words: quotes, operators and control characters are text.
 */
export interface Search {
  find(lookup: KnowledgeLookup, deadline_ms: number, viewer?: Viewer): Promise<Found>;
  /** Entries at exactly these versions, live or not, for deciding a past turn again. MUST throw when one is gone. */
  recall(refs: readonly (readonly [id: string, version: string])[]): Promise<Versioned[]>;
  /** Counts for health and the discovery document. */
  census(): Promise<{ products: number; passages: number; voices: number; currencies: readonly Currency[] }>;
  close(): Promise<void>;
}
