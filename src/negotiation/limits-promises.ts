import type { Bundle, Product } from "../domain/entry.ts";
import type { Code, Limits } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type DiscountSource, discountsOf } from "./discounts.ts";
import { type Finding, firstOf, money, named, percent } from "./finding.ts";
import { easiest, KEPT_BACK, type Sale } from "./limits-goods.ts";
import { type Choice, ISSUES } from "./modes.ts";
import { keptOf } from "./place.ts";
import { matches, netOf, within } from "./rules.ts";

/** Everything a vendor sells, market by market. */
export interface Shop {
  readonly vendor: Vendor;
  readonly limits: Limits;
  readonly products: ReadonlyMap<string, Product>;
  readonly bundles: readonly Bundle[];
  readonly sales: readonly Sale[];
}

/** What is held out to counterparts (savings, codes, gifts, options) and no floor can ever carry. */
export function promiseProblems(shop: Shop): Finding[] {
  return [
    ...firstOf(shop.bundles.flatMap((bundle) => bundleProblems(shop, bundle))),
    ...subscriptionProblems(shop),
    ...shop.limits.codes.flatMap((code, i) => codeProblems(shop, code, i)),
    ...shop.limits.gifts.flatMap((gift, i) => giftProblems(shop, gift, i)),
    ...ISSUES.flatMap((issue) => optionProblems(shop, issue)),
  ];
}

interface Part {
  readonly sale: Sale;
  readonly quantity: number;
}

/** How far these goods carry a discount: past the floor, only down to it, or not at all. */
function carried(
  parts: readonly Part[],
  choice: Choice,
  kind: "bundle" | "subscription" | "code",
  source: Partial<Pick<DiscountSource, "bundles" | "codes" | "subscription">>,
): "kept" | "near" | "never" {
  const [first] = parts;
  if (!first) return "never";
  const { place, currency } = first.sale;
  const sum = (amount: (sale: Sale) => number) =>
    parts.reduce((all, { sale, quantity }) => all + amount(sale) * quantity, 0);
  const list = sum((sale) => sale.list);
  const given = (least: number) =>
    discountsOf({
      ...{ bundles: [], codes: [], subscription: null, currency, now: "2000-01-01T00:00:00Z", ...source },
      named: (source.codes ?? []).map(({ code }) => code),
      lines: parts.map(({ sale, quantity }) => ({
        ...{ known: { product: sale.product, version: "", live: true, stock: quantity } },
        ...{ quantity, list: sale.list },
      })),
      carries: (off) => off <= list && netOf({ place }, list - off, choice, null) >= least,
    }).given.some((discount) => discount.kind === kind);
  if (given(sum((sale) => sale.limit))) return "kept";
  return given(sum((sale) => sale.floor)) ? "near" : "never";
}

/** Quantities that differ in what they carry: one, the last before and the first of each tier, the most. */
function quantitiesOf({ product }: Sale, { max_quantity }: Vendor): number[] {
  const steps = (product.tiers ?? []).flatMap(({ from }) => [from - 1, from]);
  return [...new Set([1, ...steps, max_quantity])].filter((quantity) => quantity <= max_quantity);
}

function bundleProblems({ vendor, products, sales }: Shop, bundle: Bundle): Finding[] {
  const at = { file: bundle.source.name, ...(bundle.source.line ? { line: bundle.source.line } : {}) };
  const missing = bundle.lines.filter(({ sku }) => !products.has(sku));
  if (missing.length > 0) {
    const skus = missing.map(({ sku }) => sku).join(", ");
    return [
      {
        ...at,
        problem: `bundle ${bundle.id}: there is no product ${skus}; correct its id or drop the bundle`,
      },
    ];
  }
  return vendor.markets.flatMap(({ country, currency }): Finding[] => {
    const parts = bundle.lines.flatMap(({ sku, quantity }): Part[] => {
      const sale = sales.find(
        (one) => one.product.id === sku && one.currency === currency && one.place.ship_to.country === country,
      );
      return sale ? [{ sale, quantity }] : [];
    });
    const [first] = parts;
    if (!first || parts.length < bundle.lines.length) return [];
    const how = carried(parts, first.sale.listed, "bundle", { bundles: [bundle] });
    if (how === "kept") return [];
    const floor = parts.reduce((sum, { sale, quantity }) => sum + sale.floor * quantity, 0);
    const what = `bundle ${bundle.id}: with ${percent(bundle.off_bp)} off`;
    return how === "near"
      ? [{ ...at, problem: `${what}, in ${currency}: ${KEPT_BACK}`, odd: true }]
      : [
          {
            ...at,
            problem: `${what} and the listed terms it brings less than the floors of its parts, ${money(floor, currency)} together; take less off or lower a floor`,
          },
        ];
  });
}

/** A saving that holds for whole categories and is never given on one of their products. */
function subscriptionProblems({ vendor, sales }: Shop): Finding[] {
  return vendor.terms.subscription.flatMap((option, i) => {
    const findings = sales.flatMap((sale): Finding[] => {
      if (option.off_bp === 0 || !sale.rule || sale.floor > sale.kept) return [];
      if (!vendor.subscribable.some((prefix) => within(sale.product.category, prefix))) return [];
      const how = best(sale, vendor, option.off_bp, (quantity) =>
        carried([{ sale, quantity }], sale.listed, "subscription", { subscription: option }),
      );
      if (how === "kept") return [];
      const what = `the ${percent(option.off_bp)} off is for ${named(sale.product)} too`;
      return [
        {
          file: "vendor.yaml",
          path: ["terms", "subscription", i, "off_bp"],
          ...(how === "near"
            ? { problem: `${what}, in ${sale.currency}: ${KEPT_BACK}`, odd: true }
            : {
                problem: `${what}, whose floor of ${money(sale.floor, sale.currency)} never carries it; take less off, lower the floor, or leave its category out of subscribable`,
              }),
        },
      ];
    });
    return firstOf(findings);
  });
}

