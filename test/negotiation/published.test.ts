import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draws, drawsFor, NO_DRAWS } from "../../src/domain/draws.ts";
import type { Product } from "../../src/domain/entry.ts";
import type { Known } from "../../src/domain/evidence.ts";
import { Limits } from "../../src/domain/limits.ts";
import { share } from "../../src/domain/money.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { pricedBy } from "../../src/negotiation/build.ts";
import { verdictOn } from "../../src/negotiation/guards.ts";
import { choiceOf, modesOf } from "../../src/negotiation/modes.ts";
import { placeOf } from "../../src/negotiation/place.ts";
import { LIMITS, PRODUCTS, product, Talk, VENDOR } from "./shop.ts";

/** A laptop whose last tier leaves ₩850 above its floor in won, as long as its delivery is not counted. */
const TIERS = [
  { from: 5, off_bp: 300 },
  { from: 10, off_bp: 500 },
];
const LAPTOP = product("LAP", 0, { price: { KRW: 1_190_000 }, tiers: TIERS });
const CLOSE = Limits.parse({
  ...LIMITS,
  conceal_bp: 10_000,
  rules: [
    { match: { sku: "LAP" }, floor: { KRW: 1_026_877 } },
    { match: {}, floor_bp: 8_000 },
  ],
});

describe("a tier that the floor carries", () => {
  it.each(["one key", "another key", "a third key"])("is given with the listed delivery (%s)", (secret) => {
    const talk = new Talk({ currency: "KRW", ship_to: { country: "KR" } });
    Object.assign(talk, { limits: CLOSE, secret, products: [LAPTOP, ...PRODUCTS.slice(1)] });
    for (const [quantity, off_bp] of [
      [5, 300],
      [10, 500],
      [25, 500],
    ] as const) {
      const [offer] = talk.propose({ want: [{ sku: "LAP", quantity }] }).offers;
      expect(offer?.discounts).toEqual([
        { kind: "tier", id: "LAP", amount: share(1_190_000 * quantity, off_bp) },
      ]);
    }
  });
});

const bp = (max: number) => fc.nat(max);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const sold = fc.record({
  list: fc.integer({ min: 100, max: 2_000_000 }),
  floor: fc.oneof(
    bp(10_000).map((floor_bp) => ({ floor_bp })),
    fc.nat(2_000_000).map((amount) => ({ floor: { USD: amount, KRW: amount } })),
  ),
  tiers: fc
    .tuple(fc.integer({ min: 2, max: 12 }), bp(2_000), fc.integer({ min: 1, max: 20 }), bp(2_000))
    .map(([from, off_bp, more, further]) => [
      { from, off_bp },
      { from: from + more, off_bp: off_bp + further },
    ]),
});
const shop = fc.record({
  goods: fc.array(sold, { minLength: 2, maxLength: 3 }),
  conceal_bp: bp(10_000),
  secret: fc.string(),
  fee: fc.nat(8_000),
  free_from: some(fc.nat(500_000)),
  delivery: fc.oneof(
    bp(1_500),
    fc.nat(20_000).map((amount) => ({ USD: amount, KRW: amount })),
  ),
  warranty: bp(400),
  quantities: fc.array(fc.nat(60), { minLength: 3, maxLength: 3 }),
});

describe("whatever a shop publishes", () => {
  it.each(["USD", "KRW"])(
    "is carried by its limits, in orders of any goods, when its floors do (%s)",
    (currency) => {
      let carried = 0;
      fc.assert(
        fc.property(shop, ({ goods, conceal_bp, secret, fee, free_from, delivery, warranty, quantities }) => {
          const { terms } = VENDOR;
          const [standard, ...others] = terms.delivery;
          const both = (amount: number) => ({ USD: amount, KRW: amount });
          const listed = {
            ...standard,
            fee: both(fee),
            free_from: free_from === undefined ? undefined : both(free_from),
          };
          const vendor = Vendor.parse({ ...VENDOR, terms: { ...terms, delivery: [listed, ...others] } });
          const limits = Limits.parse({
            ...LIMITS,
            conceal_bp,
            rules: [
              ...goods.map(({ floor }, i) => ({ match: { sku: `P${i}` }, ...floor })),
              { match: {}, floor_bp: 0 },
            ],
            term_costs: {
              ...LIMITS.term_costs,
              delivery: { standard: delivery },
              warranty: { w12: warranty },
            },
          });
          const known = goods.map(({ list, tiers }, i) => product(`P${i}`, 0, { price: both(list), tiers }));
          const draws = drawsFor(limits, secret, 1);
          const judged = (quantities: readonly number[], by: Draws, free = false) =>
            verdict(vendor, limits, by, known, quantities, currency, free);
          const held = (quantities: readonly number[], by: Draws) => judged(quantities, by).holds;
          // As hard as it comes for each by itself: just enough of it, its delivery for nothing. An order that concedes
          // nothing is sold below its floor, too, but then the floor carries nothing.
          const kept = known.every(({ product: { tiers = [] } }, i) =>
            tiers.every(({ from }) => {
              const alone = known.map((_, j) => (i === j ? from : 0));
              const { net, floor } = judged(alone, NO_DRAWS, true);
              return net >= floor;
            }),
          );
          fc.pre(kept && quantities.some((quantity) => quantity > 0));
          if (!held(quantities, NO_DRAWS)) return;
          carried += 1;
          expect(held(quantities, draws)).toBe(true);
          for (const [
            i,
            {
              product: { tiers = [] },
            },
          ] of known.entries())
            for (const { from } of tiers)
              expect(
                held(
                  known.map((_, j) => (i === j ? from : 0)),
                  draws,
                ),
              ).toBe(true);
        }),
        { numRuns: 400 },
      );
      expect(carried).toBeGreaterThan(50);
    },
  );
});

/** Of an order at list prices less its tiers, with the listed terms. */
function verdict(
  vendor: Vendor,
  limits: Limits,
  draws: Draws,
  goods: readonly Known[],
  quantities: readonly number[],
  currency: string,
  free: boolean,
): ReturnType<typeof verdictOn> {
  const place = placeOf(vendor, currency, { country: currency === "USD" ? "US" : "KR" });
  const choice = place && choiceOf(modesOf(vendor, limits, currency, place), null);
  if (!place || !choice) throw new Error("sold nowhere");
  const ordered = goods.flatMap((known, i) => {
    const quantity = quantities[i] ?? 0;
    return quantity > 0 ? [{ known, quantity, list: known.product.price[currency] ?? 0 }] : [];
  });
  const lines = ordered.map(({ known, quantity, list }) => ({
    ...{ sku: known.product.id, title: "", quantity, unit_price: list, list_price: list, version: "1" },
  }));
  const gross = lines.reduce((sum, { list_price, quantity }) => sum + list_price * quantity, 0);
  const off = ordered.reduce((sum, { known, quantity, list }) => {
    return sum + share(list * quantity, tierOf(known.product, quantity));
  }, 0);
  const delivery = free ? { ...choice.delivery, fee: 0 } : choice.delivery;
  const { terms, tax, totals } = pricedBy(place, gross, off, { ...choice, delivery });
  const offer = { currency, lines, tax, totals, terms: { ...terms, subscription: null } };
  const products = new Map(goods.map((known) => [known.product.id, known]));
  return verdictOn(offer, products, { vendor, limits, draws });
}

function tierOf({ tiers = [] }: Product, quantity: number): number {
  return Math.max(0, ...tiers.filter(({ from }) => from <= quantity).map(({ off_bp }) => off_bp));
}
