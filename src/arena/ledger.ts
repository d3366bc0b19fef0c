import { NO_DRAWS } from "../domain/draws.ts";
import type { Product } from "../domain/entry.ts";
import { share } from "../domain/money.ts";
import type { Offer, Tax } from "../domain/offer.ts";
import { verdictOn } from "../negotiation/guards.ts";
import { keptOf } from "../negotiation/place.ts";
import { ruleFor, termCost, unitFloor } from "../negotiation/rules.ts";
import { ISSUES } from "./buyers/want.ts";
import type { Shop } from "./conversation.ts";

/** What one deal comes to for the vendor, in minor units free of tax. */
export interface Ledger {
  /** Goods after every discount, and fees. */
  readonly revenue: number;
  /** What the goods list at. */
  readonly list: number;
  /** Prices cut, discounts, fees waived and gifts at their cost: what was given away in all. */
  readonly given: number;
  /** Contribution margin: revenue less what goods, terms and gifts cost. */
  readonly margin: number;
  /** As offers are weighed (negotiation/utility.ts): revenue less what terms and gifts cost, with the two below. */
  readonly value: number;
  /** What committed renewals are worth, and what winning an order is worth beyond its margin: in no other figure. */
  readonly renewals: number;
  readonly acquisition: number;
  /** What the floor is held against, and the floor. */
  readonly net: number;
  readonly floor: number;
  /** Some goods state no cost: their floor was taken for it, so that the margin is what is left above it. */
  readonly uncosted: boolean;
}

export function ledgerOf(offer: Offer, { vendor, limits, products }: Shop): Ledger {
  const { currency, tax, totals, terms } = offer;
  const after = totals.goods - totals.discounts;
  let fees = 0;
  let waived = 0;
  let terms_cost = 0;
  for (const issue of ISSUES) {
    const { id, fee, list_fee } = terms[issue];
    fees += keptOf(tax, fee);
    waived += keptOf(tax, list_fee) - keptOf(tax, fee);
    terms_cost += termCost(limits, issue, id, currency, after) ?? 0;
  }
  let list = 0;
  let goods_cost = 0;
  let gifts = 0;
  let uncosted = false;
  for (const line of offer.lines) {
    const product = products.get(line.sku)?.product;
    if (line.gift) gifts += giftCost(limits, line.sku, currency) * line.quantity;
    else if (product) {
      list += keptOf(tax, line.list_price * line.quantity);
      const cost = unitCost(limits, product, line.list_price, tax, currency);
      uncosted ||= cost === null;
      goods_cost +=
        (cost ?? unitFloor(ruleFor(limits, product), line.list_price, tax, currency)) * line.quantity;
    }
  }
  const kept = keptOf(tax, after);
  const { net, floor } = verdictOn(offer, products, { vendor, limits, draws: NO_DRAWS });
  const months = terms.subscription ? terms.subscription.commitment - 1 : 0;
  const renewals = share(kept, limits.renewal_value_bp * months);
  const acquisition = limits.acquisition_value[currency] ?? 0;
  const earned = kept + fees - terms_cost - gifts;
  return {
    ...{ revenue: kept + fees, list, given: list - kept + waived + gifts, net, floor, uncosted },
    ...{ margin: earned - goods_cost, value: earned + renewals + acquisition, renewals, acquisition },
  };
}

/** What a unit costs the vendor; null where its limits do not say. */
function unitCost(
  limits: Shop["limits"],
  product: Product,
  list: number,
  tax: Tax,
  currency: string,
): number | null {
  const rule = ruleFor(limits, product);
  if (rule?.cost_bp !== undefined) return share(keptOf(tax, list), rule.cost_bp);
  return rule?.cost?.[currency] ?? null;
}

function giftCost({ gifts }: Shop["limits"], sku: string, currency: string): number {
  return gifts.find((gift) => gift.sku === sku)?.cost[currency] ?? 0;
}
