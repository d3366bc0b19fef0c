/** A question that was not answered as it should have been, as the log showed it; `text` is masked of personal data. */
export interface Lack {
  /** The message event that asked, and which of its questions, from 0. */
  readonly seq: number;
  readonly n: number;
  /** The group of questions it belongs to. */
  readonly gap: string;
  readonly at: string;
  /** The product it is about; null for the shop. */
  readonly sku: string | null;
  readonly lang: string;
  readonly why: string;
  /** Highest all-in total that was on the table in its session, in minor units; null where there was no offer. */
  readonly value: number | null;
  readonly currency: string;
  readonly text: string;
}

/** What one session came to when event `seq` was its last, as `version` of the reading made it; `figures` is JSON. */
export interface Looked {
  readonly session: string;
  readonly version: number;
  readonly seq: number;
  readonly opened_at: string;
  readonly figures: string;
  readonly lacks: readonly Lack[];
}

/** Lacks of one group in one currency: how often, in how many sessions, and those sessions' values together. */
export interface LackGroup {
  readonly gap: string;
  readonly sku: string | null;
  readonly currency: string;
  readonly times: number;
  readonly sessions: number;
  readonly value: number | null;
  readonly last_at: string;
}

/** What staff made of a gap, as JSON; `revision` counts its changes from 1. */
export interface Handled {
  readonly gap: string;
  readonly revision: number;
  readonly body: string;
}

/**
 * What stored sessions came to, a row for each: made from the log alone, so that it can be thrown away and made again. An
 * erased or forgotten session MUST have none, in the same commit that erases it, and `put` MUST refuse it from then on,
 * whatever was read before.
 */
export interface Hindsight {
  /**
   * Of the next `limit` sessions by id behind `after` (null: from the first) those that were never looked at, not by this
   * version, or have said more since. `next` is what to ask after for more, null at the end.
   */
  behind(
    version: number,
    after: string | null,
    limit: number,
  ): Promise<{ readonly sessions: readonly string[]; readonly next: string | null }>;
  /** In the stead of what was there; false for a session that was erased or is not there. */
  put(looked: Looked): Promise<boolean>;
  /** Sessions opened from `from` on and before `to`, by that instant and then by id, behind `after`, at most `limit`. */
  figures(
    span: { readonly from: string; readonly to: string },
    after: Pick<Looked, "opened_at" | "session"> | null,
    limit: number,
  ): Promise<readonly Omit<Looked, "lacks">[]>;
  /** All groups, of lacks in one language alone where one is named. */
  groups(lang: string | null): Promise<readonly LackGroup[]>;
  /** How often each group lacked for which reason. */
  whys(): Promise<readonly { readonly gap: string; readonly why: string; readonly times: number }[]>;
  /** The latest lacks of each of these groups, at most `limit` a group and language. */
  examples(gaps: readonly string[], limit: number): Promise<readonly (Lack & { readonly session: string })[]>;
  /** One text of each of the latest groups, about one product (null: the shop), whose id begins so. */
  exemplars(
    sku: string | null,
    prefix: string,
    limit: number,
  ): Promise<readonly Pick<Lack, "gap" | "text">[]>;
  handled(): Promise<readonly Handled[]>;
  /** Stores revision `handled.revision` where the one before it stands; false where somebody was quicker. */
  handle(handled: Handled): Promise<boolean>;
}
