/** What stands open in a store: counts and instants (RFC 3339 in UTC), nothing that names anybody. */
export interface Counts {
  /** Orders that the vendor's system or its staff still have to answer, and when the first of them expires. */
  readonly pending: { readonly count: number; readonly expires_at: string | null };
  readonly approval_pending: { readonly count: number; readonly expires_at: string | null };
  /** Products held for sessions. */
  readonly holds: number;
  /** Deliveries: `due` now or overdue, `later` after one that failed, `dead` given up; `oldest` is when the first fell due. */
  readonly outbox: {
    readonly due: number;
    readonly later: number;
    readonly dead: number;
    readonly oldest: string | null;
  };
}

/** Looks over a store for whoever runs the gateway. MUST cost no more than what is open, however much was ever stored. */
export interface Census {
  count(now: string): Promise<Counts>;
}
