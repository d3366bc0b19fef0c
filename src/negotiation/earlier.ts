import type { Offer, Tax } from "../domain/offer.ts";
import { openStandings } from "./binding.ts";
import { maySell } from "./budget.ts";
import { inForce } from "./discounts.ts";
import { type Input, offerId, offerIds, renewed, renumbered } from "./input.ts";
import { ISSUES } from "./modes.ts";
import { placeOf } from "./place.ts";
import type { Situation } from "./situation.ts";

type Deal = Pick<Offer, "lines" | "terms"> & { readonly totals: Pick<Offer["totals"], "total"> };

/**
 * Whether a buyer who may have `a` could only lose by `b`: it costs at least as much and no term of it is better.
 * Ways of delivery are matters of taste, so only equal ones compare.
 */
export function noBetter(b: Deal, a: Deal): boolean {
  return (
    a.totals.total <= b.totals.total &&
    a.terms.delivery.id === b.terms.delivery.id &&
    a.terms.warranty.months >= b.terms.warranty.months &&
    a.terms.payment.days >= b.terms.payment.days &&
    a.terms.returns.days >= b.terms.returns.days &&
    b.lines.every((line) => !line.gift || a.lines.some((one) => one.gift && one.sku === line.sku))
  );
}

/** Of offers side by side those that no other makes pointless, in their order; of two that are alike the first. */
export function unsurpassed(offers: readonly Offer[]): Offer[] {
  const surpassed = (one: Offer, i: number) =>
    offers.some((other, j) => i !== j && noBetter(one, other) && (i > j || !noBetter(other, one)));
  return offers.filter((one, i) => !surpassed(one, i));
}

/** An earlier offer still good that makes `offer` pointless: the cheapest, of those alike the latest. It is said again. */
export function betterEarlier({ earlier, input }: Situation, offer: Deal): Offer | null {
  let best: Offer | null = null;
  for (const one of earlier) {
    if (!noBetter(offer, one) || (best && best.totals.total < one.totals.total)) continue;
    if (maySell(input, one)) best = one;
  }
  return best;
}

/** The cheapest earlier offer whose options are those wished for, or one that gives as much for less. */
export function cheapestEarlier(situation: Situation): Offer | null {
  const { earlier, wishes, input } = situation;
  let best: Offer | null = null;
  for (const one of earlier) {
    const fits = ISSUES.every((issue) => one.terms[issue].id === wishes.usual[issue].id);
    if (!fits || (best && best.totals.total < one.totals.total)) continue;
    if (maySell(input, one)) best = one;
  }
  return best && (betterEarlier(situation, best) ?? best);
}

/** The same terms as a final offer: the very same offer while it is good, else one in its place. */
export function lastWord(input: Input, offer: Offer, index = 0): Offer {
  if (offer.final && offer.expires_at > input.now) return offer;
  return renewed(input, offer, offerId(input, index), true);
}

/**
 * The offers of one reply, those made for it numbered by their places: its reasons are about the first, and no two may come
 * to one number. With the last word, those made before are said as last words.
 */
export function inPlace(input: Input, offers: readonly Offer[], final: boolean): Offer[] {
  const ids = offerIds(input);
  return offers.map((one, i) => {
    const id = ids[i] ?? offerId(input, i);
    if (ids.includes(one.id)) return one.id === id ? one : renumbered(one, id);
    return final ? lastWord(input, one, i) : one;
  });
}

/** What came with an offer that is said again, to be said again with it: else it would lapse. */
export function siblings({ input, earlier }: Situation, first: Offer): Offer[] {
  if (earlier.every((one) => one.id !== first.id)) return [];
  const open = openStandings(input);
  const seq = open.find((one) => one.offer.id === first.id)?.seq;
  const others = open.filter((one) => one.seq === seq && one.offer.id !== first.id).map((one) => one.offer);
  return sendable(
    input,
    others.filter((one) => earlier.includes(one)),
  );
}

/** Never sends what the limits and budgets of now forbid, whatever was built or said before. */
export function sendable(input: Input, offers: readonly Offer[]): Offer[] {
  return offers.filter((offer) => maySell(input, offer));
}

/**
 * Whether an offer that has ended may be made again as it was: its list prices are those of today, its code still runs,
 * and it was worked out for the place spoken of now. A live offer is kept whatever has changed; one that has ended
 * promises nothing, and made again and again it would keep yesterday's prices for ever.
 */
export function repeatable({ evidence, limits, vendor, state, now }: Input, offer: Offer): boolean {
  const { lines, discounts, currency, tax } = offer;
  const then = placeOf(vendor, currency, offer.ship_to);
  const there = placeOf(vendor, currency, state.ship_to);
  const listed = lines.every(
    ({ sku, list_price, gift }) => gift || evidence.products.get(sku)?.product.price[currency] === list_price,
  );
  const running = discounts.every(
    ({ kind, id }) => kind !== "code" || limits.codes.some((code) => code.code === id && inForce(code, now)),
  );
  const here =
    there !== null &&
    then?.zone === there.zone &&
    then.ship_to.country === there.ship_to.country &&
    sameTax(tax, there.tax);
  return listed && running && here;
}

function sameTax(a: Omit<Tax, "amount">, b: Omit<Tax, "amount">): boolean {
  return a.treatment === b.treatment && a.rate_bp === b.rate_bp && a.name === b.name;
}
