import type { Reading } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Binding } from "../domain/decision.ts";
import type { Draws } from "../domain/draws.ts";
import type { Evidence } from "../domain/evidence.ts";
import { derivedId } from "../domain/hash.ts";
import type { Limits } from "../domain/limits.ts";
import { type Offer, sealed } from "../domain/offer.ts";
import { once } from "../domain/once.ts";
import type { Reasons } from "../domain/reasons.ts";
import type { Move } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import type { Vendor } from "../domain/vendor.ts";

/** Why the reply of this number was decided as it was. */
export interface Decided {
  readonly reply: number;
  readonly reasons: Reasons;
}

/** Everything a decision depends on; the same input always gives the same decision. */
export interface Input {
  readonly state: State;
  readonly reading: Reading;
  /** The message was a typed act: what is wrong with it is a fault, not a polite answer. */
  readonly typed: boolean;
  readonly evidence: Evidence;
  readonly vendor: Vendor;
  readonly limits: Limits;
  /** Of these limits, drawn with the key of the turn. */
  readonly draws: Draws;
  /** What of each budget's account is spent or held by others; absent without budgets. */
  readonly used?: Readonly<Record<string, number>>;
  /** What this session's earlier replies were decided by; absent where that is not known. */
  readonly decided?: readonly Decided[];
  /** RFC 3339 in UTC. */
  readonly now: string;
  readonly session: string;
  /** The number the reply will have in the log. */
  readonly seq: number;
}

/** What one act's handler says; everything left out is filled in by `decide`. */
export interface Outcome {
  readonly move: Partial<Move> & Pick<Move, "act">;
  readonly why?: Partial<Reasons>;
  readonly binding?: Binding;
  readonly cancels?: readonly string[];
  readonly closes?: boolean;
}

/** The id of a reply's offer: the same reply always remakes the same ids. */
export function offerId(reply: Reply, index: number): string {
  return offerIds(reply)[index] ?? derivedId("of", reply.session, reply.seq, index);
}

type Reply = Pick<Input, "session" | "seq">;

/** Of all offers a reply may have: they are asked for wherever one is built, told apart or numbered. */
export const offerIds = once(({ session, seq }: Reply): readonly string[] =>
  Array.from({ length: BOUNDS.offers }, (_, index) => derivedId("of", session, seq, index)),
);

/** When an offer made at `now` ends. */
export function expiryOf({ now, vendor }: Pick<Input, "now" | "vendor">): string {
  return new Date(Date.parse(now) + vendor.offer_minutes * 60_000).toISOString();
}

/** The same offer under another number. */
export function renumbered({ hash: _, ...rest }: Offer, id: string): Offer {
  return sealed({ ...rest, id });
}

/** The same promise made anew: a fresh id and expiry, in the place of the one it supersedes. */
export function renewed(input: Input, offer: Offer, id: string, final: boolean): Offer {
  const { hash: _, ...rest } = offer;
  return sealed({
    ...rest,
    id,
    revision: offer.revision + 1,
    supersedes: offer.id,
    negotiable: final ? [] : offer.negotiable,
    final,
    expires_at: expiryOf(input),
  });
}
