import { describe, expect, it } from "vitest";
import { Limits } from "../../src/domain/limits.ts";
import { stanceOf } from "../../src/negotiation/stance.ts";
import { DETAILS, LIMITS, product, Talk } from "./shop.ts";

const limits = Limits.parse({
  ...LIMITS,
  objective: "balance",
  strategy: { machine: "boulware", person: "linear" },
  rules: [
    { match: { sku: "LAP" }, floor_bp: 8_000, strategy: { person: "fixed" }, objective: "margin" },
    { match: { brand: "Orrin" }, floor_bp: 8_000, strategy: { machine: "conceder" } },
    { match: { category: "coffee" }, floor_bp: 8_000, objective: "conversion" },
    { match: {}, floor_bp: 8_000 },
  ],
});
const line = (id: string, list: number, quantity = 1, more = {}) => ({
  ...{ known: product(id, list, more), quantity, list },
});
const beans = line("COF", 1_800, 1, { category: "coffee/beans" });

describe("the stance towards an order", () => {
  it("is the vendor's where the rule for its goods says nothing else", () => {
    expect(stanceOf(limits, [line("BAG", 6_000)], "machine")).toEqual({
      ...{ strategy: "boulware", objective: "balance" },
    });
    expect(stanceOf(limits, [], "person")).toEqual({ strategy: "linear", objective: "balance" });
  });

  it("is its rule's, by product, brand or category, for each kind of counterpart", () => {
    const laptop = [line("LAP", 89_900)];
    expect(stanceOf(limits, laptop, "person")).toEqual({ strategy: "fixed", objective: "margin" });
    expect(stanceOf(limits, laptop, "machine")).toEqual({ strategy: "boulware", objective: "margin" });
    const branded = [line("MON", 20_000, 1, { brand: "Orrin" })];
    expect(stanceOf(limits, branded, "machine")).toEqual({ strategy: "conceder", objective: "balance" });
    expect(stanceOf(limits, [beans], "person")).toEqual({ strategy: "linear", objective: "conversion" });
  });

  it("is that of the line with the highest list amount, of the first where two are as dear", () => {
    const laptop = line("LAP", 90_000);
    expect(stanceOf(limits, [beans, laptop], "person").objective).toBe("margin");
    expect(stanceOf(limits, [laptop, { ...beans, quantity: 51 }], "person").objective).toBe("conversion");
    expect(stanceOf(limits, [laptop, { ...beans, quantity: 50 }], "person").objective).toBe("margin");
    expect(stanceOf(limits, [{ ...beans, quantity: 50 }, laptop], "person").objective).toBe("conversion");
  });
});

describe("a bargain", () => {
  it("is led by the stance of its order, and says so in its reasons", () => {
    const talk = new Talk({ party: { principal: "p", kind: "person", tier: "anonymous" } });
    talk.limits = limits;
    for (let i = 0; i < 10; i++) talk.propose({ want: [{ sku: "LAP", unit_price: 80_000 }] });
    expect(talk.last().move.offers[0]?.lines[0]?.unit_price).toBe(89_900);
    expect(talk.last().reasons.strategy).toBe("fixed");
  });
});

describe("the strategy in the reasons of a reply", () => {
  it("is the one that holds for the order it is about, bargained over or not", () => {
    const talk = new Talk({ rounds: 2, party: { principal: "p", kind: "person", tier: "anonymous" } });
    talk.limits = limits;
    const logged = () => talk.last().reasons.strategy;
    talk.say({ act: "greet" });
    expect(logged()).toBe("linear");
    talk.propose({ want: [{ sku: "LAP" }] });
    expect(logged()).toBe("fixed");
    talk.propose({ priorities: ["price"] });
    expect(logged()).toBe("fixed");
    talk.say({ act: "accept" });
    expect(talk.last().move).toMatchObject({ act: "clarify", offers: [] });
    expect(logged()).toBe("fixed");
    talk.say({ act: "inform", details: DETAILS });
    expect(talk.last().move.act).toBe("readback");
    expect(logged()).toBe("fixed");
    for (let i = 0; i < 3; i++) talk.propose({ total: 10_000 });
    expect(talk.last().reasons).toMatchObject({ strategy: "fixed", notes: ["rounds over"] });
    talk.propose({ want: [{ sku: "COF" }] });
    expect(logged()).toBe("linear");
    talk.propose({ want: [{ sku: "OUT" }] });
    expect(talk.last().move.act).toBe("decline");
    expect(logged()).toBe("linear");
  });
});

describe("limits that name no stance", () => {
  it("bargain by the default strategy, with the objective in the middle", () => {
    const { strategy: _, objective: __, ...rest } = LIMITS;
    expect(Limits.parse(rest)).toMatchObject({
      ...{ strategy: { machine: "round-aware", person: "round-aware" }, objective: "balance" },
    });
    expect(Limits.parse({ ...rest, strategy: { person: "fixed" } }).strategy).toEqual({
      ...{ machine: "round-aware", person: "fixed" },
    });
  });
});
