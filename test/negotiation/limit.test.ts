import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import { type Draws, drawsFor, NO_DRAWS } from "../../src/domain/draws.ts";
import { Limits } from "../../src/domain/limits.ts";
import { holdsFloor, verdictOn } from "../../src/negotiation/guards.ts";
import { keptOf, placeOf } from "../../src/negotiation/place.ts";
import { unitFloor, unitLimit } from "../../src/negotiation/rules.ts";
import { DETAILS, LIMITS, PRODUCTS, product, Talk, VENDOR } from "./shop.ts";

const KEPT_BACK: Limits = Limits.parse({ ...LIMITS, conceal_bp: 2_500 });
const SKUS = ["LAP", "MOU", "COF"] as const;

const placed = (currency: string) => {
  const place = placeOf(VENDOR, currency, { country: currency === "USD" ? "US" : "KR" });
  if (!place) throw new Error("sold nowhere");
  return place;
};

const limitOf = (limits: Limits, draws: Draws, sku = "LAP", currency = "USD") => {
  const known = PRODUCTS.find((one) => one.product.id === sku)?.product;
  if (!known) throw new Error(sku);
  return unitLimit(
    { vendor: VENDOR, limits, draws },
    known,
    known.price[currency] ?? 0,
    placed(currency).tax,
    currency,
  );
};

describe("the draw above a floor", () => {
  const of = (limits: Limits, secret = "a key", version = 1) => drawsFor(limits, secret, version);

  it("hangs on the key, not on the name of the policy", () => {
    expect(of({ ...KEPT_BACK, version: "other" }).rules).toEqual(of(KEPT_BACK).rules);
    expect(of(KEPT_BACK, "another key").rules).not.toEqual(of(KEPT_BACK).rules);
    expect(limitOf(KEPT_BACK, of(KEPT_BACK, "another key"))).not.toBe(limitOf(KEPT_BACK, of(KEPT_BACK)));
  });

  it("is one for all goods of a rule and in every currency, so that there is nothing to take the mean of", () => {
    const share = (sku: string, currency: string) => {
      const list = PRODUCTS.find((one) => one.product.id === sku)?.product.price[currency] ?? 0;
      return limitOf(KEPT_BACK, of(KEPT_BACK), sku, currency) / keptOf(placed(currency).tax, list);
    };
    for (const sku of SKUS)
      for (const currency of ["USD", "KRW"]) expect(share(sku, currency)).toBeCloseTo(share("LAP", "USD"), 3);
  });

  it("moves by a third at most when the floor is restated, and by something whenever it is", () => {
    const draws = Array.from({ length: 40 }, (_, i) => {
      const rules = [{ match: {}, floor_bp: 7_800 + i, negotiable: true }];
      return Number(of({ ...KEPT_BACK, rules }).rules[0]);
    });
    expect(Math.max(...draws) - Math.min(...draws)).toBeLessThanOrEqual(333_334);
    expect(new Set(draws).size).toBe(40);
  });

  it("above a floor in money does not hang on the list price: two limits over one floor would tell it", () => {
    const rules = [{ match: {}, floor: { USD: 60_000 }, negotiable: true }];
    const limits: Limits = { ...KEPT_BACK, rules };
    const { tax } = placed("USD");
    const at = (list: number) =>
      unitLimit(
        { vendor: VENDOR, limits, draws: of(limits) },
        product("LAP", list).product,
        list,
        tax,
        "USD",
      );
    expect(new Set([70_000, 80_000, 95_000].map(at)).size).toBe(1);
    expect(at(80_000)).toBeGreaterThan(60_000);
    expect(at(60_001)).toBe(60_001);
  });

  it("and a share of the list price make one share, so that no rounding of limits tells one from the other", () => {
    const at = (floor_bp: number, draw: number, list: number) => {
      const limits: Limits = { ...KEPT_BACK, rules: [{ match: {}, floor_bp, negotiable: true }] };
      const { tax } = placed("USD");
      return unitLimit(
        { vendor: VENDOR, limits, draws: { key: 1, rules: [draw] } },
        product("LAP", list).product,
        ...([list, tax, "USD"] as const),
      );
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 6_000, max: 8_000 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 500_000, max: 1_000_000 }),
        fc.array(fc.integer({ min: 100, max: 5_000_000 }), { minLength: 40, maxLength: 40 }),
        (lower, by, draw, lists) => {
          const higher = lower + by;
          const share = (floor_bp: number, part: number) =>
            floor_bp * 100 + Math.ceil(((1_000_000 - floor_bp * 100) * Math.ceil(part / 4)) / 1_000_000);
          const wanted = share(lower, draw);
          const room = 1_000_000 - higher * 100;
          const other = 4 * Math.floor(((wanted - higher * 100) * 1_000_000) / room);
          fc.pre(other >= 0 && other <= 1_000_000 && share(higher, other) === wanted);
          for (const list of lists) expect(at(higher, other, list)).toBe(at(lower, draw, list));
        },
      ),
    );
  });

  it("is none with conceal_bp 0 or without a key", () => {
    expect(limitOf({ ...KEPT_BACK, conceal_bp: 0 }, of({ ...KEPT_BACK, conceal_bp: 0 }))).toBe(71_920);
    expect(limitOf(KEPT_BACK, NO_DRAWS)).toBe(71_920);
  });
});

