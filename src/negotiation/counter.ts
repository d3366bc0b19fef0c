import { BOUNDS } from "../domain/bounds.ts";
import type { Offer } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import { built } from "./build.ts";
import { choose, looksWide } from "./choose.ts";
import { betterEarlier, cheapestEarlier, siblings, unsurpassed } from "./earlier.ts";
import { offerId } from "./input.ts";
import { reductionOf } from "./order.ts";
import { publishedOffer } from "./published.ts";
import type { Situation } from "./situation.ts";
import { type Candidate, cheapest, type Space } from "./space.ts";
import type { Strategy } from "./strategies/strategy.ts";
import { namesLess } from "./theirs.ts";
import { type Range, valueAt } from "./utility.ts";

/**
 * What is offered instead of what they asked for: worth `utility` to the vendor, as dear to the counterpart as can be,
 * and never worse for it than an offer that still stands, which is then said again.
 */
export function counter(
  situation: Situation,
  space: Space,
  range: Range,
  utility: number,
  choice: Strategy["choice"],
  final: boolean,
): { offers: readonly Offer[]; reasons: readonly MoveReason[] } {
  const { input, order, base } = situation;
  const build = ({ units, choice, gift }: Candidate, index: number) =>
    built(
      input,
      order,
      { units, choice, gift: gift ? order.gift : null },
      { id: offerId(input, index), base, final },
    );
  const wide = choice === "liked" && looksWide(situation);
  const candidates = cheapest(space, valueAt(range, utility), wide);
  const { lead, others } = choose(situation, candidates, choice, wide);
  const fresh = lead && build(lead, 0);
  const kept = (fresh && (betterEarlier(situation, fresh) ?? fresh)) ?? cheapestEarlier(situation);
  const published = kept ? null : publishedOffer(situation, final);
  const lone = kept ?? published?.offer;
  if (!lone) return { offers: [], reasons: ["terms_not_available"] };
  const beside = others.flatMap((plan, i) => {
    const offer = build(plan, i + 1);
    return offer ? [betterEarlier(situation, offer) ?? offer] : [];
  });
  const said = (offer: Offer) => situation.earlier.some((one) => one.id === offer.id);
  const still = siblings(situation, lone);
  const offers = unsurpassed([...new Map([lone, ...beside, ...still].map((one) => [one.id, one])).values()]);
  const first = offers[0] ?? lone;
  const reasons = [...(published?.reasons ?? []), ...reasonsFor(situation, first, said(first), final)];
  return { offers: offers.slice(0, BOUNDS.offers), reasons };
}

/** An offer said again is the best there is only in the last round: before it, a later one may be better. */
function reasonsFor(situation: Situation, offer: Offer, repeated: boolean, final: boolean): MoveReason[] {
  const { wishes, proposal } = situation;
  const reasons: MoveReason[] = [];
  // Whoever asks for a share off before any offer hears no refusal with a price below the list.
  const asked = proposal.off_bp !== undefined && situation.base === null && reductionOf(offer) > 0;
  if (!asked && namesLess(situation, offer)) reasons.push("price_too_low");
  if (wishes.concession && !grants(situation, offer)) reasons.push("terms_not_available");
  if (repeated && reasons.length === 0) reasons.push(final ? "best_already" : "unchanged");
  return reasons;
}

/** Whether every fee or gift that was asked to be given up is given up in the offer. */
function grants({ wishes, proposal, order }: Situation, { terms, lines }: Offer): boolean {
  const free = (issue: "delivery" | "warranty") => !wishes.wanted[issue].waived || terms[issue].fee === 0;
  const gift = proposal.terms.gift === undefined || order.gift === null || lines.some((line) => line.gift);
  return free("delivery") && free("warranty") && gift;
}
