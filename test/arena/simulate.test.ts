import { describe, expect, test } from "vitest";
import { table } from "../../src/app/simulate-table.ts";
import type { Shop } from "../../src/arena/conversation.ts";
import { ledgerOf } from "../../src/arena/ledger.ts";
import { simulated } from "../../src/arena/simulate.ts";
import { differences, figuresOf } from "../../src/arena/simulate-figures.ts";
import { page } from "../../src/arena/simulate-page.ts";
import { reportOf } from "../../src/arena/simulate-report.ts";
import { verdictOf } from "../../src/arena/simulate-verdict.ts";
import { Limits } from "../../src/domain/limits.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { LIMITS, PRODUCTS, product, VENDOR } from "../negotiation/shop.ts";

/** One product at $100.00 that costs $60.00, no tax, one way to deliver, pay and return it, nothing to bargain about. */
const ONE_WAY = Vendor.parse({
  ...VENDOR,
  markets: [{ country: "US", currency: "USD", tax: { name: "None", treatment: "exempt", rate_bp: 0 } }],
  default_ship_to: { USD: { country: "US" } },
  terms: {
    delivery: [{ ...VENDOR.terms.delivery[0], fee: { USD: 500 }, free_from: undefined, zone_fee: undefined }],
    warranty: VENDOR.terms.warranty.slice(0, 1),
    payment: VENDOR.terms.payment.slice(0, 1),
    returns: VENDOR.terms.returns.slice(0, 1),
    subscription: [],
  },
  max_quantity: 1,
});

const tiny = (rule: object): Shop => ({
  vendor: ONE_WAY,
  limits: Limits.parse({
    ...LIMITS,
    rules: [{ match: {}, cost_bp: 6000, ...rule }],
    gifts: [],
    term_costs: { ...LIMITS.term_costs, delivery: { standard: { USD: 300 } } },
    acquisition_value: { USD: 250 },
  }),
  products: new Map([["P", product("P", 10_000)]]),
  bundles: [],
});

describe("a shop that sells one thing at one price", () => {
  const shop = tiny({ floor_bp: 9000, negotiable: false });
  const trial = { shop, against: null, currency: "USD", visitors: 160, seed: 7 };
  const rows = simulated(trial);
  const able = rows.filter(({ want }) => want.worth >= want.listed);

  test("sells to everybody who would pay $105.00 for it, and to nobody else", () => {
    expect(rows.length).toBe(160);
    expect(new Set(rows.map(({ want }) => want.listed))).toEqual(new Set([10_500]));
    expect(rows.filter(({ new_policy }) => new_policy.deal !== null)).toEqual(able);
    expect(able.length).toBeGreaterThan(30);
  });

  test("comes to $105.00 of revenue and $42.00 of margin a sale, nothing given away, new orders apart", () => {
    const { new_policy } = reportOf(trial, rows);
    const a_hundred = (amount: number) => (100 * amount * able.length) / 160;
    expect(new_policy).toMatchObject({
      visitors: 160,
      deals: able.length,
      given: 0,
      discount: 0,
      missed: 0,
      renewals: 0,
    });
    expect(new_policy.close).toBeCloseTo(able.length / 160, 12);
    expect(new_policy.revenue).toBeCloseTo(a_hundred(10_500), 6);
    expect(new_policy.margin).toBeCloseTo(a_hundred(4_200), 6);
    expect(new_policy.acquisition).toBeCloseTo(a_hundred(250), 6);
    const gain = able.reduce((sum, { want }) => sum + want.worth - 10_500, 0) / 1.6;
    expect(new_policy.buyers_gain).toBeCloseTo(gain, 6);
  });
});

test("the same visitors meet both policies, and what is lost by the dearer one is said", () => {
  const [shop, against] = [tiny({ floor_bp: 9900 }), tiny({ floor_bp: 6500 })];
  const trial = { shop, against, currency: "USD", visitors: 160, seed: 7 };
  const rows = simulated(trial);
  const report = reportOf(trial, rows);
  const lost = rows.filter(({ new_policy, old_policy }) => old_policy?.deal && !new_policy.deal).length;
  const won = rows.filter(({ new_policy, old_policy }) => !old_policy?.deal && new_policy.deal).length;
  expect(lost).toBeGreaterThan(5);
  expect(report.differences?.close?.mean).toBeCloseTo((won - lost) / 160, 12);
  expect(report.differences?.close?.high).toBeLessThan(0);
  expect(report.differences?.margin?.mean).toBeCloseTo(
    report.new_policy.margin - (report.old_policy?.margin ?? 0),
    6,
  );
  const said = verdictOf(report).join("\n");
  expect(said).toContain(`Closes ${(((lost - won) / 160) * 100).toFixed(1)} points less (95% interval -`);
  expect(said).toMatch(/Gives [\d.]+ points less discount/);
  expect(report.replayed).toEqual({ sessions: 480, identical: 480 });
  expect(report.refused).toEqual([]);
});

test("a policy beside itself differs in nothing, and says so", () => {
  const shop = tiny({ floor_bp: 7000 });
  const trial = { shop, against: shop, currency: "USD", visitors: 40, seed: 3 };
  const report = reportOf(trial, simulated(trial));
  expect(report.differences?.margin).toEqual({ mean: 0, low: 0, high: 0 });
  expect(verdictOf(report).slice(0, 2)).toEqual(["Earns the same.", "Closes as much."]);
  expect(verdictOf(report).at(-1)).toBe("40 visitors are few: take more before you decide anything.");
});

