import { BOUNDS } from "../../domain/bounds.ts";
import type { Offer } from "../../domain/offer.ts";
import type { Proposal } from "../../domain/proposal.ts";
import { openStandings } from "../binding.ts";
import { sendable, unsurpassed } from "../earlier.ts";
import type { Input, Outcome } from "../input.ts";
import { ISSUES, modesOf } from "../modes.ts";
import { placeOf } from "../place.ts";
import { publishedOffer } from "../published.ts";
import { keptPending, pendingOffer } from "../readback.ts";
import { situationOf } from "../situation.ts";
import { answerTo } from "./propose.ts";

/**
 * What matters to them, and nothing asked for: no round is used up. What stands is said again, and beside it the same
 * goods with the most of what matters, at published fees. Without an offer that stands it is a plain request.
 */
export function tell(input: Input): Outcome {
  const { proposal } = input.evidence;
  if (!proposal) return { move: { act: "clarify", reasons: ["no_live_offer"], ask: "item" } };
  const pending = pendingOffer(input);
  if (pending) return { move: { act: "offer", offers: [pending], proposal, ...keptPending(input) } };
  const open = openStandings(input);
  const latest = open.filter((one) => one.seq === open.at(-1)?.seq).map((one) => one.offer);
  const stand = sendable(input, latest);
  const [first] = stand;
  if (!first) {
    const { move, ...rest } = answerTo(input, proposal);
    return { ...rest, move: { ...move, proposal } };
  }
  const last = first.final || input.state.round >= input.state.rounds;
  const more = last || stand.length === BOUNDS.offers ? null : withMore(input, proposal, first);
  const offers = unsurpassed([...stand, ...(more ? [more] : [])]);
  return { move: { act: last ? "final_offer" : "offer", offers, proposal } };
}

/** The offer with the most of what they care for first, where that is more than it has. One offer is all an ear holds. */
function withMore(input: Input, proposal: Proposal, offer: Offer): Offer | null {
  const { state, vendor, limits } = input;
  const place = placeOf(vendor, state.currency, state.ship_to);
  const issue = ISSUES.find((one) => proposal.priorities?.includes(one));
  if (!place || !issue || state.channel === "voice") return null;
  const modes = modesOf(vendor, limits, state.currency, place)[issue].filter((mode) => mode.id !== FETCHED);
  const has = modes.find((mode) => mode.id === offer.terms[issue].id);
  if (!has) return null;
  const best = modes.reduce((most, mode) => (mode.good > most.good ? mode : most), has);
  if (best.good <= has.good) return null;
  const wish = { ...proposal, lines: [], terms: { [issue]: { id: best.id } }, counters: offer.id };
  const situation = situationOf(input, wish);
  return "order" in situation ? publishedOffer(situation, false).offer : null;
}

/** To fetch goods oneself is no faster delivery. */
const FETCHED = "pickup";
