import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../src/domain/limits.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { chargesOn } from "../../src/negotiation/budget.ts";
import { LIMITS, PRODUCTS, T0, Talk } from "./shop.ts";

const products = new Map(PRODUCTS.map((known) => [known.product.id, known]));
const budget = (more: object = {}) =>
  Budget.parse({ id: "b", amount: { USD: 10_000, KRW: 0 }, every: "always", ...more });

type Given = Pick<Offer, "currency" | "lines" | "terms" | "discounts">;

function taken(offer: Given, more: object = {}, now = T0) {
  const limits = { ...LIMITS, budgets: [budget(more)] };
  return chargesOn({ limits, now, evidence: { products } }, offer);
}

const line = (sku: string, unit_price: number, list_price: number, quantity = 1) => ({
  ...{ sku, title: sku, quantity, unit_price, list_price, version: "1" },
});
const term = { id: "x", fee: 0, list_fee: 0 };
const TERMS: Offer["terms"] = {
  delivery: { ...term, days_min: 1, days_max: 2 },
  warranty: { ...term, months: 12 },
  payment: { ...term, days: 0 },
  returns: { ...term, days: 14 },
  subscription: null,
};
const offer = (more: Partial<Given> = {}): Given => ({
  ...{ currency: "USD", lines: [line("LAP", 90_000, 90_000)], terms: TERMS, discounts: [] },
  ...more,
});
const monthly = { ...TERMS, subscription: { id: "monthly", every_months: 1, commitment: 6 } };
const free = { ...TERMS, delivery: { ...TERMS.delivery, list_fee: 700 } };
const tier = { kind: "tier" as const, id: "LAP", amount: 400 };
const code = { kind: "code" as const, id: "TEN", amount: 300 };
const bag = { ...line("BAG", 0, 6_000), gift: true };

describe("what an order takes from a budget", () => {
  it.each<[string, Given, object, number]>([
    ["nothing at list prices", offer(), {}, 0],
    [
      "what its unit prices are below the list",
      offer({ lines: [line("LAP", 89_000, 90_000, 3)] }),
      {},
      3_000,
    ],
    ["a fee that is not charged", offer({ terms: free }), {}, 700],
    ["its code, not its tiers", offer({ discounts: [tier, code] }), {}, 300],
    ["tiers too where published prices count", offer({ discounts: [tier, code] }), { published: true }, 700],
    ["its gift at what that costs", offer({ lines: [line("LAP", 90_000, 90_000), bag] }), {}, 1_500],
    ["all of it for each delivery committed to", offer({ terms: monthly, discounts: [code] }), {}, 1_800],
    [
      "for some products what they are given, and of the whole their share of it, rounded up",
      offer({
        lines: [line("LAP", 80_000, 90_000), line("MOU", 4_000, 5_000, 2)],
        discounts: [{ ...code, amount: 301 }],
      }),
      { match: { sku: "MOU" } },
      2_000 + 31,
    ],
    ["nothing without such a product", offer({ discounts: [code] }), { match: { sku: "MOU" } }, 0],
  ])("is %s", (_, given, more, amount) => {
    const account = "b/always/USD";
    expect(taken(given, more)).toEqual(amount === 0 ? [] : [{ account, amount, most: 10_000 }]);
  });

  it.each([
    ["day", "2026-03-01T23:59:59.999Z", "b/2026-03-01/USD"],
    ["week", "2026-03-01T23:59:59.999Z", "b/2026-02-23/USD"],
    ["week", "2026-03-02T00:00:00.000Z", "b/2026-03-02/USD"],
    ["month", "2026-03-31T23:59:59.999Z", "b/2026-03/USD"],
  ])("by the %s at %s goes to %s", (every, now, account) => {
    expect(taken(offer({ discounts: [code] }), { every }, now).map((one) => one.account)).toEqual([account]);
  });
});

describe("a budget with so much left", () => {
  const most = 10_000;
  const withLeft = (left: number) => {
    const talk = new Talk();
    talk.limits = { ...LIMITS, budgets: [budget()] };
    talk.used = { "b/always/USD": most - left };
    return talk;
  };
  const given = ({ lines, totals, terms }: Offer) =>
    lines.reduce((sum, one) => sum + (one.gift ? 1_500 : one.list_price * one.quantity), 0) -
    (totals.goods - totals.discounts) +
    [terms.delivery, terms.warranty, terms.payment, terms.returns].reduce(
      (sum, { fee, list_fee }) => sum + list_fee - fee,
      0,
    );

  it("lets an order have just that, and not a cent more", () => {
    const asked = { want: [{ sku: "FIX" }], codes: ["TEN"] };
    expect(given(withLeft(3_000).propose(asked).offers[0] as Offer)).toBe(3_000);
    const refused = withLeft(2_999).propose(asked);
    expect(given(refused.offers[0] as Offer)).toBe(0);
    expect(refused.reasons).toEqual(["code_not_applicable"]);
  });

  it("says of a code it can no longer give that it does not apply, whatever else is answered", () => {
    const countered = withLeft(500).propose({ want: [{ sku: "LAP" }], codes: ["TEN"], total: 80_000 });
    expect(countered).toMatchObject({ act: "counter", offers: [{ discounts: [] }] });
    expect(countered.reasons).toEqual(["code_not_applicable", "price_too_low"]);
  });

  it("makes, repeats and takes no offer that gives more, whatever is asked for, and always has an offer", () => {
    const wishes = fc.record({
      sku: fc.constantFrom("LAP", "BAG"),
      share: fc.integer({ min: 70, max: 105 }),
      free: fc.boolean(),
      gift: fc.boolean(),
      code: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(wishes, { minLength: 1, maxLength: 8 }),
        fc.nat(most),
        fc.nat(most),
        (asked, a, b) => {
          const talk = withLeft(a);
          for (const [i, { sku, share, free, gift, code }] of asked.entries()) {
            const left = i < 3 ? a : b;
            talk.used = { "b/always/USD": most - left };
            const list = products.get(sku)?.product.price.USD ?? 0;
            const move = talk.propose({
              want: [{ sku, unit_price: Math.floor((list * share) / 100) }],
              terms: { ...(free ? { delivery: { free: true } } : {}), ...(gift ? { gift: true } : {}) },
              ...(code ? { codes: ["TEN"] } : {}),
            });
            expect(move.offers.length).toBeGreaterThan(0);
            for (const one of move.offers) expect(given(one)).toBeLessThanOrEqual(left);
            const used = move.offers[0]?.discounts.some(({ kind }) => kind === "code");
            if (code && !used) expect(move.reasons).toContain("code_not_applicable");
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
