import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_DRAWS } from "../../src/domain/draws.ts";
import { built } from "../../src/negotiation/build.ts";
import { sendable } from "../../src/negotiation/earlier.ts";
import { verdictOn } from "../../src/negotiation/guards.ts";
import { situationOf } from "../../src/negotiation/situation.ts";
import { LIMITS, later, PRODUCTS, product, Talk, VENDOR } from "./shop.ts";

const lap = (unit_price?: number) => ({
  want: [{ sku: "LAP", ...(unit_price === undefined ? {} : { unit_price }) }],
});

describe("bargaining", () => {
  it("opens at list price with the listed terms", () => {
    const [offer] = new Talk().propose(lap()).offers;
    expect(offer?.lines[0]?.unit_price).toBe(89_900);
    expect(offer?.totals).toEqual({ goods: 89_900, discounts: 0, fees: 700, tax: 6_342, total: 96_942 });
    expect(offer?.negotiable).toEqual(expect.arrayContaining(["price", "delivery_fee", "warranty"]));
  });

  it("looks at five hundred candidates or more, and at no more than five thousand", () => {
    for (const price of [40, 900, 89_900, 9_000_000]) {
      const talk = new Talk();
      talk.products = [product("LAP", price)];
      talk.propose({ want: [{ sku: "LAP" }], total: 1 });
      const { candidates } = talk.last().reasons;
      expect(candidates).toBeGreaterThanOrEqual(500);
      expect(candidates).toBeLessThanOrEqual(5_000);
    }
  });

  it("comes down late, ends in the announced rounds with a final offer, and says it again after", () => {
    const talk = new Talk();
    const totals: number[] = [];
    for (let round = 1; round <= 12; round++) {
      const { offers, act, round: at } = talk.propose(lap(60_000));
      totals.push(offers[0]?.totals.total ?? 0);
      expect(at).toEqual({ n: Math.min(round, 10), of: 10 });
      expect(act === "final_offer").toBe(round >= 10);
    }
    expect([...totals].sort((a, b) => b - a)).toEqual(totals);
    expect(totals[4] ?? 0).toBeGreaterThan(95_000);
    expect(totals[9] ?? 0).toBeLessThan(86_000);
    const last = talk.last().move;
    expect(last.reasons).toEqual(["rounds_over", "best_already"]);
    expect(last.offers[0]).toMatchObject({
      final: true,
      negotiable: [],
      id: talk.decisions[9]?.move.offers[0]?.id,
    });
  });

  it("meets a price it would ask for itself, just as proposed", () => {
    const talk = new Talk();
    for (let i = 0; i < 8; i++) talk.propose(lap(60_000));
    const move = talk.propose(lap(83_333));
    expect([move.act, move.offers[0]?.lines[0]?.unit_price]).toEqual(["offer", 83_333]);
  });

  it("meets an all-in total without passing it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 170_000, max: 260_000 }),
        fc.integer({ min: 1, max: 4 }),
        (total, quantity) => {
          const talk = new Talk({ rounds: 1 });
          const [offer] = talk.propose({ want: [{ sku: "LAP", quantity }, { sku: "MOU" }], total }).offers;
          if (talk.last().reasons.notes.includes("met"))
            expect(offer?.totals.total).toBeLessThanOrEqual(total);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("never asks more than list, nor more than it asked before, whatever is proposed", () => {
    const talk = new Talk();
    const [opening] = talk.propose(lap()).offers;
    const [offer] = talk.propose(lap(150_000)).offers;
    expect(offer?.totals).toEqual(opening?.totals);
  });

  it("does not go below what the counterpart once offered itself", () => {
    const talk = new Talk();
    talk.propose(lap(88_000));
    for (let i = 0; i < 8; i++) talk.propose(lap(60_000));
    expect(talk.last().move.offers[0]?.lines[0]?.unit_price).toBeGreaterThanOrEqual(88_000);
  });

  it("offers packages of equal value once two issues are named, but one only to a listener", () => {
    const terms = { delivery: { days_max: 2 }, warranty: { months_min: 24 } };
    const ask = { want: [{ sku: "LAP", quantity: 2 }], total: 150_000, terms };
    const { offers } = new Talk().propose(ask);
    const [lead, ...others] = offers;
    const differing = others.map((offer) =>
      (["delivery", "warranty", "payment", "returns"] as const).filter(
        (issue) => offer.terms[issue].id !== lead?.terms[issue].id,
      ),
    );
    expect(differing.every((issues) => issues.length === 1)).toBe(true);
    expect(new Set(differing.flat()).size).toBe(others.length);
    expect(others[0]?.totals.total).toBeLessThan(lead?.totals.total ?? 0);
    expect(offers.length).toBeGreaterThan(1);
    expect(offers[0]?.terms).toMatchObject({ delivery: { id: "express" }, warranty: { id: "w24" } });
    expect(new Talk({ channel: "voice" }).propose(ask).offers).toHaveLength(1);
  });

  it("sells at list price only where the vendor says so", () => {
    const move = new Talk().propose({ want: [{ sku: "FIX", unit_price: 29_000 }] });
    expect([move.reasons, move.offers[0]?.lines[0]?.unit_price]).toEqual([["best_already"], 30_000]);
  });

  it("does not keep an old list price for goods that are list price only", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "FIX" }] });
    talk.products = PRODUCTS.map((known) => (known.product.id === "FIX" ? product("FIX", 33_000) : known));
    expect(talk.propose({ want: [{ sku: "FIX", quantity: 2 }] }).offers[0]?.lines[0]?.unit_price).toBe(
      33_000,
    );
  });

  it("says what it cannot sell, and how much it can", () => {
    const reasons = (sku: string, quantity = 1) => new Talk().propose({ want: [{ sku, quantity }] });
    expect(reasons("GONE").reasons).toEqual(["product_withdrawn"]);
    expect(reasons("OUT").reasons).toEqual(["out_of_stock"]);
    expect(reasons("WON").reasons).toEqual(["not_in_currency"]);
    const most = reasons("LAP", 40);
    expect([most.reasons, most.offers[0]?.lines[0]?.quantity]).toEqual([["too_many"], 30]);
    expect(new Talk({ ship_to: { country: "FR" } }).propose(lap()).reasons).toEqual(["does_not_ship_there"]);
  });

  it("subscribes only what may be subscribed to", () => {
    const terms = { subscription: { every_months: 1 } };
    const coffee = new Talk().propose({ want: [{ sku: "COF", quantity: 5 }], terms }).offers[0];
    expect([coffee?.terms.subscription?.id, coffee?.discounts[0]]).toEqual([
      "monthly",
      { kind: "subscription", id: "monthly", amount: 450 },
    ]);
    expect(new Talk().propose({ ...lap(), terms }).reasons).toContain("terms_not_available");
  });

  it("gives a gift when what is left still holds the floor", () => {
    const talk = new Talk();
    for (let i = 0; i < 9; i++) talk.propose({ want: [{ sku: "LAP", quantity: 2 }], terms: { gift: "BAG" } });
    expect(talk.last().move.offers[0]?.lines.find((line) => line.gift)?.sku).toBe("BAG");
  });

  it("makes a better offer when the price is turned down, and asks what would help else", () => {
    const talk = new Talk();
    for (let i = 0; i < 6; i++) talk.propose(lap(60_000));
    const before = talk.last().move.offers[0]?.totals.total ?? 0;
    expect(talk.send({ act: "reject", reason: "price_sensitivity" }).offers[0]?.totals.total).toBeLessThan(
      before,
    );
    expect(talk.send({ act: "reject", reason: "other" })).toMatchObject({
      act: "clarify",
      ask: "price",
      offers: [],
    });
    const later = talk.send({ act: "reject", reason: "timing_deferred" });
    expect([later.act, later.ask, later.offers.length]).toEqual(["inform", null, 1]);
  });

  it("goes back to a shorter warranty that is named, and keeps the one that stands for a wish it meets", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "LAP" }], terms: { warranty: { months_min: 24 } } });
    const back = talk.propose({ terms: { warranty: { months_min: 12 } } });
    expect(back.offers[0]?.terms.warranty.months).toBe(12);
  });

  it("does not hold a total named for more goods against fewer of them", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "LAP" }, { sku: "BAG" }] });
    for (let i = 0; i < 4; i++) talk.propose({ total: 1 });
    const less = talk.propose({ remove: [{ sku: "BAG" }] }).offers[0]?.totals.total ?? 0;
    expect(talk.propose({ total: 1 }).offers[0]?.totals.total).toBeLessThan(less);
  });
});

