/** Where a session stands among all, by when it last changed. */
export interface Latest {
  readonly id: string;
  /** RFC 3339 in UTC, as its last commit says. */
  readonly at: string;
  readonly seq: number;
}

/** That one of the vendor's staff holds a conversation, or that its counterpart waits for one. */
export interface Lease {
  readonly session: string;
  /** The event that gave it, and the fence: whatever is done under it names this number. */
  readonly seq: number;
  /** Empty while it is nobody's: somebody is waited for. */
  readonly operator: string;
  /** RFC 3339 in UTC: over at this instant unless it is renewed. */
  readonly until: string;
}

/** What staff tell the agent, and nobody else. */
export interface Note {
  /** Its sender's own: the same one again is the same note. */
  readonly id: string;
  readonly at: string;
  readonly by: string;
  /** The last event there was when it was written. */
  readonly seq: number;
  readonly text: string;
}

/**
 * What of a store vendor staff work with (ports/store.ts has the rest, and what holds for all of it). Leases are given and
 * ended by commits; notes and leases are a session's own and MUST go with it when it is erased or forgotten.
 */
export interface Staffing {
  /** Sessions that are not erased, the last changed first, then by id downwards, from behind `after` on (null: from the first). */
  latest(after: Pick<Latest, "at" | "id"> | null, limit: number): Promise<readonly Latest[]>;

  held(session: string): Promise<Lease | null>;
  /** Keeps a lease for longer; false, and nothing changed, unless it is that of event `seq`. MUST NOT need the session's fence. */
  renew(session: string, seq: number, until: string): Promise<boolean>;
  /** Leases that are over by `now`, by session, at most `limit`. */
  lapsed(now: string, limit: number): Promise<readonly Lease[]>;
  /** Leases of nobody's, by session, at most `limit`. */
  waits(limit: number): Promise<readonly Lease[]>;

  /** False when the session has a note of that id: nothing is changed then. */
  note(session: string, note: Note): Promise<boolean>;
  /** In the order they were kept. */
  notes(session: string): Promise<readonly Note[]>;

  /** Somebody watches until `until`, at whichever node; a later word replaces an earlier one of the same name. */
  attend(name: string, until: string): Promise<void>;
  /** Whether anybody does at `now`. */
  attended(now: string): Promise<boolean>;
}
