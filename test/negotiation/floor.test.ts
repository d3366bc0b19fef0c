import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../src/domain/hash.ts";
import { Limits } from "../../src/domain/limits.ts";
import { hashOf, type Offer } from "../../src/domain/offer.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { decide } from "../../src/negotiation/decide.ts";
import { STRATEGIES } from "../../src/negotiation/strategies/index.ts";
import { floorOracle, sumsOracle } from "./oracle.ts";
import { BUNDLE, DETAILS, LIMITS, later, PRODUCTS, product, T0, Talk, VENDOR } from "./shop.ts";

const bp = (max = 10_000) => fc.integer({ min: 0, max });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const money = (max: number) => fc.record({ USD: fc.nat(max), KRW: fc.nat(max * 13) });
const given = <T extends object>(record: T) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const shop = fc
  .record({
    floors: fc.array(bp(), { minLength: 4, maxLength: 4 }),
    money: maybe(money(100_000)),
    negotiable: fc.boolean(),
    costs: fc.array(fc.oneof(bp(2_000), money(3_000)), { minLength: 8, maxLength: 8 }),
    fees: fc.array(money(3_000), { minLength: 2, maxLength: 2 }),
    fee_bp: fc.array(bp(1_500), { minLength: 3, maxLength: 3 }),
    free_from: money(150_000),
    tax: fc.constantFrom("included", "added", "exempt"),
    rate: bp(2_500),
    off: fc.array(bp(6_000), { minLength: 4, maxLength: 4 }),
    min_goods: fc.nat(50_000),
    gift: fc.tuple(fc.nat(100_000), fc.nat(8_000)),
    strategy: fc.constantFrom(...STRATEGIES.map(({ name }) => name)),
    objective: fc.constantFrom("conversion", "balance", "margin"),
    renewal: bp(3_000),
    prize: maybe(money(50_000)),
    stock: fc.nat(60),
    price: fc.integer({ min: 1, max: 300_000 }),
  })
  .map((draw) => {
    const [a = 0, b = 0, c = 0, d = 0] = draw.floors;
    const cost = (i: number) => draw.costs[i] ?? 0;
    const tax = { name: "Tax", treatment: draw.tax, rate_bp: draw.rate };
    const t = VENDOR.terms;
    const vendor = Vendor.parse({
      ...VENDOR,
      markets: VENDOR.markets.map((market) => ({ ...market, tax })),
      terms: {
        ...t,
        delivery: t.delivery.map((o, i) => ({
          ...o,
          fee: draw.fees[i],
          ...(i === 0 ? { free_from: draw.free_from } : {}),
        })),
        warranty: t.warranty.map((o, i) => ({ ...o, fee_bp: i * (draw.fee_bp[0] ?? 0) })),
        payment: t.payment.map((o, i) => ({ ...o, fee_bp: i * (draw.fee_bp[1] ?? 0) })),
        returns: t.returns.map((o, i) => ({ ...o, fee_bp: i * (draw.fee_bp[2] ?? 0) })),
        subscription: t.subscription.map((o) => ({ ...o, off_bp: draw.off[2] })),
      },
    });
    const limits = (late: number): Limits =>
      Limits.parse({
        ...LIMITS,
        version: `v${late}`,
        objective: draw.objective,
        strategy: { machine: draw.strategy, person: draw.strategy },
        renewal_value_bp: draw.renewal,
        ...(draw.prize ? { acquisition_value: draw.prize } : {}),
        rules: [
          { match: { sku: "LAP" }, ...(draw.money ? { floor: draw.money } : { floor_bp: a }) },
          { match: { category: "computers/mice" }, floor_bp: b },
          { match: { category: "coffee" }, floor_bp: c, negotiable: draw.negotiable },
          { match: {}, floor_bp: Math.max(d, late) },
        ].map((rule) =>
          "floor_bp" in rule ? { ...rule, floor_bp: Math.max(rule.floor_bp ?? 0, late) } : rule,
        ),
        term_costs: {
          delivery: { standard: cost(0), express: cost(1) },
          warranty: { w12: cost(2), w24: cost(3) },
          payment: { now: cost(4), net30: cost(5) },
          returns: { r14: cost(6), r30: cost(7) },
        },
        codes: [
          { code: "TEN", off_bp: draw.off[0], min_goods: { USD: draw.min_goods, KRW: draw.min_goods } },
          { code: "BEANS", off_bp: draw.off[1], match: { category: "coffee" } },
        ],
        gifts: [
          {
            sku: "BAG",
            min_goods: { USD: draw.gift[0], KRW: draw.gift[0] },
            cost: { USD: draw.gift[1], KRW: draw.gift[1] },
          },
        ],
      });
    const products = PRODUCTS.map((known) =>
      known.product.id === "LAP"
        ? product("LAP", draw.price)
        : known.product.id === "MOU"
          ? { ...known, stock: draw.stock }
          : known,
    );
    const bundles = [{ ...BUNDLE, off_bp: draw.off[3] ?? 0 }];
    return { vendor, limits, products, bundles };
  });

const terms = fc
  .record({
    delivery: maybe(fc.record({ days_max: maybe(fc.nat(6)), free: maybe(fc.boolean()) }).map(given)),
    warranty: maybe(fc.record({ months_min: maybe(fc.nat(36)), free: maybe(fc.boolean()) }).map(given)),
    payment: maybe(fc.record({ days_min: maybe(fc.nat(40)) }).map(given)),
    returns: maybe(fc.record({ days_min: maybe(fc.nat(40)) }).map(given)),
    subscription: maybe(fc.constantFrom(null, { every_months: 1 })),
    gift: maybe(fc.constantFrom(true as const, "BAG")),
  })
  .map(given);

