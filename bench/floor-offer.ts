import { hashOf, type Offer } from "../src/domain/offer.ts";
import type { ShipTo } from "../src/domain/order.ts";
import { ruleAt } from "./floor-least.ts";
import { mostOff, placeOf, type Rules, wrongSum } from "./floor-oracle.ts";

interface Facts extends Rules {
  /** The same promise as an earlier offer's: made at the rules of then. */
  readonly again: boolean;
  readonly left: (sku: string) => number;
  /** Where the goods would go as things stand. */
  readonly ship_to: ShipTo;
}

/** What is wrong with a new offer beside its floor: sums, hash, tax of its place, discounts, gift, stock, list prices. */
export function offerProblem(offer: Offer, facts: Facts): string | null {
  // The dearest check by far: of every fourth offer, and again of all that are sold.
  if (offer.id.charCodeAt(3) % 4 === 0 && offer.hash !== hashOf(unsealed(offer)))
    return "the hash is not that of the offer";
  const sum = wrongSum(offer);
  if (sum || facts.again) return sum;
  const place = placeOf(facts.vendor, offer.currency, offer.ship_to);
  if (!place) return "offered where nothing is sold";
  if (place.treatment !== offer.tax.treatment || place.rate_bp !== offer.tax.rate_bp)
    return "another place's tax";
  return wrongLine(offer, facts) ?? wrongDiscount(offer, facts);
}

/** What an offer that had ended may not bring back: it is a promise of today, not of then. */
export function outdated(offer: Offer, facts: Facts): string | null {
  const { currency, lines, discounts, tax } = offer;
  const place = placeOf(facts.vendor, currency, facts.ship_to);
  const taxed = place?.rate_bp === tax.rate_bp && place.treatment === tax.treatment;
  if (!taxed || place.country !== offer.ship_to.country)
    return "made an offer again that had ended, for another place";
  for (const { sku, list_price, gift } of lines)
    if (!gift && facts.products.get(sku)?.product.price[currency] !== list_price)
      return `made an offer again that had ended, at an old list price of ${sku}`;
  const ended = discounts.find((one) => one.kind === "code" && mostOff(one, offer, facts) === 0);
  return ended ? `made an offer again that had ended, with ${ended.id}, which has ended too` : null;
}

function unsealed({ hash: _, ...rest }: Offer): Omit<Offer, "hash"> {
  return rest;
}

function wrongLine(offer: Offer, { products, limits, vendor, left }: Facts): string | null {
  const { lines, totals, currency, terms } = offer;
  for (const { sku, quantity, unit_price, list_price, gift } of lines) {
    const known = products.get(sku);
    if (!known?.live) return `offered ${sku}, which is withdrawn`;
    if (quantity > left(sku)) return `offered more ${sku} than there is`;
    if (list_price !== known.product.price[currency]) return `${sku} has another list price`;
    if (gift) {
      const least = limits.gifts.find((one) => one.sku === sku)?.min_goods[currency];
      const after = totals.goods - totals.discounts;
      if (least === undefined || after < least) return `gave ${sku} with goods of ${after}, not of ${least}`;
      continue;
    }
    if (quantity > vendor.max_quantity) return `offered more ${sku} than one order may hold`;
    if (unit_price < list_price && !limits.rules[ruleAt(limits, known)]?.negotiable)
      return `lowered the price of ${sku}, which is not negotiable`;
    const wanted = vendor.subscribable.some((category) => known.product.category.startsWith(category));
    if (terms.subscription && !wanted) return `${sku} cannot be subscribed to`;
  }
  return null;
}

function wrongDiscount(offer: Offer, facts: Facts): string | null {
  const { discounts } = offer;
  for (const one of discounts) {
    const most = mostOff(one, offer, facts);
    if (one.amount > most) return `the ${one.kind} ${one.id} takes off ${one.amount}, not at most ${most}`;
  }
  const codes = discounts.filter(({ kind }) => kind === "code");
  return codes.length > 1 ? "two codes at once" : null;
}
