import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import { acceptable } from "./acceptance.ts";
import { built } from "./build.ts";
import { counter } from "./counter.ts";
import { betterEarlier } from "./earlier.ts";
import { lastWord } from "./exhausted.ts";
import { verdictOn } from "./guards.ts";
import { type Outcome, offerId } from "./input.ts";
import type { Situation } from "./situation.ts";
import { spaceOf } from "./space.ts";
import { fixed } from "./strategies/fixed.ts";
import { strategyNamed } from "./strategies/index.ts";
import { goodsOf, theirAfter, theirUnits } from "./theirs.ts";
import { type Range, rangeOf, utilityOf, WHOLE, worthOf } from "./utility.ts";

/**
 * The answer to a named price or a concession asked for: settle for it, or counter with what this round aims at.
 * What they have once proposed themselves they can have; nothing is sold for less than that.
 */
export function bargain(situation: Situation): Outcome {
  const { input, order, wishes, proposal } = situation;
  const { state, limits } = input;
  const round = Math.min(state.round + 1, state.rounds);
  const final = round >= state.rounds;
  const name = limits.strategy[state.party.kind];
  const moment = { round, rounds: state.rounds, objective: limits.objective };
  const strategy = strategyNamed(name) ?? fixed;
  const target = strategy.target(moment);

  const range = rangeOf(order);
  const received = receivedUtilities(situation, range);
  const theirs =
    proposal.lower && theirAfter(situation, proposal) === null
      ? null
      : theirUtility(situation, range, proposal);
  const offered = Math.max(-WHOLE, ...received);
  // The last round asks only what they once offered themselves (UOAgent, ANL 2024); before it, never less than that.
  const last = final && strategy.settles && offered >= 0;
  const next = last ? offered : Math.max(target, offered);
  const settles =
    theirs !== null &&
    (strategy.settles ? acceptable({ theirs, next, received, ...moment }) : theirs >= next);
  const met = settles ? settled(situation, final) : null;
  const space = spaceOf(order, wishes.wanted);
  const answer = met ? { offers: [met], reasons: [] } : counter(situation, space, range, next, final);
  const offers = final ? answer.offers.slice(0, 1).map((one) => lastWord(input, one)) : answer.offers;
  const [offer] = offers;
  const verdict = offer ? verdictOn(offer, input.evidence.products, limits) : null;
  return {
    move: {
      act: offer === undefined ? "decline" : final ? "final_offer" : met ? "offer" : "counter",
      reasons: [...situation.reasons, ...answer.reasons],
      ...{ proposal, offers: [...offers], choices: situation.about.slice(0, 8) },
      round: { n: round, of: state.rounds },
    },
    why: {
      ...{ strategy: name, candidates: space.size, notes: [met ? "met" : "countered"] },
      ...(verdict ? { net: verdict.net, floor: verdict.floor } : {}),
      target: Math.floor(target / 1_000),
      ...(theirs === null ? {} : { theirs: Math.floor(theirs / 1_000) }),
    },
  };
}

/** Exactly what they ask for, as an offer they can take; or an earlier one that is better still. */
function settled(situation: Situation, final: boolean): Offer | null {
  const { input, order, wishes, proposal, base } = situation;
  const after = theirAfter(situation, proposal) ?? goodsOf(order, situation.units) - order.off;
  const units = theirUnits(situation, proposal, after);
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

/** What a proposal would be worth, or null when it says nothing about a price or a concession for these goods. */
function theirUtility(situation: Situation, range: Range, proposal: Proposal): number | null {
  const { order, wishes, units } = situation;
  const named = theirAfter(situation, proposal);
  if (named === null && !(wishes.concession && proposal === situation.proposal)) return null;
  const after = Math.min(named ?? goodsOf(order, units) - order.off, order.list - order.off);
  const gift = proposal.terms.gift === undefined ? null : order.gift;
  return utilityOf(range, worthOf(order, after, wishes.wanted, gift));
}

/** Their earlier proposals for these very goods, as far as the floor allows any. */
function receivedUtilities(situation: Situation, range: Range): number[] {
  const { input, order } = situation;
  let goods = new Map<string, number>();
  return input.state.proposals.flatMap((proposal) => {
    goods = goodsAfter(goods, proposal);
    const unnamed = proposal.lines.length === 0;
    const same = order.lines.every(({ known, quantity }) => {
      const named = proposal.lines.find((one) => one.sku === known.product.id);
      return named
        ? (named.quantity ?? quantity) === quantity
        : unnamed && goods.get(known.product.id) === quantity;
    });
    const other = unnamed ? goods.size > order.lines.length : proposal.lines.length > order.lines.length;
    if (!same || other || proposal.remove.length > 0) return [];
    const utility = theirUtility(situation, range, proposal);
    return utility === null ? [] : [utility];
  });
}

/** What was on the table once a proposal was made: a total named for three things says nothing about two of them. */
function goodsAfter(before: Map<string, number>, { lines, remove, counters }: Proposal): Map<string, number> {
  const own = counters === undefined && lines.length > 0 && !lines.some(({ sku }) => before.has(sku));
  const goods = own ? new Map<string, number>() : new Map(before);
  for (const { sku, quantity } of lines) goods.set(sku, quantity ?? goods.get(sku) ?? 1);
  for (const sku of remove) goods.delete(sku);
  return goods;
}
