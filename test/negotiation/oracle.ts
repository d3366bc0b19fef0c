import type { Known } from "../../src/domain/evidence.ts";
import type { Limits } from "../../src/domain/limits.ts";
import type { Offer } from "../../src/domain/offer.ts";

/**
 * The floor and the totals worked out a second time, in exact integers and from the documents alone: nothing here is
 * shared with the core it judges.
 */
type Money = bigint;

const half = (numerator: Money, denominator: Money): Money =>
  (2n * numerator + denominator) / (2n * denominator);
const up = (numerator: Money, denominator: Money): Money => (numerator + denominator - 1n) / denominator;

function kept(offer: Offer, tag: Money): Money {
  const rate = BigInt(offer.tax.rate_bp);
  return offer.tax.treatment === "included" ? tag - half(tag * rate, 10_000n + rate) : tag;
}

function ruleOf(limits: Limits, { product }: Known) {
  const rule = limits.rules.find(({ match }) => {
    if (match.sku !== undefined && match.sku !== product.id) return false;
    if (match.brand !== undefined && match.brand !== product.brand) return false;
    const { category } = match;
    return category === undefined || `${product.category}/`.startsWith(`${category}/`);
  });
  if (!rule) throw new Error("no rule matches");
  return rule;
}

/** What the offer must bring and what it brings, by the widest reading of its burdens. */
export function floorOracle(offer: Offer, products: readonly Known[], limits: Limits) {
  const after = BigInt(offer.totals.goods) - BigInt(offer.totals.discounts);
  let net = kept(offer, after);
  let must = 0n;
  for (const kind of ["delivery", "warranty", "payment", "returns"] as const) {
    const cost = limits.term_costs[kind][offer.terms[kind].id];
    if (cost === undefined) throw new Error(`no cost for ${kind}`);
    const money =
      typeof cost === "number" ? half(after * BigInt(cost), 10_000n) : BigInt(cost[offer.currency] ?? 0);
    const lost = money - kept(offer, BigInt(offer.terms[kind].fee));
    if (lost > 0n) net -= lost;
  }
  for (const line of offer.lines) {
    const units = BigInt(line.quantity);
    if (line.gift) {
      const gift = limits.gifts.find(({ sku }) => sku === line.sku);
      net -= BigInt(gift?.cost[offer.currency] ?? Number.MAX_SAFE_INTEGER) * units;
      continue;
    }
    const known = products.find(({ product }) => product.id === line.sku);
    if (!known) throw new Error(`unknown ${line.sku}`);
    const rule = ruleOf(limits, known);
    const list = kept(offer, BigInt(line.list_price));
    const unit =
      rule.floor_bp === undefined
        ? BigInt(rule.floor?.[offer.currency] ?? Number(list))
        : up(list * BigInt(rule.floor_bp), 10_000n);
    must += unit * units;
  }
  const fees = [offer.terms.delivery, offer.terms.warranty, offer.terms.payment, offer.terms.returns];
  const published =
    offer.totals.discounts === 0 &&
    offer.lines.every((line) => !line.gift && line.unit_price === line.list_price) &&
    fees.every(({ fee, list_fee }) => fee === list_fee);
  return { net, must, published, holds: published || net >= must };
}

/** Problems with the figures of an offer; none when every sum is exact. */
export function sumsOracle(offer: Offer): string[] {
  const { totals, tax, terms } = offer;
  const goods = offer.lines.reduce((sum, line) => sum + BigInt(line.unit_price) * BigInt(line.quantity), 0n);
  const discounts = offer.discounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const fees = [terms.delivery, terms.warranty, terms.payment, terms.returns].reduce(
    (sum, { fee }) => sum + BigInt(fee),
    0n,
  );
  const before = goods - discounts + fees;
  const rate = BigInt(tax.rate_bp);
  const due = {
    included: half(before * rate, 10_000n + rate),
    added: half(before * rate, 10_000n),
    exempt: 0n,
  }[tax.treatment];
  const total = before + (tax.treatment === "added" ? due : 0n);
  const expected = { goods, discounts, fees, tax: due, total };
  const problems = Object.entries(expected).flatMap(([name, amount]) =>
    BigInt(totals[name as keyof typeof expected]) === amount
      ? []
      : [`${name}: ${totals[name as keyof typeof expected]}, not ${amount}`],
  );
  if (tax.amount !== totals.tax) problems.push("tax said twice, differently");
  for (const line of offer.lines)
    if (line.unit_price > line.list_price) problems.push(`${line.sku} above list`);
  for (const { fee, list_fee } of [terms.delivery, terms.warranty])
    if (fee > list_fee) problems.push("fee above list");
  return problems;
}
