import { describe, expect, it } from "vitest";
import type { Limits } from "../../src/domain/limits.ts";
import { checkLimits } from "../../src/negotiation/limits-check.ts";
import { LIMITS, PRODUCTS, VENDOR } from "./shop.ts";

const products = PRODUCTS.map(({ product }) => product);

const WRONG: readonly (readonly [string, Partial<Limits>, RegExp])[] = [
  [
    "a strategy nobody registered",
    { strategy: { machine: "bold", person: "fixed" } },
    /no strategy "bold".*boulware/,
  ],
  [
    "no rule for the rest",
    { rules: [{ match: { sku: "LAP" }, floor_bp: 1, negotiable: true }] },
    /must match everything/,
  ],
  [
    "a rule that can never be reached",
    {
      rules: [
        { match: {}, floor_bp: 1, negotiable: true },
        { match: {}, floor_bp: 1, negotiable: true },
      ],
    },
    /rules\.0/,
  ],
  [
    "a floor above the list price",
    { rules: [{ match: {}, floor: { USD: 90_000 }, negotiable: true }] },
    /MOU in USD: the floor/,
  ],
  [
    "a cost above the floor",
    { rules: [{ match: {}, floor_bp: 5_000, cost_bp: 6_000, negotiable: true }] },
    /cost_bp 6000/,
  ],
  [
    "a tier below the floor",
    { rules: [{ match: {}, floor_bp: 9_900, negotiable: true }] },
    /from 10 units on/,
  ],
  [
    "an option without a cost",
    { term_costs: { ...LIMITS.term_costs, delivery: { standard: 0 } } },
    /delivery\.express/,
  ],
  [
    "an option without a cost in a currency",
    { term_costs: { ...LIMITS.term_costs, warranty: { w12: 0, w24: { USD: 1 } } } },
    /no cost in KRW/,
  ],
  ["no approval threshold in a currency", { approval_above: { USD: 1 } }, /approval_above.*KRW/],
  [
    "a code twice",
    {
      codes: [
        { code: "TEN", off_bp: 1 },
        { code: "ten", off_bp: 2 },
      ],
    },
    /TEN is there twice/,
  ],
  ["a gift nobody sells", { gifts: [{ sku: "NO", min_goods: {}, cost: {} }] }, /no product NO/],
];

describe("limits at load", () => {
  it("are fine when nothing is wrong", () => {
    expect(checkLimits(VENDOR, LIMITS, products)).toEqual([]);
  });

  for (const [what, change, message] of WRONG) {
    it(`with ${what} are refused, in plain words`, () => {
      expect(checkLimits(VENDOR, { ...LIMITS, ...change }, products).join("\n")).toMatch(message);
    });
  }
});
