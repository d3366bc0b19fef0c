import { expect, test } from "vitest";
import { BOUNDS } from "../../src/domain/bounds.ts";
import { Fault } from "../../src/domain/fault.ts";
import { LIMITS, PRODUCTS, product, Talk } from "./shop.ts";

const skus = Array.from({ length: BOUNDS.lines * 2 }, (_, i) => `ITEM-${i}`);
const full = skus.slice(0, BOUNDS.lines).map((sku) => ({ sku }));

function wide(): Talk {
  const talk = new Talk();
  talk.products = [...PRODUCTS, ...skus.map((sku) => product(sku, 5_000))];
  return talk;
}

const line = (sku = "") => ({ item: { sku } });

test("an order holds no more lines than are announced, however it grew, and a typed act is told so", () => {
  const talk = wide();
  expect(talk.propose({ want: full }).offers[0]?.lines).toHaveLength(BOUNDS.lines);
  const more = () => talk.propose({ want: [{ sku: "ITEM-0" }, { sku: "ITEM-30" }] });
  expect(more).toThrow(Fault);
  expect(more).toThrow(`at most ${BOUNDS.lines} lines`);
  const swapped = talk.send({
    act: "propose",
    lines: [line("ITEM-0"), line("ITEM-30")],
    remove: [{ sku: "ITEM-1" }],
  });
  expect(swapped.offers[0]?.lines).toHaveLength(BOUNDS.lines);
});

test("in words, what is too many is left out and named", () => {
  const talk = wide();
  talk.propose({ want: full });
  const move = talk.say({ act: "propose", lines: [line("ITEM-0"), line("ITEM-30")] });
  expect([move.reasons, move.choices]).toEqual([["too_many"], ["The ITEM-30"]]);
  expect(move.offers[0]?.lines).toHaveLength(BOUNDS.lines);
});

test("a gift takes a line, too", () => {
  const talk = wide();
  talk.limits = { ...LIMITS, gifts: [{ sku: "BAG", min_goods: { USD: 1 }, cost: { USD: 1 } }] };
  const move = talk.propose({ want: full, terms: { gift: true } });
  expect(move.offers.every(({ lines }) => lines.length <= BOUNDS.lines)).toBe(true);
});
