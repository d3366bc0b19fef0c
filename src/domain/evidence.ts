import type { Act } from "./act.ts";
import type { Bundle, Product } from "./entry.ts";
import type { Proposal } from "./proposal.ts";
import type { Answer, Card, Comparison } from "./reply.ts";

/** A product as this turn knows it: its entry at one version, whether it is live, what is free to sell. */
export interface Known {
  readonly product: Product;
  readonly version: string;
  readonly live: boolean;
  readonly stock: number;
}

/** An item that could not be pinned down: nothing was found, or several fit and the counterpart must choose. */
export interface Unresolved {
  readonly words: string;
  readonly choices: readonly Known[];
  /** The search behind it hit its deadline. */
  readonly partial: boolean;
}

/**
 * What knowledge hands to the core: the acts with items resolved, and what was found for them.
 * Everything is public except by omission: no limits, no costs.
 */
export interface Evidence {
  readonly acts: readonly Act[];
  readonly proposal: Proposal | null;
  /** The SKU an accept by words points at, when it names one. */
  readonly accepted_sku: string | null;
  readonly unresolved: readonly Unresolved[];
  readonly products: ReadonlyMap<string, Known>;
  readonly bundles: readonly Bundle[];
  readonly answers: readonly Answer[];
  readonly results: readonly Card[];
  /** Of two or more products that are compared. */
  readonly comparison?: Comparison | null;
  /** The search behind `results` found nothing that meets every condition; these are near. */
  readonly relaxed: boolean;
  readonly partial: boolean;
}
