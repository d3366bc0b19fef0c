import type { TermKind } from "../domain/limits.ts";
import type { Discount, Offer } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import { built, type Lineage } from "./build.ts";
import { betterEarlier, lastWord, siblings, unsurpassed } from "./earlier.ts";
import { verdictOn } from "./guards.ts";
import { type Outcome, offerId } from "./input.ts";
import { type Choice, charged, choiceOf } from "./modes.ts";
import type { Order } from "./order.ts";
import type { Situation } from "./situation.ts";

/**
 * The answer to a request that names no price: prices as they stand, else list prices, with published discounts and
 * the terms wished for at their published fees. Needs no search, so a first proposal is out at once.
 */
export function publish(situation: Situation, final = false): Outcome {
  const { input, proposal, about } = situation;
  const { offer, reasons } = publishedOffer(situation, final);
  if (!offer)
    return { move: { act: "decline", reasons: [...situation.reasons, "terms_not_available"], proposal } };
  const { net, limit, floor } = verdictOn(offer, input.evidence.products, input);
  return {
    move: {
      ...{ act: final ? "final_offer" : "offer", proposal, choices: about.slice(0, 8) },
      offers: unsurpassed([offer, ...(final ? [] : siblings(situation, offer))]),
      reasons: [...situation.reasons, ...reasons],
      round: { n: Math.max(1, input.state.round), of: input.state.rounds },
    },
    why: { notes: ["published"], candidates: 1, net, limit, floor },
  };
}

/** The offer itself; one made before that is no worse for the buyer is said again instead. */
export function publishedOffer(
  situation: Situation,
  final: boolean,
): { offer: Offer | null; reasons: readonly MoveReason[] } {
  const { input, order, wishes, units, base } = situation;
  const lineage = { id: offerId(input, 0), base, final };
  const kept = situation.carries && base?.lines.some((line) => line.gift) ? order.gift : null;
  const offer =
    built(input, order, { units, choice: wishes.usual, gift: kept }, lineage) ?? bestLess(situation, lineage);
  if (offer) {
    const best = betterEarlier(situation, offer) ?? offer;
    return { offer: final ? lastWord(input, best) : best, reasons: [] };
  }
  const choice = choiceOf(order.modes, null) ?? wishes.usual;
  const list = order.lines.map((line) => line.list);
  return {
    offer: built(input, withoutDiscounts(order), { units: list, choice, gift: null }, lineage),
    reasons: ["terms_not_available"],
  };
}

/**
 * The cheapest that holds when all that was agreed and all that is published cannot be had at once: agreed prices without
 * a code or a volume step, list prices with them, fees given up or not.
 */
function bestLess(situation: Situation, lineage: Lineage): Offer | null {
  const { input, order, wishes, units } = situation;
  const list = order.lines.map((line) => line.list);
  const agreed = units.some((unit, i) => unit < (list[i] ?? unit));
  const orders = [order, without(order, ["code"]), without(order, ["code", "tier"]), withoutDiscounts(order)];
  let best: Offer | null = null;
  for (const one of orders.filter(({ off }, i) => orders.findIndex((same) => same.off === off) === i)) {
    for (const prices of agreed ? [units, list] : [list]) {
      for (const choice of [wishes.usual, allCharged(order, wishes.usual)]) {
        const offer = built(input, one, { units: prices, choice, gift: null }, lineage);
        if (offer && (!best || offer.totals.total < best.totals.total)) best = offer;
      }
    }
  }
  return best;
}

/** The order without discounts of these kinds: a code may hang on a budget that is spent. */
function without(order: Order, kinds: readonly Discount["kind"][]): Order {
  const discounts = order.discounts.filter(({ kind }) => !kinds.includes(kind));
  return { ...order, discounts, off: discounts.reduce((sum, { amount }) => sum + amount, 0) };
}

function withoutDiscounts(order: Order): Order {
  return { ...order, discounts: [], off: 0, offByLine: order.lines.map(() => 0) };
}

function allCharged({ modes }: Order, choice: Choice): Choice {
  const full = (issue: TermKind) => charged(modes[issue], choice[issue]);
  return {
    delivery: full("delivery"),
    warranty: full("warranty"),
    payment: full("payment"),
    returns: full("returns"),
  };
}
