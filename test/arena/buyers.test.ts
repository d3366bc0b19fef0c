import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawWant, goodsOf, listedOffer } from "../../src/arena/buyers/draw.ts";
import { BUYERS } from "../../src/arena/buyers/index.ts";
import { surplusOf, type Want } from "../../src/arena/buyers/want.ts";
import { replayDifferences, type Shop } from "../../src/arena/conversation.ts";
import { seeded } from "../../src/arena/random.ts";
import { shopping } from "../../src/arena/shopping.ts";
import { drawsFor } from "../../src/domain/draws.ts";
import { canonical } from "../../src/domain/hash.ts";
import { Limits } from "../../src/domain/limits.ts";
import { BUNDLE, LIMITS, PRODUCTS, T0, VENDOR } from "../negotiation/shop.ts";

const SHOP: Shop = {
  ...{ vendor: VENDOR, limits: LIMITS, bundles: [BUNDLE] },
  products: new Map(PRODUCTS.map((known) => [known.product.id, known])),
};

const visitor = (shop: Shop, name: string, seed: number): Want => {
  const random = seeded(name, seed);
  const want = drawWant(shop, goodsOf(shop, "USD"), "USD", random);
  const { buyer } = BUYERS.find((one) => one.buyer.name === name) ?? {};
  if (!want || !buyer) throw new Error("this shop lists something for everybody");
  return buyer.shaped?.(want, random) ?? want;
};

const visit = (shop: Shop, name: string, seed: number) => {
  const { buyer } = BUYERS.find((one) => one.buyer.name === name) ?? {};
  if (!buyer) throw new Error(`nobody buys as ${name}`);
  const want = visitor(shop, name, seed);
  const session = `${name}-${seed}`;
  const seen = shopping(shop, { session, want, buyer, kind: "machine", now: T0 }, seeded("play", seed));
  return { want, ...seen };
};

/** What the goods would be worth to it on the terms it likes best: more than that nobody offers. */
const mostWorth = ({ worth, tastes }: Want) =>
  Object.values(tastes).reduce((sum, options) => sum + Math.max(0, ...Object.values(options)), worth);

/** A shop with other floors, costs and aims, so that what holds of buyers is no accident of one. */
const shops = fc
  .record({
    floor_bp: fc.integer({ min: 0, max: 10_000 }),
    objective: fc.constantFrom("conversion" as const, "balance" as const, "margin" as const),
    warranty: fc.integer({ min: 0, max: 900 }),
    conceal_bp: fc.constantFrom(0, 2_500),
  })
  .map(({ floor_bp, objective, warranty, conceal_bp }): Shop => {
    const rules = [{ match: {}, floor_bp }];
    const term_costs = { ...LIMITS.term_costs, warranty: { w12: 0, w24: warranty } };
    const limits = Limits.parse({ ...LIMITS, rules, objective, term_costs, conceal_bp });
    return { ...SHOP, limits, draws: drawsFor(limits, "secret of a test", 1) };
  });

describe.each(BUYERS.map(({ buyer }) => buyer.name))("a %s", (name) => {
  test("never takes what costs it more than it is worth to it, is refused nothing, and comes to an end", () => {
    fc.assert(
      fc.property(shops, fc.nat(), (shop, seed) => {
        const { want, talk, deal, fault, surplus } = visit(shop, name, seed);
        expect(fault).toBeNull();
        expect(talk.turns.length).toBeLessThan(30);
        if (deal) expect(surplusOf(want, deal)).toBeGreaterThanOrEqual(0);
        expect(surplus).toBeGreaterThanOrEqual(0);
        expect(talk.state.intents.length).toBe(deal ? 1 : 0);
        expect(replayDifferences(talk)).toBe(0);
        for (const { input } of talk.turns)
          for (const act of input.reading.acts)
            if (act.act === "propose") expect(act.total ?? 0).toBeLessThanOrEqual(mostWorth(want));
      }),
      { numRuns: 25 },
    );
  });

  test("plays the same for the same seed", () => {
    const said = (seed: number) =>
      canonical(visit(SHOP, name, seed).talk.turns.map(({ input }) => input.reading));
    for (const seed of [1, 2, 3]) expect(said(seed)).toBe(said(seed));
  });
});

test("buyers as a crowd buy where there is room, and each way of buying does at times", () => {
  const roomy = { ...SHOP, limits: Limits.parse({ ...LIMITS, rules: [{ match: {}, floor_bp: 3000 }] }) };
  for (const { buyer } of BUYERS) {
    let deals = 0;
    for (let seed = 0; seed < 60 && deals < 6; seed++)
      if (visit(roomy, buyer.name, seed).deal !== null) deals += 1;
    expect([buyer.name, deals]).toEqual([buyer.name, 6]);
  }
});

test("what a want lists at is what the shop publishes for it, tiers and bundles included", () => {
  const ten = listedOffer(SHOP, "USD", [{ sku: "MOU", quantity: 10 }]);
  expect(ten?.totals).toMatchObject({ goods: 49_000, discounts: 3_920 });
  const wants = Array.from({ length: 200 }, (_, seed) => visitor(SHOP, "linear", seed));
  for (const want of wants) expect(want.listed).toBe(listedOffer(SHOP, "USD", want.lines)?.totals.total);
  expect(wants.some(({ lines }) => lines.length === 2)).toBe(true);
});

test("a deal is possible for about two in three, at a limit of 76 % of list", () => {
  const wants = Array.from({ length: 1_500 }, (_, seed) => visitor(SHOP, "linear", seed));
  const able = wants.filter(({ worth, listed }) => worth >= listed * 0.76).length / wants.length;
  expect(able).toBeGreaterThan(0.64);
  expect(able).toBeLessThan(0.72);
});