const proposal = fc
  .record({
    want: maybe(
      fc.uniqueArray(
        fc
          .record({
            sku: fc.constantFrom("LAP", "MOU", "COF", "FIX", "GONE", "OUT"),
            quantity: maybe(fc.integer({ min: 1, max: 70 })),
            unit_price: maybe(fc.oneof(fc.nat(100_000), fc.nat(2_000_000))),
          })
          .map((line) => given(line) as { sku: string }),
        { minLength: 1, maxLength: 3, selector: (line) => line.sku },
      ),
    ),
    total: maybe(fc.nat(3_000_000)),
    off_bp: maybe(bp()),
    lower: maybe(fc.constant(true as const)),
    remove: maybe(fc.constantFrom([{ sku: "MOU" }], [{ sku: "LAP" }])),
    codes: maybe(fc.subarray(["TEN", "beans", "NOPE"], { minLength: 1 })),
    terms: maybe(terms),
  })
  .map((draw) => ({ does: "propose" as const, ...given(draw) }));

const step = fc.oneof(
  { weight: 8, arbitrary: proposal },
  { weight: 2, arbitrary: fc.constant({ does: "accept" as const }) },
  { weight: 1, arbitrary: fc.constant({ does: "reject" as const }) },
  { weight: 1, arbitrary: bp(9_900).map((late) => ({ does: "limits" as const, late })) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 20 }).map((minutes) => ({ does: "wait" as const, minutes })),
  },
  { weight: 1, arbitrary: fc.constantFrom("CA", "OR").map((region) => ({ does: "move" as const, region })) },
);

/** Same goods, same options, same tax: then only the price can differ. */
function comparable(a: Offer, b: Offer): boolean {
  const of = ({ lines, terms, tax, ship_to }: Offer) =>
    canonical([
      lines.map(({ sku, quantity, gift }) => [sku, quantity, gift ?? false]).sort(),
      [terms.delivery.id, terms.warranty.id, terms.payment.id, terms.returns.id, terms.subscription],
      [tax.rate_bp, ship_to],
    ]);
  return of(a) === of(b);
}

function play(
  talk: Talk,
  one: typeof step extends fc.Arbitrary<infer S> ? S : never,
  limits: (late: number) => Limits,
) {
  const offer = talk.state.standings.findLast((standing) => standing.status === "live")?.offer;
  switch (one.does) {
    case "propose": {
      const { does: _, ...rest } = one;
      return talk.propose(rest);
    }
    case "accept":
      if (!offer) return null;
      try {
        return talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS_LIKE(talk) });
      } catch (fault) {
        expect(fault).toHaveProperty("code");
        return null;
      }
    case "reject":
      return talk.send({ act: "reject", reason: "price_sensitivity" });
    case "limits":
      talk.limits = limits(one.late);
      return null;
    case "wait":
      talk.now = later((Date.parse(talk.now) - Date.parse(T0)) / 60_000 + one.minutes);
      return null;
    case "move":
      return talk.send({
        act: "inform",
        details: { ship_to: { ...DETAILS_LIKE(talk).ship_to, region: one.region } },
      });
  }
}

function DETAILS_LIKE(talk: Talk) {
  return { ...DETAILS, ship_to: { ...DETAILS.ship_to, ...talk.state.ship_to } };
}

const runs = Number(process.env.PARLEY_RUNS ?? 400);

describe("whatever is asked of a shop, whatever its limits", () => {
  for (const currency of ["USD", "KRW"]) {
    it(`no ${currency} offer is sent or bound below the floor, and every figure, hash and bound holds`, () => {
      fc.assert(
        fc.property(
          shop,
          fc.array(step, { minLength: 3, maxLength: 14 }),
          ({ vendor, limits, products, bundles }, steps) => {
            const ship_to = { country: currency === "USD" ? "US" : "KR" };
            const talk = new Talk({ currency, ship_to, rounds: 6 });
            Object.assign(talk, { vendor, products, bundles, limits: limits(0) });
            for (const one of steps) {
              const before = talk.state;
              const move = play(talk, one, limits);
              if (!move) continue;
              const decision = talk.last();
              const offers = [...move.offers, ...(decision.binding ? [decision.binding.offer] : [])];
              expect(move.offers.length).toBeLessThanOrEqual(3);
              expect(move.round.n).toBeLessThanOrEqual(6);
              for (const offer of offers) {
                const { net, must, holds } = floorOracle(offer, products, talk.limits);
                if (!holds) throw new Error(`brings ${net}, must bring ${must}: ${JSON.stringify(offer)}`);
                expect(sumsOracle(offer)).toEqual([]);
                const { hash, ...rest } = offer;
                expect(hash).toBe(hashOf(rest));
                for (const { status, offer: earlier } of before.standings) {
                  const stands = status === "live" && earlier.expires_at > talk.now;
                  if (
                    stands &&
                    comparable(earlier, offer) &&
                    floorOracle(earlier, products, talk.limits).holds
                  ) {
                    expect(offer.totals.total).toBeLessThanOrEqual(earlier.totals.total);
                  }
                }
              }
              if (decision.binding)
                expect(decision.binding.offer).toEqual(
                  before.standings.findLast((s) => s.offer.id === decision.binding?.offer.id)?.offer,
                );
              const input = talk.inputs.at(-1);
              if (input) expect(canonical(decide(input))).toBe(canonical(decision));
            }
          },
        ),
        { numRuns: runs },
      );
    });
  }
});
