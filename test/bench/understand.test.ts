import { describe, expect, test } from "vitest";
import { figuresIn, listingOf } from "../../bench/understand-figures.ts";
import { type Dialogue, haggled } from "../../bench/understand-haggle.ts";

const listing = listingOf(200, "2008 road bike, 54 cm, size 160");

describe("the figures of a message", () => {
  test.each([
    ["Would you take $150?", [150]],
    ["150 or 160?", [150]],
    ["I'd go 140, maybe 145", [140, 145]],
    ["It's a 2008 and rode 150 miles", []],
    ["you list it at 200", []],
    ["$20 off?", []],
    ["with 170 psi it's fine, 175 dollars", [170, 175]],
    ["$1,500", []],
  ])("%s", (text, figures) => {
    expect(figuresIn(text, listing)).toEqual(figures);
  });
});

describe("haggling that is followed", () => {
  const talk = (...messages: [Dialogue["messages"][number]["role"], string][]): Dialogue => ({
    ...{ id: "d", title: "road bike", list: 200, words: "road bike", closed: null },
    messages: messages.map(([role, text]) => ({ role, text })),
  });

  test("ends at the price that was named and then taken", () => {
    const { agreed, turns } = haggled(
      talk(["buyer", "Would you take $140?"], ["seller", "I could do $160"], ["buyer", "Deal."]),
    );
    expect(agreed).toBe(16_000);
    expect(turns.map(({ price, yes }) => [price, yes])).toEqual([
      [14_000, false],
      [16_000, false],
      [16_000, true],
    ]);
  });

  test("reads what is short by what the other side named last", () => {
    const { agreed } = haggled(talk(["buyer", "How about $120?"], ["seller", "one fifty"]));
    expect(agreed).toBe(15_000);
  });

  test("ends nowhere where no price was named", () => {
    expect(haggled(talk(["buyer", "hello"], ["seller", "hi there"])).agreed).toBeNull();
  });
});
