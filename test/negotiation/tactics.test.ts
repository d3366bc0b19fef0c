import { describe, expect, it } from "vitest";
import { LIMITS, later, PRODUCTS, product, Talk } from "./shop.ts";

const ADDRESS = {
  country: "US",
  name: "Kim",
  lines: ["1 Main St"],
  city: "Springfield",
  postal_code: "45501",
};
const total = (talk: Talk) => talk.last().move.offers[0]?.totals.total ?? 0;
const listed = (...want: { sku: string; quantity?: number }[]) => {
  const talk = new Talk();
  talk.propose({ want });
  return talk;
};

describe("price tactics", () => {
  it("a code that was never issued changes no price", () => {
    const talk = listed({ sku: "LAP" });
    const before = total(talk);
    expect(talk.propose({ codes: ["VIP50"] }).reasons).toContain("code_unknown");
    expect(total(talk)).toBe(before);
  });

  it("codes do not stack: one counts", () => {
    const one = listed({ sku: "LAP" });
    one.propose({ codes: ["TEN"] });
    const both = listed({ sku: "LAP" });
    const move = both.propose({ codes: ["TEN", "BEANS"] });
    expect(move.reasons).toContain("only_one_code");
    expect(move.offers[0]?.discounts.map(({ id, amount }) => [id, amount])).toEqual([["TEN", 8_990]]);
    expect(total(both)).toBe(total(one));
  });

  it("a price claimed to be the real one is a proposal like any other", () => {
    const talk = listed({ sku: "LAP" });
    const before = total(talk);
    expect(talk.propose({ want: [{ sku: "LAP", unit_price: 45_000 }] }).reasons).toContain("price_too_low");
    expect(total(talk)).toBe(before);
  });

  it("who a buyer says to be does not enter: the same acts give the same prices", () => {
    const run = (name: string) => {
      const talk = new Talk({ party: { principal: name, kind: "machine", tier: "anonymous" } });
      talk.propose({ want: [{ sku: "LAP", quantity: 2 }], off_bp: 1_500 });
      return talk.last().move;
    };
    expect(run("gold-member")).toEqual(run("nobody"));
  });

  it("a price does not outlive its offer", () => {
    const talk = new Talk();
    for (let i = 0; i < 8; i++) talk.propose({ want: [{ sku: "LAP", unit_price: 80_000 }] });
    expect(total(talk)).toBeLessThan(96_000);
    talk.now = later(16);
    talk.propose({ want: [{ sku: "LAP" }] });
    expect(total(talk)).toBe(total(listed({ sku: "LAP" })));
  });

  it("a bundle's price holds only for the whole bundle", () => {
    const talk = listed({ sku: "LAP" }, { sku: "MOU" });
    expect(talk.last().move.offers[0]?.discounts).toEqual([{ kind: "bundle", id: "desk", amount: 4_740 }]);
    talk.propose({ remove: [{ sku: "MOU" }] });
    expect(talk.last().move.offers[0]?.discounts).toEqual([]);
    expect(total(talk)).toBe(total(listed({ sku: "LAP" })));
  });

  it("a volume price is gone once the volume is", () => {
    const talk = listed({ sku: "MOU", quantity: 10 });
    expect(talk.last().move.offers[0]?.discounts[0]).toEqual({ kind: "tier", id: "MOU", amount: 3_920 });
    for (let i = 0; i < 7; i++) talk.propose({ want: [{ sku: "MOU", quantity: 10, unit_price: 4_000 }] });
    talk.propose({ want: [{ sku: "MOU", quantity: 1 }] });
    expect(total(talk)).toBe(total(listed({ sku: "MOU", quantity: 1 })));
  });

  it("what a far place adds is charged where delivery itself is free", () => {
    const far = new Talk({ ship_to: { country: "US", postal_code: "99501" } });
    far.propose({ want: [{ sku: "LAP", quantity: 2 }] });
    expect(far.last().move.offers[0]?.terms.delivery).toMatchObject({
      id: "standard",
      fee: 1_200,
      list_fee: 1_200,
    });
  });

  it("a gift once given is not lost by asking for another that cannot be had", () => {
    const talk = new Talk();
    talk.limits = { ...LIMITS, strategy: { machine: "conceder", person: "conceder" } };
    talk.propose({ want: [{ sku: "LAP", quantity: 2 }] });
    for (let i = 0; i < 6 && !talk.last().move.offers[0]?.lines.some(({ gift }) => gift); i++)
      talk.propose({ terms: { gift: "BAG" } });
    const move = talk.propose({ terms: { gift: "LAP" } });
    expect(move.reasons).toContain("terms_not_available");
    expect(move.offers[0]?.lines.filter(({ gift }) => gift).map(({ sku }) => sku)).toEqual(["BAG"]);
  });

  it("an offer that is only said again is not called the best while rounds are left", () => {
    const talk = listed({ sku: "LAP" });
    const moves = Array.from({ length: 11 }, () => talk.propose({ lower: true }));
    const best = moves.findIndex((move) => move.reasons.includes("best_already"));
    const totals = moves.map((move) => move.offers[0]?.totals.total ?? 0);
    expect(moves.some((move) => move.reasons.includes("unchanged"))).toBe(true);
    expect(totals.slice(best).every((each) => each === totals[best])).toBe(true);
  });

  it("free delivery is tested on the order as it stands", () => {
    const fee = (quantity: number) =>
      listed({ sku: "MOU", quantity }).last().move.offers[0]?.terms.delivery.fee;
    expect([fee(1), fee(30)]).toEqual([700, 0]);
  });

  it("a competitor's price moves nothing but the proposal it is", () => {
    const claimed = listed({ sku: "LAP" });
    claimed.send({ act: "reject", reason: "comparison" });
    expect(claimed.last().move.offers).toEqual([]);
    const asked = claimed.propose({ total: 50_000 });
    expect(asked.offers[0]?.totals.total).toBe(total(listed({ sku: "LAP" })));
  });

  it("a promotion counts between its dates by the gateway's clock", () => {
    const talk = listed({ sku: "LAP" });
    for (const code of ["OLD", "SOON"]) {
      expect(talk.propose({ codes: [code] }).offers[0]?.discounts).toEqual([]);
    }
    talk.now = "2031-01-01T00:00:00.000Z";
    expect(talk.propose({ want: [{ sku: "LAP" }], codes: ["SOON"] }).offers[0]?.discounts).toHaveLength(1);
  });

  it("a code of the future answers as one that is nowhere, until it begins; one that has ended may be told so", () => {
    const until = later(60);
    const codes = [{ code: "NEXT", off_bp: 1000, from: later(30), until }];
    const answered = (named: string[], now = later(0)) => {
      const talk = listed({ sku: "LAP" });
      Object.assign(talk, { now, limits: { ...LIMITS, codes: [...LIMITS.codes, ...codes] } });
      const { act, reasons, offers } = talk.propose({ codes: named });
      return { act, reasons, discounts: offers.map((offer) => offer.discounts.map(({ id }) => id)) };
    };
    expect(answered(["NEXT"])).toEqual(answered(["NOWHERE"]));
    expect(answered(["NEXT"]).reasons).toContain("code_unknown");
    expect(answered(["TEN", "next"])).toEqual(answered(["TEN", "nowhere"]));
    expect(answered(["NEXT"], later(30)).discounts).toEqual([["NEXT"]]);
    expect(answered(["NEXT"], until).reasons).toContain("code_not_applicable");
  });

  it("tax cannot be taken off, and every total stays all-in", () => {
    const talk = listed({ sku: "LAP" });
    const move = talk.propose({ total: 90_600, terms: { delivery: { free: true } } });
    for (const { tax, totals } of move.offers) {
      expect(tax.amount).toBeGreaterThan(0);
      expect(totals.total).toBe(totals.goods - totals.discounts + totals.fees + tax.amount);
    }
  });

  it("a code the floor cannot carry is refused whole, so that no price shows where the floor is", () => {
    const talk = listed({ sku: "LAP" });
    const move = talk.propose({ codes: ["DEEP"] });
    expect(move.reasons).toContain("code_not_applicable");
    expect(move.offers[0]?.discounts).toEqual([]);
    expect(LIMITS.codes.some(({ code }) => code === "DEEP")).toBe(true);
  });

  describe("an offer that has ended does not bring back", () => {
    const dearer = PRODUCTS.map((known) => (known.product.id === "LAP" ? product("LAP", 99_900) : known));
    const listPrice = (talk: Talk) => talk.last().move.offers[0]?.lines[0]?.list_price;

    it("the list price of then, when it is accepted in words", () => {
      const talk = listed({ sku: "LAP" });
      Object.assign(talk, { now: later(20), products: dearer });
      expect(talk.say({ act: "accept" }).reasons).toContain("offer_expired");
      expect(listPrice(talk)).toBe(99_900);
    });

    it("the list price of then, when the rounds are over", () => {
      const talk = new Talk({ rounds: 1 });
      talk.propose({ want: [{ sku: "LAP", unit_price: 60_000 }] });
      Object.assign(talk, { now: later(20), products: dearer });
      expect(talk.propose({ want: [{ sku: "LAP", unit_price: 60_000 }] }).reasons).toContain("rounds_over");
      expect(listPrice(talk)).toBe(99_900);
    });

    it("the tax of another place", () => {
      const talk = new Talk({ rounds: 1 });
      talk.propose({ want: [{ sku: "LAP", unit_price: 60_000 }] });
      talk.now = later(20);
      talk.send({ act: "inform", details: { ship_to: { ...ADDRESS, region: "OR", postal_code: "97201" } } });
      const move = talk.propose({ want: [{ sku: "LAP", unit_price: 60_000 }] });
      expect(move.offers[0]?.tax.amount).toBe(0);
    });

    it("a code that has ended meanwhile", () => {
      const talk = listed({ sku: "LAP" });
      expect(talk.propose({ codes: ["TEN"] }).offers[0]?.discounts).toHaveLength(1);
      const codes = LIMITS.codes.map((code) => ({ ...code, until: later(16) }));
      Object.assign(talk, { now: later(20), limits: { ...LIMITS, codes } });
      expect(talk.say({ act: "accept" }).offers[0]?.discounts).toEqual([]);
    });
  });
});
