import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asGoodAsNext, goodEnough } from "../../src/negotiation/acceptance.ts";
import { STRATEGIES, strategyNamed } from "../../src/negotiation/strategies/index.ts";
import { LEAST, type Position, type Strategy } from "../../src/negotiation/strategies/strategy.ts";
import { WHOLE } from "../../src/negotiation/utility.ts";
import { LIMITS, Talk } from "./shop.ts";

const at = (round: number, more: Partial<Position> = {}): Position => ({
  ...{ round, rounds: 10, last_word: round >= 10, objective: "balance", anchor: null },
  ...{ received: [null], sent: [], distinct: 0, ladder: () => [WHOLE, 900_000, 800_000, 0], ...more },
});
const named = (name: string): Strategy => strategyNamed(name) as Strategy;

describe("every strategy", () => {
  for (const strategy of STRATEGIES) {
    it(`${strategy.name} never asks for more as rounds go by, and keeps within the room`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 200 }),
          fc.constantFrom("conversion" as const, "balance" as const, "margin" as const),
          fc.option(
            fc.record({
              round: fc.integer({ min: 1, max: 10 }),
              utility: fc.integer({ min: 0, max: WHOLE }),
            }),
            { nil: null },
          ),
          (rounds, objective, anchor) => {
            const targets: number[] = [];
            for (let round = 1; round <= rounds; round++) {
              targets.push(
                strategy.target(at(round, { rounds, objective, anchor, sent: targets, distinct: round })),
              );
            }
            expect([...targets].sort((a, b) => b - a)).toEqual(targets);
            expect(Math.max(...targets)).toBeLessThanOrEqual(WHOLE);
            expect(Math.min(...targets)).toBeGreaterThanOrEqual(0);
          },
        ),
      );
    });
  }

  it("is called by its name, and the default comes first", () => {
    expect(STRATEGIES.map(({ name }) => strategyNamed(name)?.name)).toEqual(
      STRATEGIES.map(({ name }) => name),
    );
    expect(STRATEGIES[0]?.name).toBe("round-aware");
  });
});

describe("the default", () => {
  it("spends all it may concede by the last round, which the published curves do not", () => {
    expect(named("round-aware").target(at(10))).toBe(LEAST);
    expect(named("boulware").target(at(10))).toBeGreaterThan(4 * LEAST);
  });

  it("holds out longer the more the vendor cares for margin", () => {
    const target = (objective: Position["objective"]) => named("round-aware").target(at(8, { objective }));
    expect(target("margin")).toBeGreaterThan(target("balance"));
    expect(target("balance")).toBeGreaterThan(target("conversion"));
  });

  it("resumes after a change of cost from what the last offer is worth now, and still ends where it would", () => {
    const anchored = (round: number) =>
      named("round-aware").target(at(round, { anchor: { round: 6, utility: 500_000 } }));
    expect(anchored(6)).toBe(500_000);
    expect(anchored(7)).toBeLessThan(500_000);
    expect(anchored(10)).toBe(LEAST);
  });
});

describe("the published curves", () => {
  it.each([
    ["boulware", 5],
    ["linear", 1],
    ["conceder", 0.5],
  ])(
    "%s asks for all but t to the power of %d of what lies above the least, before the round counts",
    (name, power) => {
      for (let round = 1; round <= 10; round++) {
        const share = 1 - ((round - 1) / 10) ** power;
        // Whole parts per million, rounded down at every step.
        const off = Math.abs(named(name).target(at(round)) - (LEAST + (WHOLE - LEAST) * share));
        expect(off).toBeLessThan(10);
      }
    },
  );
});

describe("MiCRO", () => {
  const ask = (sent: readonly number[], distinct: number) => named("micro").target(at(5, { sent, distinct }));
  it("opens with its best, takes one step for each new proposal, and repeats itself otherwise", () => {
    expect(ask([], 0)).toBe(WHOLE);
    expect(ask([WHOLE], 1)).toBe(900_000);
    expect(ask([WHOLE, 900_000], 1)).toBe(900_000);
    expect(ask([WHOLE, 900_000], 2)).toBe(800_000);
    expect(ask([WHOLE, 900_000, 800_000, 0], 9)).toBe(0);
  });

  describe("in a shop, over a hundred rounds", () => {
    const bargained = (bids: readonly number[]) => {
      const talk = new Talk({ rounds: 100 });
      talk.limits = { ...LIMITS, strategy: { machine: "micro", person: "micro" } };
      return bids.map(
        (unit_price) => talk.propose({ want: [{ sku: "LAP", unit_price }] }).offers[0]?.lines[0]?.unit_price,
      );
    };
    /** Every unit price that was asked, in the order it first was. */
    const ladder = [...new Set(bargained(Array.from({ length: 95 }, (_, i) => 10_000 + 500 * i)))];

    it("gives way step by step, from the list price to the limit, for bids however far below it", () => {
      expect(ladder[0]).toBe(89_900);
      expect(ladder.length).toBeGreaterThan(30);
      expect(ladder).toEqual([...ladder].sort((a, b) => (b ?? 0) - (a ?? 0)));
      expect(ladder.at(-1)).toBeLessThan(72_500);
      expect(ladder.at(-1)).toBeGreaterThanOrEqual(71_920);
    });

    it("takes at most one step for each new bid, and none for one it has heard", () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 40 }), (steps) => {
          const bids = steps.map((step) => 40_000 + 1_000 * step);
          const rungs = bargained(bids).map((price) => ladder.indexOf(price));
          for (const [i, rung] of rungs.entries()) {
            const before = rungs[i - 1] ?? -1;
            expect(rung).toBeLessThanOrEqual(before + 1);
            expect(rung).toBeGreaterThanOrEqual(before);
            expect(rung).toBeLessThanOrEqual(new Set(bids.slice(0, i + 1)).size);
          }
        }),
        { numRuns: 25 },
      );
    });
  });
});

describe("a proposal is taken", () => {
  it("when it is worth as much as what would be asked next", () => {
    expect(asGoodAsNext(at(3, { received: [700_000] }), 700_000)).toBe(true);
    expect(asGoodAsNext(at(3, { received: [699_999] }), 700_000)).toBe(false);
  });

  it("never below the limit, and never when it names nothing", () => {
    for (const accepts of [asGoodAsNext, goodEnough]) {
      expect(accepts(at(10, { received: [-1] }), -WHOLE)).toBe(false);
      expect(accepts(at(10, { received: [500_000, null] }), 0)).toBe(false);
    }
  });

  it("near the end when nothing better came lately and it is not far off; in the end when it holds the limit", () => {
    expect(goodEnough(at(9, { received: [300_000, 400_000] }), 500_000)).toBe(true);
    expect(goodEnough(at(9, { received: [450_000, 400_000] }), 500_000)).toBe(false);
    expect(goodEnough(at(9, { received: [300_000, 340_000] }), 500_000)).toBe(false);
    expect(goodEnough(at(8, { received: [300_000, 400_000] }), 500_000)).toBe(false);
    expect(goodEnough(at(10, { received: [300_000, 0] }), 500_000)).toBe(true);
  });
});
