import type { Shop } from "../src/arena/conversation.ts";
import type { Known } from "../src/domain/evidence.ts";
import type { Limits } from "../src/domain/limits.ts";
import type { Vendor } from "../src/domain/vendor.ts";
import type { Dice } from "./floor-dice.ts";

export type Change = "costs" | "prices" | "stock" | "terms";

const CURRENCIES = ["USD", "KRW"] as const;

/** The same worth in won, where a minor unit is worth about a tenth of a cent. */
export const money = (cents: number) => ({ USD: cents, KRW: cents * 13 });

/** The shop after one of its kinds of news; whether it can be sold by is for others to say. */
export function changedShop(before: Shop, what: Change, dice: Dice): Shop {
  switch (what) {
    case "costs":
      return { ...before, limits: costlier(before.limits, dice) };
    case "prices":
      return { ...before, products: repriced(before.products, dice) };
    case "stock":
      return { ...before, products: restocked(before.products, dice) };
    case "terms":
      return { ...before, vendor: otherTerms(before.vendor, dice) };
  }
}

/** What was earned yesterday may be lost today: floors and the costs of terms go up, at times down. */
function costlier(before: Limits, dice: Dice): Limits {
  const up = dice.chance(75);
  const bp = (value: number, most: number) =>
    Math.max(0, Math.min(9_990, value + (up ? 1 : -1) * dice.below(most)));
  const amounts = (before: Readonly<Record<string, number>>) => {
    const percent = up ? 100 + dice.below(60) : 60 + dice.below(40);
    return Object.fromEntries(Object.entries(before).map(([c, m]) => [c, Math.floor((m * percent) / 100)]));
  };
  const costs = (before: Limits["term_costs"]["delivery"]) =>
    Object.fromEntries(
      Object.entries(before).map(([id, c]) => [id, typeof c === "number" ? bp(c, 400) : amounts(c)]),
    );
  const { term_costs } = before;
  return {
    ...before,
    version: `${before.version}+`,
    rules: before.rules.map((rule) => ({
      ...rule,
      ...(rule.floor_bp === undefined ? {} : { floor_bp: bp(rule.floor_bp, 1_200) }),
      ...(rule.floor === undefined ? {} : { floor: amounts(rule.floor) }),
    })),
    term_costs: {
      delivery: costs(term_costs.delivery),
      warranty: costs(term_costs.warranty),
      payment: costs(term_costs.payment),
      returns: costs(term_costs.returns),
    },
    gifts: before.gifts.map((gift) => ({ ...gift, cost: amounts(gift.cost) })),
  };
}

function repriced(before: Shop["products"], dice: Dice): Shop["products"] {
  const after = new Map<string, Known>();
  for (const [sku, known] of before) {
    const percent = 85 + dice.below(40);
    const price = Object.fromEntries(
      CURRENCIES.map((c) => [c, Math.ceil(((known.product.price[c] ?? 1) * percent) / 100)]),
    );
    after.set(sku, { ...known, version: `${sku}-2`, product: { ...known.product, price } });
  }
  return after;
}

function restocked(before: Shop["products"], dice: Dice): Shop["products"] {
  const after = new Map<string, Known>();
  for (const [sku, known] of before)
    after.set(sku, { ...known, live: dice.chance(85), stock: dice.chance(60) ? dice.below(3) : known.stock });
  return after;
}

/** Other fees, another tax rate, and one way of delivery less. */
function otherTerms(before: Vendor, dice: Dice): Vendor {
  const { terms, markets } = before;
  const delivery = dice.chance(30) ? terms.delivery.slice(0, 1) : terms.delivery;
  return {
    ...before,
    markets: markets.map((market) => ({ ...market, tax: { ...market.tax, rate_bp: dice.below(2_500) } })),
    terms: {
      ...terms,
      delivery: delivery.map((option) => ({ ...option, fee: money(dice.below(3_000)) })),
      warranty: terms.warranty.map((option, i) => ({ ...option, fee_bp: i * dice.below(900) })),
    },
  };
}
