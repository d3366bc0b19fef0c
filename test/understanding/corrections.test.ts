import { describe, expect, test } from "vitest";
import { read } from "../../src/understanding/read.ts";
import { NOW, stateOf } from "./contexts.ts";

function linesOf(text: string, context: string) {
  const [act, ...more] = read(text, { state: stateOf(context), now: NOW }).acts;
  expect(more).toEqual([]);
  return act?.act === "propose" ? act.lines : act;
}

const count = (quantity: number) => [{ item: { ref: "offer" }, quantity }];

describe("a word that puts right the count that stands", () => {
  test.each([
    ["fifteen, not two", "offer_two_usd", 15],
    ["sorry, I meant six instead of two", "offer_two_usd", 6],
    ["not 41, 14", "offer_fleet_usd", 14],
    ["wait, I said 4, it says 2", "offer_two_usd", 4],
    ["double it", "offer_two_usd", 4],
    ["make that twice as many", "offer_fleet_usd", 82],
    ["half of them please", "offer_two_usd", 1],
    ["two headphones is one too many", "offer_two_usd", 1],
    ["that's right except the quantity, it should be three", "readback_usd", 3],
    ["두 개 말고 다섯 개요", "offer_two_krw", 5],
    ["아니 두 개 아니고 세 개요", "offer_two_krw", 3],
    ["두 배로 해 주세요", "offer_two_krw", 4],
    ["수량은 절반만 해 주세요", "offer_two_krw", 1],
    ["하나만 줄여 주세요", "offer_two_krw", 1],
    ["다 맞는데 수량은 네 개예요", "readback_krw", 4],
  ] as const)("%j (%s) makes it %i", (text, context, quantity) => {
    expect(linesOf(text, context)).toEqual(count(quantity));
  });
});

describe("a word that puts right which one it is", () => {
  test.each([
    ["not the black ones, the whites", "offer_two_usd", { color: "white" }, 2],
    ["agreed, only the color should be blue", "offer_usd", { color: "blue" }, 1],
    ["I said 16 gb, this is the 32", "offer_laptop_usd", { size: "16 GB" }, 1],
    ["검정 말고 흰색이요", "offer_two_krw", { color: "white" }, 2],
    ["색은 파란색이어야 합니다", "offer_krw", { color: "blue" }, 1],
    ["16기가라고 했는데 32기가로 잡혔네요", "offer_krw", { size: "16 GB" }, 1],
  ] as const)("%j (%s) keeps the count", (text, context, options, quantity) => {
    expect(linesOf(text, context)).toEqual([{ item: { ref: "offer", options }, quantity }]);
  });
});

test.each([
  ["a bid", "$50, not 56", "offer_usd"],
  ["a question", "is it double the size?", "offer_usd"],
  ["an offer of several products", "double it", "offer_multi_usd"],
  ["no offer", "double it", "start_usd"],
  ["a price", "56000원 말고 50000원", "offer_krw"],
  ["talk", "not today, some other day", "offer_usd"],
])("%s is no correction of a count: %s (%s)", (_, text, context) => {
  const { acts } = read(text, { state: stateOf(context), now: NOW });
  expect(
    acts.flatMap((act) => (act.act === "propose" ? (act.lines ?? []) : [])).map(({ quantity }) => quantity),
  ).not.toContainEqual(expect.any(Number));
});
