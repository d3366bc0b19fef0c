import type { ActOf } from "../../domain/act.ts";
import type { Proposal } from "../../domain/proposal.ts";
import { mustBeMade, openStandings } from "../binding.ts";
import { sendable } from "../earlier.ts";
import type { Input, Outcome } from "../input.ts";
import { pendingOffer } from "../readback.ts";
import { answerTo } from "./propose.ts";

/** No to an offer: when the price is why, a better one while rounds remain; when it is only put off, nothing is
 * asked; else the question what would help. */
export function reject(input: Input, act: ActOf<"reject">): Outcome {
  const { state, evidence } = input;
  mustBeMade(input, act.offer);
  const open = openStandings(input);
  const named = act.offer === undefined ? open.at(-1) : open.find((one) => one.offer.id === act.offer);
  if (!named) return { move: { act: "clarify", reasons: ["no_live_offer"], ask: "item" } };
  const { offer } = named;
  // Without its bundle looked up the order would be priced anew without it, and dearer.
  const whole = offer.discounts.every(
    (discount) => discount.kind !== "bundle" || evidence.bundles.some((bundle) => bundle.id === discount.id),
  );
  if (act.reason === "price_sensitivity" && whole && !offer.final && state.round < state.rounds) {
    const lower: Proposal = { lines: [], remove: [], terms: {}, codes: [], lower: true, counters: offer.id };
    return answerTo(input, lower);
  }
  // Who thinks it over or does not buy is not pressed for a price; what was offered stands as long as it says.
  if (act.reason === "timing_deferred") {
    const together = open.filter(({ seq }) => seq === named.seq).map((one) => one.offer);
    return { move: { act: "inform", offers: sendable(input, together) } };
  }
  // No to a read-back is seldom about the price: the address or the count may be wrong as well.
  if (act.reason === undefined && pendingOffer(input)?.id === offer.id)
    return { move: { act: "clarify", ask: "change" } };
  const over = offer.final || state.round >= state.rounds;
  return { move: { act: "clarify", reasons: over ? ["best_already"] : [], ask: over ? "item" : "price" } };
}
