import type { Filters, Found, Lookup } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import type { Catalogue } from "../../ports/catalogue.ts";
import type { Search, Viewer } from "../../ports/search.ts";
import type { Candidate } from "./best.ts";
import type { Hits } from "./hits.ts";

/** The typed store beside an engine that only finds: conditions, prices and stock are judged by it, as they are now. */
export interface Facts {
  /** Those of the products that are live, sold in the currency and meet the conditions, in no certain order. */
  meeting(
    skus: readonly string[],
    currency: Currency,
    filters: Filters,
  ): Promise<readonly (Candidate & { readonly sku: string })[]>;
  /** Nothing but conditions: what can be had first, then the cheapest. */
  browsed(currency: Currency, filters: Filters, limit: number): Promise<readonly number[]>;
  found(lookup: Extract<Lookup, { kind: "search" }>, hits: Hits, viewer?: Viewer): Promise<Found>;
  close(): Promise<void>;
}

/** Where products are found by words: the search to use, and what has to be told of every load beside the store. */
export interface Finding {
  readonly search: Search;
  readonly catalogue: Catalogue;
}
