/** A session and the term that its latest claim gave. */
export type Claim = readonly [session: string, term: number];

/**
 * Who was claimed since a call before. MUST hold each claim that the call did not see, also one that was begun before it and
 * was durable only after; MAY hold some again. `next` MUST be given back as it is.
 */
export interface Claims {
  readonly claimed: readonly Claim[];
  readonly next: string;
}
