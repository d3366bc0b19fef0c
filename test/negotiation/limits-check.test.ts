import { describe, expect, it } from "vitest";
import type { Product } from "../../src/domain/entry.ts";
import { Limits } from "../../src/domain/limits.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { checkLimits } from "../../src/negotiation/limits-check.ts";
import { productProblems } from "../../src/negotiation/limits-goods.ts";
import { BUNDLE, LIMITS, PRODUCTS, product, VENDOR } from "./shop.ts";

const GOODS = PRODUCTS.map(({ product }) => product);

interface Change {
  readonly limits?: object;
  readonly vendor?: object;
  readonly products?: readonly Product[];
  readonly bundle?: object;
}

/** The shop of these tests with one thing changed, its code that no floor carries left out. */
function findings({ limits, vendor, products = GOODS, bundle }: Change = {}) {
  const codes = LIMITS.codes.filter(({ code }) => code !== "DEEP");
  return checkLimits(
    Vendor.parse({ ...VENDOR, ...vendor }),
    Limits.parse({ ...LIMITS, codes, ...limits }),
    products,
    bundle ? [{ ...BUNDLE, ...bundle }] : [BUNDLE],
  );
}

const rules = (...some: object[]) => ({ limits: { rules: some } });
const rest = { match: {}, floor_bp: 8_000 };
const laptop = (usd: number, more: Partial<Product> = {}) => [product("LAP", usd, more).product];
const terms = (kind: keyof typeof VENDOR.terms, more: object) => ({
  vendor: { terms: { ...VENDOR.terms, [kind]: VENDOR.terms[kind].map((one) => ({ ...one, ...more })) } },
});
const budget = (more: object) => ({ limits: { budgets: [{ id: "week", every: "week", ...more }] } });
const costs = (more: object) => ({ limits: { term_costs: { ...LIMITS.term_costs, ...more } } });