test("a policy that treats kinds differently is shown to do so", () => {
  const fair = tiny({ floor_bp: 6500 });
  const limits = Limits.parse({ ...fair.limits, strategy: { machine: "fixed", person: "conceder" } });
  const trial = { shop: { ...fair, limits }, against: null, currency: "USD", visitors: 50, seed: 5 };
  const report = reportOf(trial, simulated(trial));
  expect(report.kinds.person.close).toBeGreaterThan(report.kinds.machine.close);
  expect(report.kinds.alike).toBeLessThan(1);
  expect(verdictOf(report).join("\n")).toContain("the policy treats them differently");
  const alike = reportOf({ ...trial, shop: fair }, simulated({ ...trial, shop: fair }));
  expect(alike.kinds.alike).toBe(1);
  expect(alike.kinds.machine).toEqual(alike.kinds.person);
});

describe("the ledger of a deal", () => {
  const shop: Shop = {
    ...{ vendor: VENDOR, limits: LIMITS, bundles: [] },
    products: new Map(PRODUCTS.map((known) => [known.product.id, known])),
  };
  const line = { title: "", version: "1" };
  const chosen = (id: string, fee: number, list_fee = fee) => ({ id, fee, list_fee });
  const deal = (more: Partial<Offer>): Offer => ({
    ...{ id: "of_1", revision: 1, supersedes: null, currency: "USD", discounts: [], hash: "" },
    ...{ ship_to: { country: "US" }, negotiable: [], final: false, expires_at: "2026-03-01T10:00:00.000Z" },
    lines: [
      { ...line, sku: "LAP", quantity: 2, unit_price: 80_000, list_price: 89_900 },
      { ...line, sku: "BAG", quantity: 1, unit_price: 0, list_price: 6_000, gift: true },
    ],
    terms: {
      delivery: { ...chosen("express", 0, 2_000), days_min: 1, days_max: 1 },
      warranty: { ...chosen("w24", 6_400), months: 24 },
      payment: { ...chosen("now", 0), days: 0 },
      returns: { ...chosen("r14", 0), days: 14 },
      subscription: null,
    },
    tax: { treatment: "added", name: "Sales tax", rate_bp: 700, amount: 11_648 },
    totals: { goods: 160_000, discounts: 0, fees: 6_400, tax: 11_648, total: 178_048 },
    ...more,
  });

  test("takes goods, terms and gifts at cost, and counts what was cut, waived and given", () => {
    // 2 x 58,435 for the goods, 1,700 express, 2,400 warranty, 1,500 for the bag.
    expect(ledgerOf(deal({}), shop)).toMatchObject({
      ...{ revenue: 166_400, list: 179_800, given: 19_800 + 2_000 + 1_500 },
      margin: 166_400 - 116_870 - 1_700 - 2_400 - 1_500,
      ...{ value: 166_400 - 1_700 - 2_400 - 1_500, renewals: 0, uncosted: false },
      ...{ net: 160_000 - 1_700 - 1_500, floor: 2 * 71_920 },
    });
  });

  test("is free of a tax that prices contain, and sets what renewals are worth apart", () => {
    const won: Offer = deal({
      currency: "KRW",
      lines: [{ ...line, sku: "WON", quantity: 22, unit_price: 50_000, list_price: 50_000 }],
      tax: { treatment: "included", name: "VAT", rate_bp: 1_000, amount: 100_300 },
      totals: { goods: 1_100_000, discounts: 0, fees: 3_300, tax: 100_300, total: 1_103_300 },
      terms: {
        ...deal({}).terms,
        delivery: { ...chosen("standard", 3_300), days_min: 2, days_max: 5 },
        warranty: { ...chosen("w12", 0), months: 12 },
        subscription: { id: "monthly", every_months: 1, commitment: 6 },
      },
    });
    expect(ledgerOf(won, shop)).toMatchObject({
      ...{ revenue: 1_003_000, list: 1_000_000, given: 0 },
      // What a unit costs is a share of its own list price without tax, 45,455, rounded unit by unit.
      margin: 1_003_000 - 22 * 29_546 - 2_500,
      // Three percent of the goods for each of five renewals.
      renewals: 150_000,
    });
  });

  test("says where goods state no cost, and takes their floor for it", () => {
    const limits = Limits.parse({ ...LIMITS, rules: [{ match: {}, floor_bp: 8000 }] });
    const ledger = ledgerOf(deal({}), { ...shop, limits });
    expect(ledger).toMatchObject({ uncosted: true, margin: 166_400 - 2 * 71_920 - 5_600 });
  });
});

test("shares are of visitors, discounts of list prices, and nothing divides by nothing", () => {
  expect(figuresOf([])).toMatchObject({ visitors: 0, close: 0, margin: 0, discount: null, rounds: 0 });
  expect(differences([], 1).discount).toBeNull();
});

test("the page holds every figure of the table, runs nothing, and takes titles for words", () => {
  const shop = tiny({ floor_bp: 7000 });
  const evil = product("P", 10_000, { title: { en: "<script>alert(1)</script>" } });
  const trial = {
    ...{ shop: { ...shop, products: new Map([["P", evil]]) }, against: null },
    ...{ currency: "USD", visitors: 40, seed: 3 },
  };
  const rows = simulated(trial);
  const report = reportOf(trial, rows);
  const html = page(report, rows);
  expect(html).not.toContain("<script");
  expect(html).toContain("default-src 'none'");
  for (const line of verdictOf(report)) expect(table(report)).toContain(line);
  expect(html.match(/<circle/g)?.length).toBe(report.new_policy.deals);
});
