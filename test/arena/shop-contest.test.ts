import { describe, expect, test } from "vitest";
import type { Want } from "../../src/arena/buyers/want.ts";
import type { Shop } from "../../src/arena/conversation.ts";
import { shopContest } from "../../src/arena/shop-contest.ts";
import { zoneOf } from "../../src/arena/zone.ts";
import { Limits } from "../../src/domain/limits.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { BUNDLE, LIMITS, PRODUCTS, product, VENDOR } from "../negotiation/shop.ts";

/** One product at $100.00 with a floor of $80.00; delivery lists at $5.00, costs $3.00 and may be waived. No tax. */
const tiny = (rule: object = {}): Shop => ({
  vendor: Vendor.parse({
    ...VENDOR,
    markets: [{ country: "US", currency: "USD", tax: { name: "None", treatment: "exempt", rate_bp: 0 } }],
    default_ship_to: { USD: { country: "US" } },
    terms: {
      delivery: [
        { ...VENDOR.terms.delivery[0], fee: { USD: 500 }, free_from: undefined, zone_fee: undefined },
      ],
      warranty: VENDOR.terms.warranty.slice(0, 1),
      payment: VENDOR.terms.payment.slice(0, 1),
      returns: VENDOR.terms.returns.slice(0, 1),
      subscription: [],
    },
  }),
  limits: Limits.parse({
    ...LIMITS,
    rules: [{ match: {}, floor_bp: 8000, ...rule }],
    term_costs: { ...LIMITS.term_costs, delivery: { standard: { USD: 300 } } },
  }),
  products: new Map([["P", product("P", 10_000)]]),
  bundles: [],
});

const wanting = (worth: number): Want => ({
  ...{
    currency: "USD",
    lines: [{ sku: "P", quantity: 1 }],
    listed: 10_500,
    worth,
    gift: 0,
    subscription: null,
  },
  ...{ patience: 5, opening: 700_000, tastes: { delivery: {}, warranty: {}, payment: {}, returns: {} } },
  menu: { delivery: [], warranty: [], payment: [], returns: [] },
});

describe("the zone of agreement", () => {
  test("opens where what it is worth covers the floor and what delivery costs, and not a cent before", () => {
    expect(zoneOf(tiny(), wanting(8_300))?.open).toBe(true);
    expect(zoneOf(tiny(), wanting(8_299))?.open).toBe(false);
  });

  test("holds as much as is left between both, whoever gets it", () => {
    const zone = zoneOf(tiny(), wanting(9_500));
    expect(zone).toMatchObject({ open: true, joint: 1_200, reserve: 8_000, top: 2_200 });
    for (const { vendor, buyer } of zone?.frontier ?? []) expect(vendor + buyer).toBe(1_200);
  });

  test("of what is sold at list price alone is the list price", () => {
    expect(zoneOf(tiny({ negotiable: false }), wanting(10_499))?.open).toBe(false);
    expect(zoneOf(tiny({ negotiable: false }), wanting(10_500))?.open).toBe(true);
  });

  test("holds nothing for both where every deal would cost the buyer more than it is worth", () => {
    expect(zoneOf(tiny({ negotiable: false }), wanting(10_499))?.joint).toBe(0);
    expect(zoneOf(tiny({ negotiable: false }), wanting(10_500))?.joint).toBe(2_200);
  });
});

describe("a contest in a shop", () => {
  const shop: Shop = {
    ...{ vendor: VENDOR, limits: LIMITS, bundles: [BUNDLE] },
    products: new Map(PRODUCTS.map((known) => [known.product.id, known])),
  };
  const contest = {
    shop,
    currency: "USD",
    strategies: ["round-aware", "fixed"],
    visitors: 33,
    rounds: 8,
    seed: 1,
  };
  const { rows, replayed, identical } = shopContest(contest);

  test("has every strategy meet the same visitors, and every session come out the same twice", () => {
    expect(rows.length).toBe(66);
    expect([replayed, identical]).toEqual([66, 66]);
    const met = (vendor: string) =>
      rows.flatMap((row) => (row.vendor === vendor ? [row.scenario, row.partner] : []));
    expect(met("round-aware")).toEqual(met("fixed"));
    expect(shopContest(contest).rows).toEqual(rows);
  });

  test("measures every deal against what both could have had", () => {
    for (const row of rows) {
      expect(row.missed && row.agreed).toBe(false);
      expect(row.partner_utility).toBeGreaterThanOrEqual(0);
      // Prices move in steps, so that a deal may lie a step beyond the levels the frontier is looked at on.
      expect(row.utility).toBeLessThanOrEqual(1.05);
      expect(row.partner_utility).toBeLessThanOrEqual(1.05);
      expect(row.used).toBeLessThanOrEqual(8);
      expect(row.pareto_distance === null).toBe(!row.agreed);
    }
    expect(rows.some(({ agreed }) => agreed)).toBe(true);
    expect(rows.some(({ missed }) => missed)).toBe(true);
  });
});