describe("strategies", () => {
  it("fixed sells at list price to the last round", () => {
    const talk = new Talk();
    talk.limits = { ...LIMITS, strategy: { machine: "fixed", person: "fixed" } };
    for (let i = 0; i < 11; i++) talk.propose(lap(85_000));
    expect(talk.last().move.offers[0]?.lines[0]?.unit_price).toBe(89_900);
  });

  describe("when costs change in mid-session", () => {
    const limitsAt = (floor_bp: number) => ({
      ...LIMITS,
      rules: [{ match: {}, floor_bp, negotiable: true }],
    });
    /** Unit prices of ten rounds; after `rounds` of them the floor moves and all that was offered has ended. */
    const prices = (rounds: number, [before, after]: readonly [number, number], ended = 16) => {
      const talk = new Talk();
      talk.limits = limitsAt(before);
      return Array.from({ length: 10 }, (_, i) => {
        if (i === rounds) Object.assign(talk, { limits: limitsAt(after), now: later(ended) });
        return talk.propose(lap(60_000)).offers[0]?.lines[0]?.unit_price ?? 0;
      });
    };
    const aims = (talk: Talk, times: number) =>
      Array.from({ length: times }, () => {
        talk.propose(lap(60_000));
        return talk.last().reasons.target ?? 0;
      });

    it("goes on from what was offered: what has ended is not taken back, and the rest is conceded evenly", () => {
      const told = prices(7, [8_000, 9_500]);
      const anew = prices(0, [9_500, 9_500]);
      expect(told.slice(0, 7)).toEqual(prices(10, [8_000, 8_000]).slice(0, 7));
      expect(told[7]).toBeLessThanOrEqual(told[6] ?? 0);
      // Without what was said before, the same round would ask for more.
      expect(anew[7]).toBeGreaterThan(told[6] ?? 0);
      expect(told).toEqual([...told].sort((a, b) => b - a));
      expect(told.at(-1)).toBe(anew.at(-1));
    });

    it("lets no fall of them show as a jump", () => {
      const told = prices(7, [9_600, 8_000]);
      const anew = prices(0, [8_000, 8_000]);
      const [stood = 0, next = 0] = told.slice(6);
      expect(stood - next).toBeGreaterThan(0);
      expect(stood - next).toBeLessThan((3 * (stood - (anew[7] ?? 0))) / 4);
      expect(told).toEqual([...told].sort((a, b) => b - a));
      expect(told.at(-1)).toBe(anew.at(-1));
    });

    it("aims as ever while none has, however coarse the prices or other the package", () => {
      const expected = aims(new Talk(), 10);
      const coarse = new Talk();
      coarse.products = [product("LAP", 40)];
      const terms = new Talk();
      terms.propose({ ...lap(60_000), terms: { warranty: { months_min: 24 }, payment: { days_min: 30 } } });
      expect(aims(coarse, 10)).toEqual(expected);
      expect(aims(terms, 9)).toEqual(expected.slice(1));
    });

    it("aims as ever when only the name of the policy or another product's floor has changed", () => {
      const talk = new Talk();
      const before = aims(talk, 6);
      const rules = [{ match: { sku: "COF" }, floor_bp: 9_900, negotiable: true }, ...LIMITS.rules];
      talk.limits = { ...LIMITS, version: "v2", rules };
      expect([...before, ...aims(talk, 4)]).toEqual(aims(new Talk(), 10));
    });
  });
});