/** How far any quantity of a product carries a share off. */
function best(
  sale: Sale,
  vendor: Vendor,
  off_bp: number,
  carriedBy: (quantity: number) => "kept" | "near" | "never",
): "kept" | "near" | "never" {
  const { list, floor, place } = sale;
  // Terms only take from what goods bring: what lies below the floor by itself is never carried.
  if (keptOf(place.tax, list - share(list, off_bp)) + 1 < floor) return "never";
  let found: "near" | "never" = "never";
  for (const quantity of quantitiesOf(sale, vendor)) {
    const how = carriedBy(quantity);
    if (how === "kept") return how;
    if (how === "near") found = how;
  }
  return found;
}

function codeProblems({ vendor, sales }: Shop, code: Code, i: number): Finding[] {
  const { from: _, until: __, min_goods: ___, ...always } = code;
  return currenciesOf(vendor).flatMap((currency): Finding[] => {
    const ours = sales.filter((sale) => sale.currency === currency && matches(code.match, sale.product));
    const path = ["codes", i, "off_bp"];
    let near = false;
    for (const sale of ours) {
      const how = best(sale, vendor, code.off_bp, (quantity) =>
        carried([{ sale, quantity }], easiest(sale, sale.list * quantity) ?? sale.listed, "code", {
          codes: [always],
        }),
      );
      if (how === "kept") return [];
      near ||= how === "near";
    }
    if (ours.length === 0) return [];
    const what = `${percent(code.off_bp)} off with the code ${code.code}`;
    return near
      ? [{ file: "limits.yaml", path, problem: `${what}, in ${currency}: ${KEPT_BACK}`, odd: true }]
      : [
          {
            file: "limits.yaml",
            path,
            problem: `${what} is more than any floor in ${currency} carries, so that nobody could use it; take less off`,
          },
        ];
  });
}

function giftProblems({ vendor, sales }: Shop, gift: Limits["gifts"][number], i: number): Finding[] {
  return currenciesOf(vendor).flatMap((currency): Finding[] => {
    const least = gift.min_goods[currency];
    const cost = gift.cost[currency];
    const ours = sales.filter((sale) => sale.currency === currency);
    if (least === undefined || cost === undefined || ours.length === 0) return [];
    let most = 0;
    // What goods of just so much leave, were any quantity of the roomiest product to be had.
    let then = 0;
    for (const { kept, floor, list } of ours) {
      const room = Math.max(0, kept - floor);
      most = Math.max(most, room * vendor.max_quantity);
      then = Math.max(then, Math.floor((room * least) / Math.max(1, list)));
    }
    const path = ["gifts", i, "min_goods", currency];
    const what = `${gift.sku} costs ${money(cost, currency)} to give away`;
    if (most < cost) {
      const problem = `${what}, and no order of ${vendor.max_quantity} units leaves so much above its floor; drop the gift or lower a floor`;
      return [{ file: "limits.yaml", path, problem }];
    }
    if (then >= cost) return [];
    const problem = `${what}, but with goods of ${money(least, currency)} no product leaves more than ${money(then, currency)} above its floor; give it only with more goods`;
    return [{ file: "limits.yaml", path, problem, odd: true }];
  });
}

/** An option at its published fee is sold whatever it costs: some product has to hold its floor with it. */
function optionProblems({ vendor, sales }: Shop, issue: (typeof ISSUES)[number]): Finding[] {
  return currenciesOf(vendor).flatMap((currency) => {
    const ours = sales.filter((sale) => sale.currency === currency && sale.floor <= sale.kept);
    const modes = ours[0]?.modes[issue].filter((mode) => !mode.waived) ?? [];
    return modes.flatMap((mode): Finding[] => {
      const heldBy = (quantity: number) =>
        ours.some((sale) => {
          const after = sale.list * quantity;
          const choice = { ...(easiest(sale, after) ?? sale.listed), [issue]: mode };
          return netOf(sale, after, choice, null) >= sale.floor * quantity;
        });
      if (heldBy(1)) return [];
      const odd = heldBy(vendor.max_quantity);
      const cost = mode.cost_bp > 0 ? `${percent(mode.cost_bp)} of the goods` : money(mode.cost, currency);
      const fee = mode.fee_bp > 0 ? percent(mode.fee_bp) : money(mode.fee, currency);
      const holds = `no product ${odd ? "by itself " : ""}holds its floor with it, though it is sold at its fee`;
      const problem = `it costs ${cost} and is sold for ${fee}: in ${currency} ${holds}; raise the fee in vendor.yaml or drop the option`;
      return [{ file: "limits.yaml", path: ["term_costs", issue, mode.id], problem, odd }];
    });
  });
}

function currenciesOf({ markets }: Vendor): string[] {
  return [...new Set(markets.map(({ currency }) => currency))];
}
