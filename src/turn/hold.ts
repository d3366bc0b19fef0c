import { BOUNDS } from "../domain/bounds.ts";
import type { Decision } from "../domain/decision.ts";
import type { EventOf } from "../domain/event.ts";
import type { Offer } from "../domain/offer.ts";
import { fold, liveOffers, type State } from "../domain/state.ts";
import { chargesOn } from "../negotiation/budget.ts";
import type { Input } from "../negotiation/input.ts";
import type { Commit, Hold } from "../ports/store.ts";

/**
 * What a reply does to the units and the money its session holds. The offer that is read back or waits for details is
 * held, else the latest final one: from when it became so, for a time; talking on about it does not hold it longer. A no,
 * a yes, and leaving let go of it, and so does whatever puts another offer in its place.
 */
export function holdAfter(
  { binding, closes }: Pick<Decision, "binding" | "closes">,
  reply: EventOf<"reply">,
  input: Input,
): Pick<Commit, "hold"> {
  const { state, now } = input;
  const before = heldIn(state, now);
  const ends = binding !== null || closes;
  const after = ends ? null : heldIn(fold(state, { seq: input.seq, event: reply }), now);
  const refused = input.evidence.acts.some(({ act }) => act === "reject");
  const fresh = after && (after.offer.id !== before?.offer.id || (after.read && !before.read));
  if (fresh) return { hold: holdOf(after.offer, input) };
  return before && (!after || refused) ? { hold: null } : {};
}

function heldIn(state: State, now: string): { readonly offer: Offer; readonly read: boolean } | null {
  const live = liveOffers(state, now);
  const { readback } = state;
  const read = live.find(({ id, hash }) => id === readback?.offer && hash === readback.hash);
  const offer = read ?? live.findLast(({ final }) => final);
  return offer ? { offer, read: offer === read } : null;
}

function holdOf(offer: Offer, input: Input): Hold | null {
  const { hold_minutes } = input.vendor;
  if (hold_minutes === 0) return null;
  const units = new Map<string, number>();
  for (const { sku, quantity } of offer.lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  const until = Math.min(Date.parse(input.now) + hold_minutes * 60_000, Date.parse(offer.expires_at));
  return {
    until: new Date(until).toISOString(),
    units: [...units].map(([sku, quantity]) => ({ sku, quantity })),
    charges: chargesOn(input, offer),
    share_bp: BOUNDS.held_bp,
  };
}
