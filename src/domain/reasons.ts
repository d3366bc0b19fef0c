/**
 * SECRET. Why the core decided as it did, for staff, the log and the lab; never for the counterpart (law 3).
 * Amounts are minor units of the session's currency.
 */
export interface Reasons {
  readonly policy: string;
  readonly strategy: string;
  readonly notes: readonly string[];
  /** Candidate offers looked at. */
  readonly candidates: number;
  /** Net revenue below which nothing is sold, for the order as it stands, and what it is bargained down to (draws.ts). */
  readonly floor?: number;
  readonly limit?: number;
  /** Net revenue of the offer sent or taken. */
  readonly net?: number;
  /** The bargaining round that the reply counts as. */
  readonly round?: number;
  /** The utility aimed at this round and that of the counterpart's proposal, in thousandths. */
  readonly target?: number;
  readonly theirs?: number;
}
