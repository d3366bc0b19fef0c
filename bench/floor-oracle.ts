import type { Known } from "../src/domain/evidence.ts";
import type { Limits } from "../src/domain/limits.ts";
import type { Offer } from "../src/domain/offer.ts";
import type { ShipTo } from "../src/domain/order.ts";
import type { Vendor } from "../src/domain/vendor.ts";
import {
  costOf,
  KINDS,
  kept,
  leastOf,
  MOST,
  part,
  ruleAt,
  type Secrets,
  type Weighable,
} from "./floor-least.ts";

/**
 * What an offer brings, the sums, the discounts and the tax of a place worked out a second time from the documents alone,
 * in whole numbers small enough to be exact: nothing here is shared with the core that it judges.
 */
export interface Weighed {
  /** Kept of the goods, less what the terms and gifts cost beyond what is charged for them. */
  readonly net: number;
  /** What it must bring: the sum of the unit floors. */
  readonly floor: number;
  /** The same for the limits drawn above them, at which bargaining ends. */
  readonly limit: number;
  /** The vendor's own publication: nothing is conceded, so that no floor applies. */
  readonly published: boolean;
}

export function weighed(offer: Weighable, secrets: Secrets): Weighed {
  const { lines, terms, totals } = offer;
  const { floor, limit } = leastOf(offer, secrets);
  const conceded =
    totals.discounts > 0 ||
    KINDS.some((kind) => terms[kind].fee < terms[kind].list_fee) ||
    lines.some((line) => line.gift || line.unit_price < line.list_price);
  return {
    ...{ floor, limit, published: !conceded && Number.isFinite(floor) },
    net: netAt(offer, totals.goods - totals.discounts, secrets.limits),
  };
}

/** What these terms and gifts leave when the goods, less discounts, cost `after`. */
export function netAt({ currency, lines, terms, tax }: Weighable, after: number, limits: Limits): number {
  let net = kept(tax, after);
  for (const kind of KINDS) {
    const { id, fee } = terms[kind];
    net -= Math.max(0, costOf(limits.term_costs[kind][id], after, currency) - kept(tax, fee));
  }
  for (const line of lines) {
    if (!line.gift) continue;
    const gift = limits.gifts.find(({ sku }) => sku === line.sku)?.cost[currency];
    net -= (gift ?? Number.POSITIVE_INFINITY) * line.quantity;
  }
  return net;
}

/** Whether it brings hardly more than the limit. */
export function near({ net, limit }: Weighed): boolean {
  return net >= limit && (net - limit) * 100 <= limit;
}

/** What an offer's figures get wrong; null when every sum is exact. */
export function wrongSum({ lines, discounts, terms, tax, totals }: Offer): string | null {
  let goods = 0;
  for (const { sku, unit_price, list_price, quantity } of lines) {
    if (unit_price > list_price) return `${sku} costs more than its list price`;
    goods += unit_price * quantity;
  }
  let off = 0;
  for (const { amount } of discounts) off += amount;
  let fees = 0;
  for (const kind of KINDS) {
    const { fee, list_fee } = terms[kind];
    if (fee > list_fee) return `the ${kind} fee is above its list fee`;
    fees += fee;
  }
  const before = goods - off + fees;
  const whole = tax.treatment === "included" ? 10_000 + tax.rate_bp : 10_000;
  const due = tax.treatment === "exempt" ? 0 : part(before, tax.rate_bp, whole);
  const total = before + (tax.treatment === "added" ? due : 0);
  const right = { goods, discounts: off, fees, tax: due, total };
  for (const name of ["goods", "discounts", "fees", "tax", "total"] as const)
    if (totals[name] !== right[name]) return `${name} is ${totals[name]}, not ${right[name]}`;
  return tax.amount === due ? null : "the tax is said twice, differently";
}

/** What is due where the goods go, and what the way there costs beyond the usual. */
export function placeOf({ markets }: Vendor, currency: string, { country, region, postal_code }: ShipTo) {
  const market = markets.find((one) => one.country === country && one.currency === currency);
  if (!market) return null;
  const { treatment, rate_bp, regions } = market.tax;
  const there = region !== undefined && !elsewhere(region, postal_code);
  const rate = treatment === "exempt" ? 0 : ((there ? regions?.[region] : undefined) ?? rate_bp);
  const zone = market.zones?.find(({ postal_prefixes }) =>
    postal_prefixes.some((prefix) => postal_code?.startsWith(prefix)),
  );
  return { country, treatment, rate_bp: rate, zone: zone?.id ?? null };
}

/** Whether a postal code is of another state than the one that was told (USPS Publication 65, by its first two digits). */
function elsewhere(region: string, postal_code: string | undefined): boolean {
  const first = Number(postal_code?.slice(0, 2) ?? Number.NaN);
  return (
    (region === "CA" && (first < 90 || first > 96)) ||
    (region === "OR" && first !== 97 && !Number.isNaN(first))
  );
}

/** The most that may come off at list prices by one published discount or code; 0 when it does not apply. */
export function mostOff(
  { kind, id }: Offer["discounts"][number],
  { lines, currency, terms, discounts }: Offer,
  { products, limits, bundles, vendor, now }: Rules,
): number {
  const bought = lines.filter((line) => !line.gift);
  const list = (some: typeof bought) => some.reduce((sum, one) => sum + one.list_price * one.quantity, 0);
  switch (kind) {
    case "tier": {
      const own = bought.filter(({ sku }) => sku === id);
      const tiers = products.get(id)?.product.tiers ?? [];
      const bp = Math.max(
        0,
        ...tiers.filter(({ from }) => from <= (own[0]?.quantity ?? 0)).map((t) => t.off_bp),
      );
      return part(list(own), bp, 10_000);
    }
    case "bundle": {
      const parts = bundles.find((one) => one.id === id);
      const whole = parts?.lines.every((p) =>
        bought.some((b) => b.sku === p.sku && b.quantity >= p.quantity),
      );
      return parts && whole ? part(list(bought), parts.off_bp, 10_000) + bought.length : 0;
    }
    case "subscription": {
      const plan = vendor.terms.subscription.find((one) => one.id === id);
      return plan && terms.subscription?.id === id
        ? part(list(bought), plan.off_bp, 10_000) + bought.length
        : 0;
    }
    case "code": {
      const code = limits.codes.find((one) => one.code === id);
      if (!code || (code.from && code.from > now) || (code.until && code.until <= now)) return 0;
      const others = discounts.reduce((sum, one) => sum + (one.kind === "code" ? 0 : one.amount), 0);
      if (code.min_goods && list(bought) - others < (code.min_goods[currency] ?? MOST)) return 0;
      const meant = bought.filter(({ sku }) => {
        const known = products.get(sku);
        return (
          known &&
          (!code.match ||
            ruleAt({ ...limits, rules: [{ match: code.match, negotiable: true }] }, known) === 0)
        );
      });
      return part(list(meant), code.off_bp, 10_000) + bought.length;
    }
  }
}

export interface Rules {
  readonly products: ReadonlyMap<string, Known>;
  readonly limits: Limits;
  readonly bundles: readonly {
    id: string;
    off_bp: number;
    lines: readonly { sku: string; quantity: number }[];
  }[];
  readonly vendor: Vendor;
  readonly now: string;
}
