import type { Limits } from "../domain/limits.ts";
import type { Amount, Currency } from "../domain/money.ts";
import type { Vendor } from "../domain/vendor.ts";

/** Something that stands in one file of a vendor and is missing, or contradicted, in the other or elsewhere in it. */
export interface Gap {
  readonly file: "vendor.yaml" | "limits.yaml";
  /** Where to mend it; the last steps may not be there yet. */
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

/**
 * What each file alone cannot show: options without a cost, currencies without a price, names that nothing bears.
 * A session in a currency that any of these lacks would fail in the middle.
 */
export function gapsIn(vendor: Vendor, limits: Limits): Gap[] {
  const currencies = [...new Set(vendor.markets.map((market) => market.currency))];
  return [
    ...optionGaps(vendor),
    ...feeGaps(vendor, currencies),
    ...marketGaps(vendor, currencies),
    ...costGaps(vendor, limits, currencies),
    ...limitGaps(limits, currencies),
  ];
}

const KINDS = ["delivery", "warranty", "payment", "returns"] as const;

function* optionGaps({ terms }: Vendor): Iterable<Gap> {
  for (const kind of [...KINDS, "subscription"] as const) {
    const ids = terms[kind].map((option) => option.id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) === index) continue;
      yield {
        file: "vendor.yaml",
        path: ["terms", kind, index, "id"],
        problem: `"${id}" is already taken; give each option its own id`,
      };
    }
  }
}

function* feeGaps(vendor: Vendor, currencies: readonly Currency[]): Iterable<Gap> {
  const zones = new Map(
    vendor.markets.flatMap(({ zones, currency }) => (zones ?? []).map(({ id }) => [id, currency])),
  );
  for (const [index, option] of vendor.terms.delivery.entries()) {
    const path = ["terms", "delivery", index];
    yield* unpriced("vendor.yaml", [...path, "fee"], option.fee, currencies);
    for (const [zone, fee] of Object.entries(option.zone_fee ?? {})) {
      const currency = zones.get(zone);
      const at = [...path, "zone_fee", zone];
      if (currency !== undefined) yield* unpriced("vendor.yaml", at, fee, [currency]);
      else
        yield {
          file: "vendor.yaml",
          path: at,
          problem: "no market has a zone of this id; name one under markets.zones",
        };
    }
  }
}

function* marketGaps(vendor: Vendor, currencies: readonly Currency[]): Iterable<Gap> {
  const file = "vendor.yaml";
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
  for (const currency of Object.keys(vendor.default_ship_to)) {
    if (currencies.includes(currency)) continue;
    yield {
      file,
      path: ["default_ship_to", currency],
      problem: `no market has this currency; remove it or add the market`,
    };
  }
}

function* costGaps(vendor: Vendor, limits: Limits, currencies: readonly Currency[]): Iterable<Gap> {
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

function* limitGaps(limits: Limits, currencies: readonly Currency[]): Iterable<Gap> {
  const file = "limits.yaml";
  for (const [index, rule] of limits.rules.entries()) {
    if (rule.floor) yield* unpriced(file, ["rules", index, "floor"], rule.floor, currencies);
    if (rule.cost) yield* unpriced(file, ["rules", index, "cost"], rule.cost, currencies);
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
  yield* unpriced(file, ["approval_above"], limits.approval_above, currencies);
}

function* unpriced(
  file: Gap["file"],
  path: readonly (string | number)[],
  amounts: Readonly<Record<Currency, Amount>>,
  currencies: readonly Currency[],
): Iterable<Gap> {
  for (const currency of currencies) {
    if (amounts[currency] !== undefined) continue;
    yield { file, path: [...path, currency], problem: `is missing; a market sells in ${currency}` };
  }
}
