import type { Limits } from "../domain/limits.ts";
import type { Amount, Currency } from "../domain/money.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Finding } from "../negotiation/finding.ts";

/**
 * What each file alone cannot show: options without a cost, currencies without a price, names that nothing bears.
 * A session in a currency that any of these lacks would fail in the middle.
 */
export function gapsIn(vendor: Vendor, limits: Limits): Finding[] {
  const currencies = [...new Set(vendor.markets.map((market) => market.currency))];
  return [
    ...optionGaps(vendor),
    ...feeGaps(vendor, currencies),
    ...marketGaps(vendor, currencies),
    ...costGaps(vendor, limits, currencies),
    ...limitGaps(limits, currencies),
    ...strayAmounts(vendor, limits, currencies),
  ];
}

const KINDS = ["delivery", "warranty", "payment", "returns"] as const;

function* optionGaps({ terms }: Vendor): Iterable<Finding> {
  for (const kind of [...KINDS, "subscription"] as const) {
    const ids = terms[kind].map((option) => option.id);
    yield* twice("vendor.yaml", ["terms", kind], "id", ids);
  }
}

function* twice(
  file: string,
  path: readonly string[],
  key: string,
  names: readonly string[],
): Iterable<Finding> {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const problem = `"${name}" is already taken; give each its own, or drop one`;
    yield { file, path: [...path, index, key], problem };
  }
}

function* feeGaps(vendor: Vendor, currencies: readonly Currency[]): Iterable<Finding> {
  const zones = new Map(
    vendor.markets.flatMap(({ zones, currency }) => (zones ?? []).map(({ id }) => [id, currency])),
  );
  for (const [index, option] of vendor.terms.delivery.entries()) {
    const path = ["terms", "delivery", index];
    yield* unpriced("vendor.yaml", [...path, "fee"], option.fee, currencies);
    for (const [zone, fee] of Object.entries(option.zone_fee ?? {})) {
      const currency = zones.get(zone);
      const at = [...path, "zone_fee", zone];
      if (currency !== undefined) yield* unpriced("vendor.yaml", at, fee, [currency], currencies);
      else
        yield {
          file: "vendor.yaml",
          path: at,
          problem: "no market has a zone of this id; name one under markets.zones",
        };
    }
  }
}

function* marketGaps(vendor: Vendor, currencies: readonly Currency[]): Iterable<Finding> {
  const file = "vendor.yaml";
  const places = vendor.markets.map(({ country, currency }) => `${country} in ${currency}`);
  yield* twice(file, ["markets"], "country", places);
  for (const currency of currencies) {
    const home = vendor.default_ship_to[currency];
    const path = ["default_ship_to", currency];
    if (home === undefined) yield { file, path, problem: `is missing; write ${currency}: { country: ... }` };
    else if (
      !vendor.markets.some((market) => market.country === home.country && market.currency === currency)
    ) {
      yield { file, path, problem: `no market sells to ${home.country} in ${currency}; add it to markets` };
    }
  }
  for (const [tier, { spend_per_day }] of Object.entries(vendor.access)) {
    if (spend_per_day) yield* unpriced(file, ["access", tier, "spend_per_day"], spend_per_day, currencies);
  }
  for (const currency of Object.keys(vendor.default_ship_to)) {
    if (currencies.includes(currency)) continue;
    yield {
      file,
      path: ["default_ship_to", currency],
      problem: `no market has this currency; remove it or add the market`,
    };
  }
}

function* costGaps(vendor: Vendor, limits: Limits, currencies: readonly Currency[]): Iterable<Finding> {
  const file = "limits.yaml";
  for (const kind of KINDS) {
    const costs = limits.term_costs[kind];
    for (const { id } of vendor.terms[kind]) {
      const cost = costs[id];
      const path = ["term_costs", kind, id];
      if (cost === undefined) {
        yield {
          file,
          path,
          problem: `is missing; say what this ${kind} option costs you an order, 0 when nothing`,
        };
      } else if (typeof cost !== "number") yield* unpriced(file, path, cost, currencies);
    }
    for (const id of Object.keys(costs)) {
      if (vendor.terms[kind].some((option) => option.id === id)) continue;
      yield { file, path: ["term_costs", kind, id], problem: `vendor.yaml has no ${kind} option of this id` };
    }
  }
}

