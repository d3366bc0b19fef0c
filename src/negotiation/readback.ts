import type { Offer } from "../domain/offer.ts";
import { isComplete, OrderDetails } from "../domain/order.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Move, MoveReason } from "../domain/reply.ts";
import { bound, detailsObstacle, detailsOf, openStandings, sellingObstacle, standingOf } from "./binding.ts";
import { repeatable } from "./earlier.ts";
import { type Input, type Outcome, offerId, renewed } from "./input.ts";
import { codeNotices, noticesOf } from "./notices.ts";
import { publish } from "./published.ts";
import { situationOf } from "./situation.ts";

/**
 * One step further with an offer that is to be taken by words: what is missing is asked for, one thing a reply; then
 * the offer is read back; what was read back and is confirmed is bound. The read-back stays pending all the while.
 */
export function proceed(input: Input, offer: Offer, confirmed: boolean): Outcome {
  const selling = sellingObstacle(input, offer);
  if (selling?.code === "below_limit") return repriced(input, offer, "offer_superseded");
  if (selling) {
    const reason = selling.code === "out_of_stock" ? "out_of_stock" : "product_withdrawn";
    return { move: { act: "decline", reasons: [reason] } };
  }
  const details = detailsOf(input);
  const obstacle = detailsObstacle(input, offer, details);
  if (obstacle?.code === "ship_to_changed") return repriced(input, offer, null);
  if (obstacle) {
    const partly = details.ship_to !== undefined && !isComplete(details.ship_to);
    const ask = details.ship_to && !partly ? "payer" : "ship_to";
    const reason = partly ? "address_incomplete" : "details_missing";
    return { move: { act: "clarify", reasons: [reason], ask, readback: named(offer) } };
  }
  return confirmed ? bound(input, offer) : readBack(input, offer);
}

/** The offer as it would be ordered: with where it goes and who pays, once both are known. */
export function readBack(input: Input, offer: Offer): Outcome {
  const details = OrderDetails.safeParse(detailsOf(input)).data;
  const readback = { ...named(offer), ...(details ? { details } : {}) };
  return { move: { act: "readback", offers: [offer], readback, ask: "confirm" } };
}

/** The read-back that waits for an answer, while its offer can still be taken. */
export function pendingOffer(input: Input): Offer | null {
  const { readback } = input.state;
  if (!readback) return null;
  const standing = openStandings(input).find(({ offer }) => offer.id === readback.offer);
  return standing && standing.offer.hash === readback.hash ? standing.offer : null;
}

/** Whether its words were heard to the end; what was not is said again before it binds. */
export function heard({ state }: Input, offer: Offer): boolean {
  return standingOf(state, offer.id)?.heard === true;
}

/** A reply about something else asks again what was open, so that a later yes is still an answer to it. */
export function keptPending(input: Input): Partial<Pick<Move, "readback" | "ask">> {
  const offer = pendingOffer(input);
  return offer ? { readback: named(offer), ask: input.state.ask ?? "confirm" } : {};
}

/** The same goods at today's limits and at the place now known, in the offer's stead. */
export function repriced(input: Input, offer: Offer, reason: MoveReason | null): Outcome {
  const lines = offer.lines.filter((line) => !line.gift).map(({ sku, quantity }) => ({ sku, quantity }));
  const proposal: Proposal = { lines, remove: [], terms: {}, codes: [], counters: offer.id };
  const situation = situationOf(input, proposal);
  const last = offer.final || input.state.round >= input.state.rounds;
  const outcome = "order" in situation ? publish(situation, last) : situation;
  const { move } = outcome;
  const [fresh] = move.offers ?? [];
  const round = { n: input.state.round, of: input.state.rounds };
  const codes = "order" in situation && fresh ? codeNotices(situation, fresh) : [];
  const notices = fresh ? [...noticesOf(input, offer, fresh), ...codes] : [];
  const reasons = [...(reason ? [reason] : []), ...notices, ...(move.reasons ?? [])];
  const shown = { ...move, proposal: null, round, reasons };
  if (!fresh || reason) return { ...outcome, move: shown };
  if (detailsObstacle(input, fresh, detailsOf(input))) return { ...outcome, move: shown };
  return { ...outcome, move: { ...shown, ...readBack(input, fresh).move } };
}

/** An expired offer made again on the same terms, or at today's where the old ones no longer hold. */
export function again(input: Input, offer: Offer): Outcome {
  if (sellingObstacle(input, offer) || !repeatable(input, offer))
    return repriced(input, offer, "offer_expired");
  const fresh = renewed(input, offer, offerId(input, 0), offer.final);
  const act = fresh.final ? "final_offer" : "offer";
  return { move: { act, reasons: ["offer_expired"], offers: [fresh] } };
}

function named({ id, hash }: Offer): NonNullable<Move["readback"]> {
  return { offer: id, hash };
}
