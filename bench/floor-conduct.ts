import type { Offer } from "../src/domain/offer.ts";
import type { Move } from "../src/domain/reply.ts";
import type { Vendor } from "../src/domain/vendor.ts";
import { placeOf } from "./floor-oracle.ts";

/** What a counterpart may rely on in a new reply, by what it was sent before: offers in their order, oldest first. */
export interface Before {
  readonly vendor: Vendor;
  readonly now: string;
  readonly offers: readonly Offer[];
  /** Those of them that nothing has replaced. */
  readonly live: readonly Offer[];
  /** Whether it could be sold as it is now. */
  readonly good: (offer: Offer) => boolean;
}

/** Which promise about what was offered before a reply breaks; null when none. */
export function brokenPromise({ act, offers, reasons }: Move, before: Before): string | null {
  // An offer that is taken or stands open is said again as it is: what it would have been worse than is past.
  const fresh = (offer: Offer) => before.offers.every(({ id }) => id !== offer.id);
  const made = offers.filter((offer) => MADE.has(act) || fresh(offer));
  for (const offer of made) {
    const better = before.offers.find(
      (one) =>
        alike(one, offer, before.vendor) && one.totals.total < offer.totals.total && stands(one, before),
    );
    if (better) return `${offer.totals.total} for what is still offered at ${better.totals.total}`;
  }
  const [offer] = made;
  if (!offer || reasons.some((one) => SAID.has(one))) return null;
  const base = before.offers.find(({ id }) => id === offer.supersedes);
  // Of one that has ended nothing is promised.
  if (base && !stands(base, before)) return null;
  return dearer(offer, before) ?? (base && fresh(offer) ? lost(offer, base) : null);
}

/** Answers to what was asked for. */
const MADE: ReadonlySet<string> = new Set(["offer", "counter", "final_offer"]);
const SAID: ReadonlySet<string> = new Set(["price_changed", "offer_expired"]);

function stands(offer: Offer, { now, good }: Before): boolean {
  return offer.expires_at > now && good(offer);
}

/** The same goods on the same terms to the same place, and no more given with them. */
function alike(before: Offer, offer: Offer, vendor: Vendor): boolean {
  const [there, here] = [before, offer].map(({ currency, ship_to }) => placeOf(vendor, currency, ship_to));
  return (
    goodsIn(before) === goodsIn(offer) &&
    termsIn(before) === termsIn(offer) &&
    JSON.stringify(there) === JSON.stringify(here) &&
    offer.lines.every(({ gift, sku }) => !gift || before.lines.some((one) => one.gift && one.sku === sku))
  );
}

function goodsIn({ lines }: Offer): string {
  const goods = lines.filter(({ gift }) => !gift).map(({ sku, quantity }) => `${quantity} ${sku}`);
  return goods.sort().join();
}

function termsIn({ terms }: Offer): string {
  const { delivery, warranty, payment, returns, subscription } = terms;
  return [delivery.id, warranty.id, payment.id, returns.id, subscription?.id].join();
}

/** What costs more than in all that stood before and is still good: the same goods together, or one of others. */
function dearer(offer: Offer, before: Before): string | null {
  const stood = before.live.filter((one) => stands(one, before));
  const same = stood.filter((one) => goodsIn(one) === goodsIn(offer)).map(goodsFor);
  if (same.length > 0) {
    const most = Math.max(...same);
    return goodsFor(offer) > most ? `goods for ${goodsFor(offer)} after ${most}, without a word` : null;
  }
  for (const { sku, unit_price, gift } of offer.lines) {
    const prices = stood.flatMap(({ lines }) =>
      lines.flatMap((line) => (line.gift || line.sku !== sku ? [] : [line.unit_price])),
    );
    const most = Math.max(...prices);
    if (!gift && prices.length > 0 && unit_price > most)
      return `${sku} for ${unit_price} after ${most}, without a word`;
  }
  return null;
}

function goodsFor({ totals }: Offer): number {
  return totals.goods - totals.discounts;
}

/** What the offer it stands for gave, and it does not: a gift, a fee given up, a discount of the same goods. */
function lost(offer: Offer, base: Offer): string | null {
  const given = base.lines.find(({ gift }) => gift)?.sku;
  if (given && !offer.lines.some(({ gift, sku }) => gift && sku === given))
    return `no ${given}, without a word`;
  for (const kind of ["delivery", "warranty"] as const) {
    const [was, is] = [base.terms[kind], offer.terms[kind]];
    if (was.id === is.id && was.fee === 0 && was.list_fee > 0 && is.fee > 0)
      return `the ${kind} fee of ${is.fee} after none, without a word`;
  }
  const more = goodsIn(base) === goodsIn(offer) && goodsFor(offer) > goodsFor(base);
  return more ? `goods for ${goodsFor(offer)} after ${goodsFor(base)}, without a word` : null;
}