function* limitGaps(limits: Limits, currencies: readonly Currency[]): Iterable<Finding> {
  const file = "limits.yaml";
  // Which currencies a floor in money needs, the products it is for decide (limits-goods.ts).
  for (const [index, rule] of limits.rules.entries()) {
    const needed = rule.floor
      ? currencies.filter((currency) => rule.floor?.[currency] !== undefined)
      : currencies;
    if (rule.cost) yield* unpriced(file, ["rules", index, "cost"], rule.cost, needed, currencies);
  }
  const last = limits.rules.length - 1;
  if (Object.values(limits.rules[last]?.match ?? {}).some((value) => value !== undefined)) {
    yield {
      file,
      path: ["rules", last, "match"],
      problem: "the last rule must match everything; write match: {}",
    };
  }
  for (const [index, code] of limits.codes.entries()) {
    if (code.min_goods) yield* unpriced(file, ["codes", index, "min_goods"], code.min_goods, currencies);
  }
  for (const [index, gift] of limits.gifts.entries()) {
    yield* unpriced(file, ["gifts", index, "min_goods"], gift.min_goods, currencies);
    yield* unpriced(file, ["gifts", index, "cost"], gift.cost, currencies);
  }
  for (const [index, budget] of limits.budgets.entries()) {
    yield* unpriced(file, ["budgets", index, "amount"], budget.amount, currencies);
  }
  yield* unpriced(file, ["approval_above"], limits.approval_above, currencies);
  for (const [tier, above] of Object.entries(limits.approval_above_by_tier))
    yield* unpriced(file, ["approval_above_by_tier", tier], above, currencies);
  const codes = limits.codes.map(({ code }) => code.toUpperCase());
  yield* twice(file, ["codes"], "code", codes);
  yield* twice(
    file,
    ["gifts"],
    "sku",
    limits.gifts.map(({ sku }) => sku),
  );
  yield* twice(
    file,
    ["budgets"],
    "id",
    limits.budgets.map(({ id }) => id),
  );
}

/** An amount in a currency no market has is most likely one that was meant for another. */
function* strayAmounts(vendor: Vendor, limits: Limits, currencies: readonly Currency[]): Iterable<Finding> {
  for (const [file, path, amounts] of [...feesIn(vendor), ...amountsIn(limits)]) {
    for (const currency of Object.keys(amounts)) {
      if (currencies.includes(currency)) continue;
      const problem = `no market sells in ${currency}, only in ${currencies.join(", ")}; remove it or add the market`;
      yield { file, path: [...path, currency], problem, odd: true };
    }
  }
  const prized = Object.keys(limits.acquisition_value).length > 0;
  for (const currency of prized ? currencies : []) {
    if (limits.acquisition_value[currency] !== undefined) continue;
    const problem = "is missing and counts as nothing; write 0 if that is meant";
    yield { file: "limits.yaml", path: ["acquisition_value", currency], problem, odd: true };
  }
}

/** Where money stands in a file, and by currency how much. */
type Money = readonly [string, readonly (string | number)[], Readonly<Record<Currency, Amount>>];

function* feesIn({ terms }: Vendor): Iterable<Money> {
  const file = "vendor.yaml";
  for (const [i, { fee, free_from, zone_fee }] of terms.delivery.entries()) {
    const path = ["terms", "delivery", i];
    yield [file, [...path, "fee"], fee];
    if (free_from) yield [file, [...path, "free_from"], free_from];
    for (const [zone, more] of Object.entries(zone_fee ?? {}))
      yield [file, [...path, "zone_fee", zone], more];
  }
}

function* amountsIn(limits: Limits): Iterable<Money> {
  const file = "limits.yaml";
  for (const [i, { floor, cost }] of limits.rules.entries()) {
    if (floor) yield [file, ["rules", i, "floor"], floor];
    if (cost) yield [file, ["rules", i, "cost"], cost];
  }
  for (const kind of KINDS) {
    for (const [id, cost] of Object.entries(limits.term_costs[kind]))
      if (typeof cost !== "number") yield [file, ["term_costs", kind, id], cost];
  }
  yield [file, ["acquisition_value"], limits.acquisition_value];
  for (const [i, { min_goods }] of limits.codes.entries())
    if (min_goods) yield [file, ["codes", i, "min_goods"], min_goods];
  for (const [i, { min_goods, cost }] of limits.gifts.entries()) {
    yield [file, ["gifts", i, "min_goods"], min_goods];
    yield [file, ["gifts", i, "cost"], cost];
  }
  for (const [i, { amount }] of limits.budgets.entries()) yield [file, ["budgets", i, "amount"], amount];
  yield [file, ["approval_above"], limits.approval_above];
  for (const [tier, above] of Object.entries(limits.approval_above_by_tier))
    yield [file, ["approval_above_by_tier", tier], above];
}

function* unpriced(
  file: string,
  path: readonly (string | number)[],
  amounts: Readonly<Record<Currency, Amount>>,
  currencies: readonly Currency[],
  sold: readonly Currency[] = currencies,
): Iterable<Finding> {
  // Where one is missing, another that nothing is sold in is what was written for it.
  const strays = Object.keys(amounts).filter((currency) => !sold.includes(currency));
  const instead = strays.length > 0 ? `, none in ${strays.join(", ")}` : "";
  for (const currency of currencies) {
    if (amounts[currency] !== undefined) continue;
    yield { file, path: [...path, currency], problem: `is missing; a market sells in ${currency}${instead}` };
  }
}
