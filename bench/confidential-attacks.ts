import { seeded } from "../src/arena/random.ts";
import { keyedShare } from "../src/domain/hash.ts";
import { keptOf } from "../src/negotiation/place.ts";
import { unitLimit } from "../src/negotiation/rules.ts";
import type { Features } from "./confidential-features.ts";
import { guessed, ratio, rmse, rounded } from "./confidential-learn.ts";
import { PRICED, type Restated, SIBLINGS, type Stall, shopOf, TARGET } from "./confidential-shop.ts";

/** Restatements of one floor, and list prices over one floor, that an attacker has seen. */
const VERSIONS = 12;
const LISTED = [0.8, 0.9, 1.05, 1.1, 1];

/**
 * Attackers who have found not one limit but all that a vendor has, to the last minor unit: over the products of one
 * rule, twelve restatements of a floor, two currencies, five list prices over one floor in money. Each against one who
 * was told the one limit that holds now. The same attacks on simpler ways of drawing show that they are none to laugh at.
 */
export function several(stalls: readonly Stall[], conceal_bp: number) {
  const shares = stalls.map(({ floor_bp }) => floor_bp / 10_000);
  const floors = stalls.map(({ money, lists }) => (money.USD ?? 0) / (lists[PRICED]?.USD ?? 1));
  const of = (rowOf: (stall: Stall) => Features) => stalls.map(rowOf);
  const one = guessed(
    of((each) => [limitShare(each, TARGET, "USD", { conceal_bp })]),
    shares,
  );
  const oneInMoney = guessed(
    of((each) => [limitShare(each, PRICED, "USD", { conceal_bp })]),
    floors,
  );
  const against = (told: readonly number[], truth: readonly number[], rows: readonly Features[]) => {
    const guesses = guessed(rows, truth, [...(rows[0] ?? []).keys()]);
    return { rmse: rounded(rmse(guesses, truth)), to_told_one: ratio(guesses, told, truth) };
  };
  const part = conceal_bp / 10_000;
  const steady = ({ secret }: Stall) => (keyedShare(secret, "steady") / 1_000_000) * part;
  return {
    told_one: { rmse: rounded(rmse(one, shares)), rmse_in_money: rounded(rmse(oneInMoney, floors)) },
    products: against(
      one,
      shares,
      of((each) => productsRow(each, conceal_bp)),
    ),
    versions: against(
      one,
      shares,
      of((each) =>
        versionsRow(each, (floor_bp) => limitShare(each, TARGET, "USD", { conceal_bp, floor_bp })),
      ),
    ),
    currencies: against(
      oneInMoney,
      floors,
      of((each) =>
        currenciesRow(each, part, (currency) => limitShare(each, PRICED, currency, { conceal_bp })),
      ),
    ),
    list_prices: against(
      oneInMoney,
      floors,
      of((each) => listPricesRow(each, (USD) => listedShare(each, USD, conceal_bp))),
    ),
    were_they_drawn_otherwise: {
      versions_each_anew: against(
        one,
        shares,
        of((each) => versionsRow(each, (bp) => anew(each, bp, part))),
      ),
      currencies_all_steady: against(
        oneInMoney,
        floors,
        of((each) =>
          currenciesRow(each, part, (currency) => {
            const floor = each.money[currency] ?? 0;
            return Math.ceil(floor * (1 + steady(each) / 4)) / keptAt(each, currency);
          }),
        ),
      ),
      list_prices_by_room: against(
        oneInMoney,
        floors,
        of((each) =>
          listPricesRow(each, (list) => {
            const floor = each.money.USD ?? 0;
            return Math.ceil(floor + Math.max(0, list - floor) * steady(each)) / list;
          }),
        ),
      ),
    },
  };
}

/** The limit as a share of the list price, both free of tax. */
export function limitShare(stall: Stall, sku: string, currency: string, restated: Restated): number {
  const { limits, draws, products, vendor } = shopOf(stall, restated);
  const product = products.get(sku)?.product;
  const tax = vendor.markets.find((market) => market.currency === currency)?.tax;
  if (!product || !tax || !draws) throw new Error(`${sku} is not sold in ${currency}`);
  const list = product.price[currency] ?? 0;
  return unitLimit({ vendor, limits, draws }, product, list, tax, currency) / keptOf(tax, list);
}

function listedShare(stall: Stall, USD: number, conceal_bp: number): number {
  const listed = { [PRICED]: { ...stall.lists[PRICED], USD } };
  return limitShare(stall, PRICED, "USD", { conceal_bp, listed });
}

function keptAt({ lists }: Stall, currency: string): number {
  const list = lists[PRICED]?.[currency] ?? 1;
  return currency === "KRW" ? (list * 10) / 11 : list;
}

function productsRow(stall: Stall, conceal_bp: number): Features {
  const all = [TARGET, ...SIBLINGS].flatMap((sku) =>
    ["USD", "KRW"].map((currency) => limitShare(stall, sku, currency, { conceal_bp })),
  );
  return [all[0] ?? 1, mean(all)];
}

/** A floor that is restated again and again, by up to two percent of the list price; the one that holds now comes last. */
function versionsRow({ id, floor_bp }: Stall, limitAt: (floor_bp: number) => number): Features {
  const random = seeded("restated", id);
  const before = Array.from({ length: VERSIONS - 1 }, () => Math.round(floor_bp + (random() - 0.5) * 400));
  const all = [...before, floor_bp].map(limitAt);
  return [all.at(-1) ?? 1, mean(all)];
}

function anew({ secret }: Stall, floor_bp: number, part: number): number {
  const floor = floor_bp / 10_000;
  return floor + (keyedShare(secret, "anew", floor_bp) / 1_000_000) * part * (1 - floor);
}

/** Both limits, and the whole dollar of a floor for which the one draw that explains it gives round won, too. */
function currenciesRow(stall: Stall, part: number, shareOf: (currency: string) => number): Features {
  const [dollars, won] = [shareOf("USD"), shareOf("KRW")];
  const [list, kept] = [keptAt(stall, "USD"), keptAt(stall, "KRW")];
  let [best, least] = [dollars, Number.POSITIVE_INFINITY];
  for (
    let floor = 100 * Math.ceil((dollars * list) / (1 + part / 4) / 100);
    floor <= dollars * list;
    floor += 100
  ) {
    const other = (won * kept * floor) / (dollars * list) / 1_000;
    const off = Math.abs(other - Math.round(other));
    if (off < least) [best, least] = [floor / list, off];
  }
  return [dollars, won, best];
}

/** The limit now, and what a straight line through limits over list prices says the floor is. */
function listPricesRow({ lists }: Stall, shareAt: (list: number) => number): Features {
  const now = lists[PRICED]?.USD ?? 1;
  const points = LISTED.map((times) => {
    const list = Math.round(now * times);
    return { list, limit: list * shareAt(list) };
  });
  // Where nothing was to bargain about, the limit is not seen.
  const seen = points.filter(({ list, limit }) => limit < list);
  const limit = points.at(-1)?.limit ?? now;
  const x = mean(seen.map(({ list }) => list));
  const y = mean(seen.map((one) => one.limit));
  const wide = seen.reduce((sum, { list }) => sum + (list - x) ** 2, 0);
  const slope = wide === 0 ? 0 : seen.reduce((sum, one) => sum + (one.list - x) * (one.limit - y), 0) / wide;
  const floor = seen.length < 2 ? limit : (y - slope * x) / (1 - Math.min(0.9, slope));
  return [
    limit / now,
    Math.max(0.3 * now, Math.min(limit, floor)) / now,
    Math.min(...points.map((one) => one.limit)) / now,
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
}