const rule = fc.oneof(
  fc.record({ floor_bp: fc.nat(10_000) }),
  fc.record({ floor: fc.record({ USD: fc.nat(120_000), KRW: fc.nat(1_500_000) }) }),
);
const sold = fc.record({
  rule,
  conceal_bp: fc.nat(10_000),
  secret: fc.string(),
  list: fc.integer({ min: 1, max: 300_000 }),
  tier: fc.option(fc.nat(5_000)),
});

const limitsOf = ({ rule, conceal_bp }: { rule: object; conceal_bp: number }): Limits =>
  Limits.parse({ ...LIMITS, conceal_bp, rules: [{ match: {}, ...rule }] });

describe("the limit of a unit", () => {
  it("never lies below the floor, nor above what the list price leaves, or a published tier with its delivery", () => {
    fc.assert(
      fc.property(sold, fc.constantFrom("USD", "KRW"), ({ list, tier, secret, ...of }, currency) => {
        const limits = limitsOf(of);
        const { tax } = placed(currency);
        const tiers = tier === null ? {} : { tiers: [{ from: 5, off_bp: tier }] };
        const { product: sold } = product("LAP", list, { ...tiers, price: { USD: list, KRW: list } });
        const limit = unitLimit(
          { vendor: VENDOR, limits, draws: drawsFor(limits, secret, 1) },
          sold,
          list,
          tax,
          currency,
        );
        const floor = unitFloor(limits.rules[0], list, tax, currency);
        expect(limit).toBeGreaterThanOrEqual(floor);
        if (keptOf(tax, list) >= floor) expect(limit).toBeLessThanOrEqual(keptOf(tax, list));
        // Five of them, and what their delivery costs at most.
        const goods = list * 5 - Math.floor((list * 5 * (tier ?? 0) + 5_000) / 10_000);
        const five = keptOf(tax, goods) - (currency === "USD" ? 500 : 2_500);
        if (tier !== null && five >= floor * 5) expect(limit * 5).toBeLessThanOrEqual(five);
      }),
    );
  });
});

const asked = fc.oneof(
  fc.record({ total: fc.integer({ min: 30_000, max: 200_000 }) }),
  fc.record({ off_bp: fc.nat(6_000) }),
  fc.record({ lower: fc.constant(true as const) }),
  fc.record({ codes: fc.constantFrom(["TEN"], ["DEEP"], ["BEANS"]) }),
  fc.record({ terms: fc.constantFrom({ gift: true as const }, { delivery: { free: true } }) }),
);
const message = fc.tuple(
  fc.constantFrom([{ sku: "LAP" }], [{ sku: "LAP" }, { sku: "MOU", quantity: 12 }], undefined),
  asked,
);