describe("the floor is asked", () => {
  const low = () => {
    const talk = new Talk();
    for (let i = 0; i < 9; i++) talk.propose(lap(60_000));
    const [offer] = talk.last().move.offers;
    const input = talk.inputs.at(-1);
    if (!offer || !input?.evidence.proposal) throw new Error("no offer");
    return { talk, offer, input };
  };
  const risen = { ...LIMITS, rules: [{ match: {}, floor_bp: 9_900, negotiable: true }] };

  it("when an offer is built", () => {
    const { input } = low();
    const situation = situationOf(
      input,
      input.evidence.proposal as NonNullable<typeof input.evidence.proposal>,
    );
    if (!("order" in situation)) throw new Error("no situation");
    const plan = (unit: number) => ({ units: [unit], choice: situation.wishes.usual, gift: null });
    const lineage = { id: "of_x", base: null, final: false };
    expect(built(input, situation.order, plan(72_000), lineage)?.lines[0]?.unit_price).toBe(72_000);
    expect(built(input, situation.order, plan(71_900), lineage)).toBeNull();
  });

  it("when it is sent, with the limits of then", () => {
    const { input, offer } = low();
    expect(sendable(input, [offer])).toEqual([offer]);
    expect(sendable({ ...input, limits: risen }, [offer])).toEqual([]);
  });

  it("of earlier offers before they are said again: a new one is made where they no longer hold", () => {
    const { talk } = low();
    talk.limits = risen;
    const [offer] = talk.propose(lap(60_000)).offers;
    expect(
      offer &&
        verdictOn(offer, new Map(PRODUCTS.map((k) => [k.product.id, k])), {
          ...{ vendor: VENDOR, limits: risen, draws: NO_DRAWS },
        }).holds,
    ).toBe(true);
  });
});
