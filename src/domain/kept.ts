import { BOUNDS } from "./bounds.ts";
import type { Offer } from "./offer.ts";

/** What counts of an offer's standing here. */
interface Held {
  readonly offer: Pick<Offer, "expires_at">;
  readonly status: string;
}

/**
 * Of the offers made so far, oldest first, those a session goes on remembering at `now` (an RFC 3339 instant in UTC). What
 * can no longer be taken goes first, the least recent of it; an offer that stands goes only when there are too many such.
 */
export function kept<H extends Held>(standings: readonly H[], now: string): readonly H[] {
  let over = standings.length - BOUNDS.offers_kept;
  if (over <= 0) return standings;
  const left = standings.filter((one) => {
    const goes = over > 0 && !stands(one, now);
    if (goes) over -= 1;
    return !goes;
  });
  return left.slice(Math.max(0, over));
}

/** Whether an offer can still be taken. */
export function stands({ status, offer }: Held, now: string): boolean {
  return status === "live" && offer.expires_at > now;
}
