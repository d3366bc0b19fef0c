import type { Offer } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import { built } from "./build.ts";
import { betterEarlier } from "./earlier.ts";
import { verdictOn } from "./guards.ts";
import { type Outcome, offerId } from "./input.ts";
import { choiceOf } from "./modes.ts";
import type { Order } from "./order.ts";
import type { Situation } from "./situation.ts";

/**
 * The answer to a request that names no price: prices as they stand, else list prices, with published discounts and
 * the terms wished for at their published fees. Needs no search, so a first proposal is out at once.
 */
export function publish(situation: Situation): Outcome {
  const { input, proposal, about } = situation;
  const { offer, reasons } = publishedOffer(situation, false);
  if (!offer)
    return { move: { act: "decline", reasons: [...situation.reasons, "terms_not_available"], proposal } };
  const { net, limit, floor } = verdictOn(offer, input.evidence.products, input);
  return {
    move: {
      ...{ act: "offer", proposal, offers: [offer], choices: about.slice(0, 8) },
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
  const list = order.lines.map((line) => line.list);
  const bare: Order = { ...order, discounts: [], off: 0, offByLine: list.map(() => 0) };
  const kept = situation.carries && base?.lines.some((line) => line.gift) ? order.gift : null;
  const listed = choiceOf(order.modes, null) ?? wishes.usual;
  const wished = wishes.usual;
  const offer =
    built(input, order, { units, choice: wished, gift: kept }, lineage) ??
    built(input, order, { units, choice: charged(order, wished), gift: null }, lineage) ??
    built(input, order, { units: list, choice: wished, gift: null }, lineage) ??
    built(input, withoutCode(order), { units: list, choice: charged(order, wished), gift: null }, lineage) ??
    built(input, bare, { units: list, choice: charged(order, wished), gift: null }, lineage);
  if (offer) {
    return { offer: betterEarlier(situation, offer) ?? offer, reasons: [] };
  }
  return {
    offer: built(input, bare, { units: list, choice: listed, gift: null }, lineage),
    reasons: ["terms_not_available"],
  };
}

/** The order as everybody may have it: a code may hang on a budget that is spent. */
function withoutCode(order: Order): Order {
  const discounts = order.discounts.filter(({ kind }) => kind !== "code");
  return { ...order, discounts, off: discounts.reduce((sum, { amount }) => sum + amount, 0) };
}

function charged({ modes }: Order, choice: Order["usual"]): Order["usual"] {
  const full = <K extends keyof Order["usual"]>(issue: K) =>
    modes[issue].find((mode) => mode.id === choice[issue].id && !mode.waived) ?? choice[issue];
  return {
    delivery: full("delivery"),
    warranty: full("warranty"),
    payment: full("payment"),
    returns: full("returns"),
  };
}
