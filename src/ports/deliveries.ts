/** Something the vendor's system is told. */
export interface Notice {
  /** Stable over retries, and the same for every sink: receivers drop what they have seen. */
  readonly id: string;
  readonly topic: string;
  readonly body: string;
}

export interface OutboxItem extends Notice {
  /** Where it goes. Each sink has an item of its own, so that one that fails holds up and doubles nothing of another. */
  readonly sink: string;
  readonly attempts: number;
  readonly due_at: string;
}

/** How one sink stands: how many items wait for it, since when the earliest was due, how many were given up. */
export interface SinkState {
  readonly sink: string;
  readonly waiting: number;
  readonly dead: number;
  /** `due_at` of the earliest that waits. */
  readonly earliest: string | null;
  readonly disabled: { readonly at: string; readonly why: string } | null;
}

/** An item that was given up, and why. */
export type DeadLetter = OutboxItem & { readonly error: string };

/** What of a store delivers what the vendor's system is told (ports/store.ts has the rest, and what holds for all of it). */
export interface Deliveries {
  /**
   * What is due for a sink by `now`, earliest first, at most `limit`; MUST be out of everybody's reach until `until`, so
   * that two nodes do not deliver one item at once. Whoever dies with it loses no more than that time. MUST give nothing
   * while the sink is disabled.
   */
  lease(sink: string, now: string, limit: number, until: string): Promise<readonly OutboxItem[]>;
  delivered(id: string, sink: string): Promise<void>;
  /** To be tried again at `due_at`; null gives it up. At most 400 characters of `error` are kept. */
  failed(id: string, sink: string, due_at: string | null, error: string): Promise<void>;
  /** What was given up, by id and then by sink, from behind `after` on. */
  dead(after: Pick<OutboxItem, "id" | "sink"> | null, limit: number): Promise<readonly DeadLetter[]>;
  /** Makes what was given up (null: all of it), for every sink, due at `now`, as if never tried; how many that were. */
  revive(ids: readonly string[] | null, now: string): Promise<number>;
  /** Nothing is given out for the sink any more, by any node, until it is enabled. The first reason stays. */
  disable(sink: string, at: string, why: string): Promise<void>;
  enable(sink: string): Promise<void>;
  /** Every sink for which anything waits or was given up, or that is disabled, by name. */
  sinks(): Promise<readonly SinkState[]>;
}
