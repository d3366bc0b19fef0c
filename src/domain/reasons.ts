import type { Move } from "./reply.ts";

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
  /** The utility aimed at this round and that of the counterpart's proposal, in thousandths. */
  readonly target?: number;
  readonly theirs?: number;
}

/** SECRET. What an offer brought and what it had to bring when it was made, and in which round that was. */
export interface Weighed extends Required<Pick<Reasons, "net" | "limit">> {
  readonly round: number;
}

/** Notes what a reply's first offer was worth when it was made, by its id; said again, it stays as it was first noted. */
export function weigh(weighed: Map<string, Weighed>, { offers, round }: Move, { net, limit }: Reasons): void {
  const [offer] = offers;
  if (!offer || net === undefined || limit === undefined || weighed.has(offer.id)) return;
  weighed.set(offer.id, { round: round.n, net, limit });
}