const WRONG: readonly (readonly [string, Change, string, RegExp])[] = [
  [
    "a rule behind one that takes all it matches",
    rules(
      { match: { category: "computers" }, floor_bp: 1 },
      { match: { category: "computers/mice" }, floor_bp: 500 },
      rest,
    ),
    "rules.1.match",
    /no product ever gets here: computers \(rules\.0\) takes all of computers\/mice; put this rule before it/,
  ],
  [
    "a rule behind the one for everything",
    rules(rest, { match: { sku: "LAP" }, floor_bp: 7_000 }, rest),
    "rules.1.match",
    /the rule for everything \(rules\.0\) takes all of LAP/,
  ],
  [
    "percents written for basis points",
    rules({ match: {}, floor_bp: 80 }),
    "rules.0.floor_bp",
    /a floor of 0\.8% .*: 8000 is 80%/,
  ],
  [
    "dollars written for cents",
    { ...rules({ match: {}, floor: { USD: 769, KRW: 900_000 } }), products: laptop(89_900) },
    "rules.0.floor.USD",
    /a floor of \$7\.69 is next to nothing for LAP \(products\.jsonl\) at \$899\.00; .*76900 is \$769\.00/,
  ],
  [
    "a floor above the list price",
    { ...rules({ match: {}, floor: { USD: 95_000, KRW: 900_000 } }), products: laptop(89_900) },
    "rules.0.floor.USD",
    /the floor of \$950\.00 is above the list price of LAP .*\$899\.00; lower the floor or raise the price/,
  ],
  [
    "a floor with the tax in it, above what the list price leaves",
    { ...rules({ match: {}, floor: { USD: 1_000, KRW: 1_100_000 } }), products: laptop(89_900) },
    "rules.0.floor.KRW",
    /the floor of ₩1,100,000 is above .*₩1,062,455 \(₩1,168,700 less VAT\)/,
  ],
  [
    "a floor without the currency a product is sold in",
    { ...rules({ match: {}, floor: { USD: 80_000 } }), products: laptop(89_900) },
    "rules.0.floor.KRW",
    /LAP .* is sold for ₩1,168,700, but its floor names no KRW; add one/,
  ],
  [
    "a share of cost above the share of the floor",
    rules({ match: {}, floor_bp: 5_000, cost_bp: 6_000 }),
    "rules.0.cost_bp",
    /a cost of 60% .* above the floor of 50%; raise floor_bp to 6000/,
  ],
  [
    "a cost above the floor, both in money",
    rules({ match: {}, floor: { USD: 50_000, KRW: 1 }, cost: { USD: 60_000, KRW: 0 } }),
    "rules.0.cost.USD",
    /a cost of \$600\.00 is above the floor of \$500\.00/,
  ],
  [
    "a cost in money above a floor that is a share",
    { ...rules({ match: {}, floor_bp: 5_000, cost: { USD: 60_000, KRW: 0 } }), products: laptop(89_900) },
    "rules.0.floor_bp",
    /LAP .* costs \$600\.00, more than its floor of \$449\.50/,
  ],
  [
    "a tier below the floor",
    {
      ...rules({ match: {}, floor_bp: 9_300 }),
      products: laptop(89_900, { tiers: [{ from: 10, off_bp: 800 }] }),
    },
    "rules.0.floor_bp",
    /LAP .* is 8% off from 10 units on: with the listed terms each then brings \$826\.58, less than its floor of \$836\.07/,
  ],
  [
    "a tier below the floor as soon as delivery is free",
    {
      ...rules({ match: {}, floor_bp: 9_790 }),
      products: laptop(5_000, { tiers: [{ from: 10, off_bp: 200 }] }),
    },
    "rules.0.floor_bp",
    /LAP .* is 2% off from 10 units on: with the listed terms each of 21 then brings \$48\.76, less than its floor of \$48\.95/,
  ],
  [
    "a bundle below the floors of its parts",
    { bundle: { off_bp: 2_500 } },
    "bundles.jsonl",
    /bundle desk: with 25% off and the listed terms it brings less than the floors of its parts, \$758\.40 together/,
  ],
  [
    "a bundle of something nobody sells",
    {
      bundle: {
        lines: [
          { sku: "LAP", quantity: 1 },
          { sku: "LUP", quantity: 1 },
        ],
      },
    },
    "bundles.jsonl",
    /there is no product LUP/,
  ],
  [
    "a subscription no floor carries",
    terms("subscription", { off_bp: 2_500 }),
    "terms.subscription.0.off_bp",
    /the 25% off is for COF .*, whose floor of \$14\.40 never carries it/,
  ],
  [
    "a code no floor carries",
    { limits: { codes: [{ code: "HALF", off_bp: 5_000 }] } },
    "codes.0.off_bp",
    /50% off with the code HALF is more than any floor in USD carries/,
  ],
  [
    "a code that ends before it begins",
    {
      limits: {
        codes: [{ code: "TEN", off_bp: 1_000, from: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" }],
      },
    },
    "codes.0.until",
    /ends before it begins/,
  ],
  [
    "a gift no order leaves room for",
    { limits: { gifts: [{ sku: "BAG", min_goods: { USD: 1, KRW: 1 }, cost: { USD: 2_000_000, KRW: 1 } }] } },
    "gifts.0.min_goods.USD",
    /BAG costs \$20,000\.00 to give away, and no order of 50 units leaves so much/,
  ],
  [
    "an option nobody can sell at its fee",
    costs({ warranty: { w12: 0, w24: 3_000 } }),
    "term_costs.warranty.w24",
    /it costs 30% of the goods and is sold for 4%: in USD no product holds its floor with it/,
  ],
  [
    "terms that cost more than all goods leave",
    { ...costs({ returns: { r14: 2_500, r30: 2_600 } }), products: laptop(89_900) },
    "rules.1.floor_bp",
    /LAP .* at its list price of \$899\.00 brings \$67\d\.\d\d after the cheapest delivery, .*less than its floor of \$719\.20/,
  ],
];

const ODD: readonly (readonly [string, Change, string, RegExp])[] = [
  [
    "a rule whose every product an earlier rule takes",
    rules(
      { match: { sku: "COF" }, floor_bp: 7_000 },
      { match: { category: "coffee" }, floor_bp: 7_500 },
      rest,
    ),
    "rules.1.match",
    /every product it matches is taken by a rule before it \(COF by rules\.0\)/,
  ],
  [
    "a bundle that what is kept back may leave no room for",
    { limits: { conceal_bp: 10_000 } },
    "bundles.jsonl",
    /with 5% off, in USD: what is kept back above the floor \(conceal_bp\) may leave no room for it/,
  ],
  [
    "goods that do not carry their free delivery",
    {
      limits: { rules: [{ match: {}, floor_bp: 9_990 }], codes: [], gifts: [] },
      products: laptop(110_000),
      bundle: { lines: [] },
    },
    "rules.0.floor_bp",
    /one LAP .* with the listed terms brings \$1,095\.00, less than its floor of \$1,098\.90, so that nothing is conceded/,
  ],
  [
    "a gift that is promised too early",
    {
      limits: {
        gifts: [{ sku: "BAG", min_goods: { USD: 1_000, KRW: 500_000 }, cost: { USD: 1_500, KRW: 20_000 } }],
      },
    },
    "gifts.0.min_goods.USD",
    /with goods of \$10\.00 no product leaves more than \$2\.00/,
  ],
  [
    "a code in percents",
    { limits: { codes: [{ code: "TEN", off_bp: 10 }] } },
    "codes.0.off_bp",
    /the code TEN takes 0\.1% off; .*: 1000 is 10%/,
  ],
  [
    "MiCRO in few rounds",
    { limits: { strategy: { machine: "micro" } } },
    "strategy.machine",
    /many sessions of 10 rounds end without a deal; give 100 rounds or more/,
  ],
  [
    "an approval that every order needs",
    { limits: { approval_above: { USD: 1_000, KRW: 1 } } },
    "approval_above.USD",
    /every order would wait for a person: \$10\.00 is less than the cheapest product, \$18\.00/,
  ],
  [
    "more for winning an order than any order leaves",
    { limits: { acquisition_value: { USD: 100_000 } } },
    "acquisition_value.USD",
    /winning an order is worth \$1,000\.00, more than any product leaves/,
  ],
  [
    "a budget of nothing",
    budget({ amount: { USD: 100_000, KRW: 0 } }),
    "budgets.0.amount.KRW",
    /it holds nothing, so that no order gets a lower price, a code, a waived fee or a gift in KRW .*; raise it, or drop the budget/,
  ],
  [
    "a budget that nothing fits into",
    budget({ amount: { USD: 17, KRW: 1_000_000 } }),
    "budgets.0.amount.USD",
    /\$0\.17 a week is less than 1% of the cheapest thing it is for, COF \(products\.jsonl\) at \$18\.00, .*: 1700 is \$17\.00/,
  ],
  [
    "a budget that nothing it is for fits into",
    budget({ amount: { USD: 800, KRW: 1_000_000 }, match: { sku: "LAP" }, every: "always" }),
    "budgets.0.amount.USD",
    /\$8\.00 in all is less than 1% of .* LAP \(products\.jsonl\) at \$899\.00/,
  ],
];

describe("limits at load", () => {
  it("are fine when nothing is wrong", () => {
    expect(findings()).toEqual([]);
  });

  const at = (change: Change, where: string) =>
    findings(change).filter(({ file, path }) => (path?.join(".") ?? file) === where);

  for (const [what, change, where, message] of WRONG) {
    it(`with ${what} are refused, with figures and how to mend it`, () => {
      const [first] = at(change, where);
      expect(first?.problem).toMatch(message);
      expect(first?.odd ?? false).toBe(false);
    });
  }

  for (const [what, change, where, message] of ODD) {
    it(`with ${what} are called odd, and not refused`, () => {
      expect(at(change, where)[0]?.problem).toMatch(message);
      expect(findings(change).filter(({ odd }) => !odd)).toEqual([]);
    });
  }

  it("may hold a budget that a single order just fits into", () => {
    expect(findings(budget({ amount: { USD: 18, KRW: 1_000_000 } }))).toEqual([]);
    expect(findings(budget({ amount: { USD: 899, KRW: 11_687 }, match: { sku: "LAP" } }))).toEqual([]);
  });

  it("name the first few of many products with the same mistake, and count the rest", () => {
    const products = Array.from(
      { length: 12 },
      (_, i) => product(`P${i}`, 1_000, { price: { USD: 1_000 } }).product,
    );
    const problems = findings({
      ...rules({ match: {}, floor: { USD: 2_000 } }),
      products,
      bundle: { lines: [] },
    })
      .filter(({ problem }) => problem.includes("above the list price"))
      .map(({ problem }) => problem);
    expect(problems).toHaveLength(3);
    expect(problems[2]).toMatch(/P2 .*\(and 9 more like it\)/);
  });

  it("are fine with a tier that the floor only just carries, however much is kept back", () => {
    const floor = { USD: 82_658, KRW: 977_208 };
    const limits = Limits.parse({ ...LIMITS, conceal_bp: 10_000, rules: [{ match: {}, floor }] });
    const [sold] = laptop(89_900, { tiers: [{ from: 10, off_bp: 800 }] });
    expect(sold && productProblems(VENDOR, limits, sold)).toEqual([]);
  });

  it("may hold codes and rules for goods that are not there yet", () => {
    const codes = [{ code: "LATER", off_bp: 9_000, match: { category: "garden" } }];
    const later = { match: { category: "garden" }, floor_bp: 9_999 };
    expect(findings({ limits: { codes, rules: [later, ...LIMITS.rules] } })).toEqual([]);
  });

  it("are told of one product that breaks them, for goods that come by themselves", () => {
    const limits = Limits.parse({ ...LIMITS, rules: [{ match: {}, floor: { USD: 2_000 } }] });
    const [cheap, dear] = [
      product("A", 1_000, { price: { USD: 1_000 } }),
      product("B", 9_000, { price: { USD: 9_000 } }),
    ];
    expect(productProblems(VENDOR, limits, cheap.product)[0]?.problem).toMatch(/\$20\.00 is above/);
    expect(productProblems(VENDOR, limits, dear.product)).toEqual([]);
  });
});
