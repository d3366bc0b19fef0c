import { describe, expect, it } from "vitest";
import { verdictOn } from "../../src/negotiation/guards.ts";
import { LIMITS, Talk } from "./shop.ts";

/** What a laptop is offered for, round by round, to a buyer who names a price far below its floor. */
function haggled(prize: number) {
  const talk = new Talk();
  talk.limits = { ...LIMITS, acquisition_value: { USD: prize } };
  const offers = Array.from({ length: 10 }, () => {
    const [offer] = talk.propose({ want: [{ sku: "LAP", unit_price: 1_000 }] }).offers;
    if (!offer) throw new Error("no offer");
    return offer;
  });
  const products = talk.inputs.at(-1)?.evidence.products ?? new Map();
  return offers.map((offer) => ({
    unit: offer.lines[0]?.unit_price ?? 0,
    ...verdictOn(offer, products, talk),
  }));
}

describe("what winning an order is worth", () => {
  it("makes every round's offer as low as before or lower, and some of them lower", () => {
    const [without, with_] = [haggled(0), haggled(8_000)];
    expect(with_.every(({ unit }, i) => unit <= (without[i]?.unit ?? 0))).toBe(true);
    expect(with_.at(-1)?.unit).toBeLessThan(without.at(-1)?.unit ?? 0);
  });

  it("never counts towards the floor, however much it is", () => {
    for (const prize of [0, 8_000, 10_000_000]) {
      for (const { net, floor, holds } of haggled(prize)) {
        expect(net).toBeGreaterThanOrEqual(floor);
        expect(holds).toBe(true);
      }
    }
    expect(haggled(10_000_000)[0]?.floor).toBe(haggled(0)[0]?.floor);
  });
});
