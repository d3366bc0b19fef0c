import { MAX_AMOUNT } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { MoveReason } from "../domain/reply.ts";
import type { Standing } from "../domain/state.ts";
import { basketOf } from "./basket.ts";
import { nothingLost, standingUnits } from "./carried.ts";
import type { Input, Outcome } from "./input.ts";
import { ISSUES, modesOf } from "./modes.ts";
import { type Order, sameGoods } from "./order.ts";
import { type Place, placeOf, samePlace, taxOn } from "./place.ts";
import { orderOf } from "./prepare.ts";
import { afterFor } from "./utility.ts";
import { type Wishes, wishesOf } from "./wishes.ts";

/** One proposal against what stands: everything the ways of answering it have in common. */
export interface Situation {
  readonly input: Input;
  readonly proposal: Proposal;
  readonly order: Order;
  readonly wishes: Wishes;
  /** The offer that is countered, or that this order grew out of. */
  readonly base: Offer | null;
  /** Prices as they stand, line by line: those agreed in offers that carry over, else the list. */
  readonly units: readonly number[];
  /** What was bargained for in `base` still holds: the same goods and no fewer kinds of them. */
  readonly carries: boolean;
  /** Offers for the same goods to the same place that were made and have not expired, oldest first. */
  readonly earlier: readonly Offer[];
  readonly reasons: readonly MoveReason[];
  readonly about: readonly string[];
  /** The lines are not all as asked, so a total named for the whole says nothing. */
  readonly changed: boolean;
}

/** The situation, or the answer at once when nothing can be offered. */
export function situationOf(input: Input, asked: Proposal): Situation | Outcome {
  const { state, vendor, limits } = input;
  const place = placeOf(vendor, state.currency, state.ship_to);
  if (!place)
    return { move: { act: "decline", reasons: ["does_not_ship_there"], ask: "ship_to", proposal: asked } };
  const { base, stale } = baseOf(input, asked);
  const basket = basketOf(input, asked, base, place);
  if (basket.lines.length === 0) return nothingToOffer(asked, basket.reasons, basket.about);
  const carries = base !== null && base.expires_at > input.now && nothingLost(basket.lines, base);
  const modes = modesOf(vendor, limits, state.currency, place);
  const wished = wishesOf(modes, asked, base, carries);
  if (!wished) return { move: { act: "decline", reasons: ["terms_not_available"], proposal: asked } };
  const { order, reasons } = orderOf(input, basket.lines, place, modes, wished.usual, asked, base);
  const { wishes, proposal } = withFeesPaid(order, wished, asked);
  const units = standingUnits(input, order, carries ? base : null, wishes.usual);
  const unmet: MoveReason[] = wishes.unmet ? ["terms_not_available"] : [];
  return {
    ...{ input, proposal, order, wishes, base, units, carries },
    earlier: earlierFor(input, order, place),
    reasons: [...basket.reasons, ...reasons, ...unmet, ...stale],
    ...{ about: basket.about, changed: basket.changed },
  };
}

/**
 * "980,000 with assembly included": what is more than the goods list at, named as a total or for each of them, pays for fees
 * too, and nothing is waived. A fee given up as well would put the goods above their list price.
 */
function withFeesPaid(order: Order, wishes: Wishes, asked: Proposal): Pick<Situation, "wishes" | "proposal"> {
  const total = asked.total ?? totalForEach(order, wishes, asked);
  const paid = total !== undefined && afterFor(order, total, wishes.wanted) > order.list - order.off;
  if (!paid) return { wishes, proposal: asked };
  const concession = asked.terms.gift !== undefined;
  return { wishes: { ...wishes, wanted: wishes.usual, concession }, proposal: { ...asked, total } };
}

/** Prices named for each of the goods as one for everything, fees to be included among them; tax may come on top. */
function totalForEach(
  { lines, place }: Order,
  { usual, wanted }: Wishes,
  asked: Proposal,
): number | undefined {
  if (ISSUES.every((issue) => wanted[issue].waived === usual[issue].waived)) return undefined;
  let before = 0;
  for (const { known, quantity } of lines) {
    const each = asked.lines.find(({ sku }) => sku === known.product.id)?.unit_price;
    if (each === undefined) return undefined;
    before += each * quantity;
  }
  const total = before + (place.tax.treatment === "added" ? taxOn(place.tax, before) : 0);
  return Math.min(total, MAX_AMOUNT);
}

/**
 * The offer a proposal builds on: the one it counters, even when that has ended; else the first of the latest reply whose
 * goods it touches, or any when it names none. One that has ended counts only while nothing else was offered since, and one
 * whose goods were not looked up is no longer spoken of. A proposal for other goods starts an order of its own.
 */
function baseOf(
  { state, evidence, now }: Input,
  proposal: Proposal,
): { base: Offer | null; stale: MoveReason[] } {
  const open = ({ status }: Standing) => status === "live" || status === "rejected";
  const countered = state.standings.findLast((one) => one.offer.id === proposal.counters);
  if (countered && open(countered)) {
    const { offer } = countered;
    return { base: offer, stale: offer.expires_at > now ? [] : ["offer_expired"] };
  }
  const named = [...proposal.lines.map((line) => line.sku), ...proposal.remove];
  const about = new Set(named.length > 0 ? named : countered && goodsOf(countered));
  const latest = state.standings.at(-1)?.seq;
  const touched = (one: Standing) => {
    const goods = goodsOf(one);
    const known = goods.every((sku) => evidence.products.has(sku));
    const stands = open(one) && (one.offer.expires_at > now || one.seq === latest);
    return stands && known && (about.size === 0 || goods.some((sku) => about.has(sku)));
  };
  const last = state.standings.findLast(touched);
  const first = state.standings.find((one) => touched(one) && one.seq === last?.seq);
  return { base: first?.offer ?? null, stale: proposal.counters === undefined ? [] : ["offer_superseded"] };
}

function goodsOf({ offer }: Standing): string[] {
  return offer.lines.filter((line) => !line.gift).map(({ sku }) => sku);
}

function earlierFor({ state, vendor, now }: Input, order: Order, place: Place): Offer[] {
  const offers = new Map<string, Offer>();
  for (const { offer, status } of state.standings) {
    if (status === "accepted" || offer.expires_at <= now || offer.currency !== order.currency) continue;
    if ((offer.terms.subscription?.id ?? null) !== (order.subscription?.id ?? null)) continue;
    if (!sameGoods(order, offer)) continue;
    const there = placeOf(vendor, offer.currency, offer.ship_to);
    if (there && samePlace(there, place)) offers.set(offer.id, offer);
  }
  return [...offers.values()];
}

function nothingToOffer(
  proposal: Proposal,
  reasons: readonly MoveReason[],
  about: readonly string[],
): Outcome {
  if (reasons.length === 0) {
    return { move: { act: "clarify", reasons: ["no_live_offer"], ask: "item", proposal: null } };
  }
  return { move: { act: "decline", reasons: [...reasons], choices: about.slice(0, 8), proposal } };
}
