import { BOUNDS } from "../domain/bounds.ts";
import type { Decision } from "../domain/decision.ts";
import type { EventOf } from "../domain/event.ts";
import { type Held, heldSince, waitingIn } from "../domain/held.ts";
import type { Offer } from "../domain/offer.ts";
import { fold } from "../domain/state.ts";
import { chargesOn } from "../negotiation/budget.ts";
import type { Input } from "../negotiation/input.ts";
import type { Commit, Hold } from "../ports/store.ts";

/**
 * What a reply does to the units and the money its session holds. The offer that is read back or waits for details is
 * held, else the latest final one, for `hold_minutes` from when its goods first came so far in this session, whether or
 * not they could be had then (domain/held.ts): neither talking on about it, nor a no and asking again, nor an offer
 * renewed holds it longer. A no, a yes, and leaving let go of it, and so does whatever puts another offer in its place.
 */
export function holdAfter(
  { binding, closes }: Pick<Decision, "binding" | "closes">,
  reply: EventOf<"reply">,
  input: Input,
): Pick<Commit, "hold"> {
  const { state, now } = input;
  const before = waitingIn(state, now);
  const ends = binding !== null || closes;
  const next = fold(state, { seq: input.seq, event: reply });
  const after = ends ? null : waitingIn(next, now);
  const refused = input.evidence.acts.some(({ act }) => act === "reject");
  const fresh = after && (after.offer.id !== before?.offer.id || (after.read && !before.read));
  if (fresh) return { hold: holdOf(after.offer, next.held, input) };
  return before && (!after || refused) ? { hold: null } : {};
}

function holdOf(offer: Offer, held: readonly Held[], input: Input): Hold | null {
  const since = heldSince(held, offer);
  const end = since === null ? 0 : Date.parse(since) + input.vendor.hold_minutes * 60_000;
  if (end <= Date.parse(input.now)) return null;
  const units = new Map<string, number>();
  for (const { sku, quantity } of offer.lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  const until = Math.min(end, Date.parse(offer.expires_at));
  return {
    until: new Date(until).toISOString(),
    units: [...units].map(([sku, quantity]) => ({ sku, quantity })),
    charges: chargesOn(input, offer),
    share_bp: BOUNDS.held_bp,
  };
}