describe("whatever is said", () => {
  it("vendors whose limits are the same cannot be told apart, wherever below them their floors lie", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1_000_000), fc.integer({ min: 5_000, max: 9_900 })), {
          minLength: 3,
          maxLength: 3,
        }),
        fc.array(message, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("USD", "KRW"),
        (drawn, messages, currency) => {
          const { tax, ship_to } = placed(currency);
          const goods = SKUS.map((sku, i) => {
            const entry = PRODUCTS.find((one) => one.product.id === sku)?.product;
            if (!entry) throw new Error(sku);
            const list = entry.price[currency] ?? 0;
            const [draw, bp] = drawn[i] ?? [0, 10_000];
            return { sku, entry, list, draw, floor: Math.ceil((keptOf(tax, list) * bp) / 10_000) };
          });
          const rest = { match: {}, floor_bp: 9_000 };
          const rules = (figure: (one: (typeof goods)[number]) => number) => [
            ...goods.map((one) => ({ match: { sku: one.sku }, floor: { [currency]: figure(one) } })),
            rest,
          ];
          const draws: Draws = { key: 1, rules: [...goods.map(({ draw }) => draw), 0] };
          const conceals = Limits.parse({
            ...LIMITS,
            conceal_bp: 10_000,
            rules: rules(({ floor }) => floor),
          });
          const limitOf = ({ entry, list }: (typeof goods)[number]) =>
            unitLimit({ vendor: VENDOR, limits: conceals, draws }, entry, list, tax, currency);
          const bare = Limits.parse({ ...LIMITS, conceal_bp: 10_000, rules: rules(limitOf) });
          const talks = [
            talkWith(conceals, draws, currency, ship_to),
            talkWith(bare, { key: 1, rules: [] }, currency, ship_to),
          ] as const;
          for (const [want, more] of messages) {
            const act = { ...(want ? { want } : {}), ...more };
            const [one, other] = talks.map((talk) => talk.propose(act as Parameters<Talk["propose"]>[0]));
            expect(one).toEqual(other);
          }
          const [mine, bound] = talks.map((talk) => takes(talk, ship_to));
          expect(mine).toEqual(bound);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("no offer is made or bound below the limit, and what binds holds the floor by itself", () => {
    fc.assert(
      fc.property(
        sold,
        fc.array(message, { minLength: 1, maxLength: 8 }),
        ({ list, secret, ...of }, sent) => {
          const limits = limitsOf(of);
          const draws = drawsFor(limits, secret, 1);
          const products = PRODUCTS.map((one) => (one.product.id === "LAP" ? product("LAP", list) : one));
          const talk = talkWith(limits, draws, "USD", { country: "US" });
          talk.products = products;
          for (const [want, more] of sent)
            talk.propose({ ...(want ? { want } : {}), ...more } as Parameters<Talk["propose"]>[0]);
          takes(talk, { country: "US" });
          const known = new Map(products.map((one) => [one.product.id, one]));
          for (const { move, binding } of talk.decisions)
            for (const offer of [...move.offers, ...(binding ? [binding.offer] : [])]) {
              expect(verdictOn(offer, known, { vendor: VENDOR, limits, draws }).holds).toBe(true);
              expect(holdsFloor(offer, known, talk)).toBe(true);
            }
        },
      ),
    );
  });
});

function talkWith(limits: Limits, draws: Draws, currency: string, ship_to: { country: string }): Talk {
  const talk = new Talk({ currency, ship_to, rounds: 5 });
  Object.defineProperty(talk, "draws", { value: draws });
  talk.limits = limits;
  return talk;
}

function takes(talk: Talk, ship_to: { country: string }): unknown {
  const offer = talk.state.standings.findLast(({ status }) => status === "live")?.offer;
  if (!offer) return null;
  const details = { ...DETAILS, ship_to: { ...DETAILS.ship_to, ...ship_to } };
  return talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details } as Act);
}
