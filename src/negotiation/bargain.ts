import type { Offer } from "../domain/offer.ts";
import { built } from "./build.ts";
import { counter } from "./counter.ts";
import { betterEarlier, inPlace } from "./earlier.ts";
import { verdictOn } from "./guards.ts";
import { type Outcome, offerId } from "./input.ts";
import { nextMove } from "./next-move.ts";
import { positionOf } from "./position.ts";
import type { Situation } from "./situation.ts";
import { spaceOf } from "./space.ts";
import { stanceOf } from "./stance.ts";
import { fixed } from "./strategies/fixed.ts";
import { strategyNamed } from "./strategies/index.ts";
import { goodsOf, theirAfter, theirUnits } from "./theirs.ts";
import { rangeOf } from "./utility.ts";

/**
 * The answer to a named price or a concession asked for: settle for it, or counter with what this round aims at.
 * What they have once proposed themselves they can have; nothing is sold for less than that.
 */
export function bargain(situation: Situation): Outcome {
  const { input, order, wishes, proposal } = situation;
  const { state, limits } = input;
  const stance = stanceOf(limits, order.lines, state.party.kind);
  const strategy = strategyNamed(stance.strategy) ?? fixed;
  const range = rangeOf(order);
  const space = spaceOf(order, wishes.wanted);
  const position = positionOf(situation, stance, range, space);
  const { round, rounds, received } = position;
  const final = round >= rounds;

  const theirs = received.at(-1) ?? null;
  const { target, next, accepts } = nextMove(strategy, position);
  const met = accepts(next) ? settled(situation, final) : null;
  const answer = met
    ? { offers: [met], reasons: [] }
    : counter(situation, space, range, next, strategy.choice, final);
  const offers = inPlace(input, answer.offers, final);
  const [offer] = offers;
  const verdict = offer ? verdictOn(offer, input.evidence.products, input) : null;
  return {
    move: {
      act: offer === undefined ? "decline" : final ? "final_offer" : met ? "offer" : "counter",
      reasons: [...situation.reasons, ...answer.reasons],
      ...{ proposal, offers: [...offers], choices: situation.about.slice(0, 8) },
      round: { n: round, of: rounds },
    },
    why: {
      ...{ strategy: stance.strategy, candidates: space.size, notes: [met ? "met" : "countered"] },
      ...(verdict ? { net: verdict.net, limit: verdict.limit, floor: verdict.floor } : {}),
      ...{ round, target: Math.floor(target / 1_000) },
      ...(theirs === null ? {} : { theirs: Math.floor(theirs / 1_000) }),
    },
  };
}

/** Exactly what they ask for, as an offer they can take; or an earlier one that is better still. */
function settled(situation: Situation, final: boolean): Offer | null {
  const { input, order, wishes, proposal, base } = situation;
  const after = theirAfter(situation, proposal) ?? goodsOf(order, situation.units) - order.off;
  const units = theirUnits(situation, after);
  if (!units || order.lines.some((line, i) => !line.negotiable && (units[i] ?? 0) < line.list)) return null;
  const gift = proposal.terms.gift === undefined ? null : order.gift;
  const offer = built(
    input,
    order,
    { units, choice: wishes.wanted, gift },
    { id: offerId(input, 0), base, final },
  );
  return offer && (betterEarlier(situation, offer) ?? offer);
}
