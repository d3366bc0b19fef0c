import { describe, expect, test } from "vitest";
import type { Act, Item } from "../../src/domain/act.ts";
import { refer } from "../../src/understanding/refer.ts";
import { stateOf } from "./contexts.ts";

function pinned(item: Item, context: string): Item | undefined {
  const [act] = refer([{ act: "ask", item }], stateOf(context));
  return act?.act === "ask" ? act.item : undefined;
}

describe("a reference", () => {
  test.each([
    ["first", "LAMP-1"],
    ["second", "LAMP-2"],
    ["third", "LAMP-3"],
    ["last", "LAMP-3"],
    ["cheaper", "LAMP-1"],
    ["dearer", "LAMP-3"],
  ] as const)("to the %s of what was shown is that product", (ref, sku) => {
    expect(pinned({ ref }, "shown_usd")).toEqual({ sku });
  });

  test("to what was never shown stays as it is", () => {
    expect(pinned({ ref: "third" }, "spoken_usd")).toEqual({ ref: "third" });
    expect(pinned({ ref: "that" }, "start_usd")).toEqual({ ref: "that" });
    expect(pinned({ ref: "that" }, "shown_usd")).toEqual({ ref: "that" });
  });

  test("with options stays, for the catalogue to settle", () => {
    const item: Item = { ref: "that", options: { color: "black" } };
    expect(pinned(item, "offer_usd")).toEqual(item);
  });

  test("by words of one line of the live offer is that line", () => {
    expect(pinned({ query: "case" }, "offer_multi_usd")).toEqual({ sku: "TC-20" });
    expect(pinned({ query: "keyboard" }, "offer_multi_usd")).toEqual({ query: "keyboard" });
  });

  test("to a place counts the choices when one was asked for", () => {
    expect(pinned({ ref: "second" }, "choice_usd")).toEqual({ query: "Arc floor lamp" });
  });
});

describe("a proposal for the offer", () => {
  test("with several lines wishes the same for each of them", () => {
    const act: Act = { act: "propose", lines: [{ item: { ref: "offer" }, unit_price: 1_500 }] };
    expect(refer([act], stateOf("offer_multi_usd"))).toEqual([
      {
        act: "propose",
        lines: [
          { item: { sku: "HB-100" }, unit_price: 1_500 },
          { item: { sku: "TC-20" }, unit_price: 1_500 },
        ],
      },
    ]);
  });
});

describe("an accept", () => {
  test("that points at one of two live offers names its product", () => {
    const acts = refer(
      [{ act: "accept", item: { query: "studio headphones" } }],
      stateOf("choice_offers_usd"),
    );
    expect(acts).toEqual([{ act: "accept", item: { sku: "HB-200" } }]);
  });

  test("that points at goods of no live offer asks for an offer instead", () => {
    const state = {
      ...stateOf("offer_usd"),
      focus: [
        { sku: "LAMP-1", price: 4_900 },
        { sku: "LAMP-2", price: 6_500 },
      ],
    };
    expect(refer([{ act: "accept", item: { ref: "second" } }], state)).toEqual([
      { act: "propose", lines: [{ item: { sku: "LAMP-2" } }] },
    ]);
  });
});

describe("the answer to a question back", () => {
  test("completes the order it was asked about", () => {
    const chosen: Act = { act: "propose", lines: [{ item: { ref: "second" } }] };
    expect(refer([chosen], stateOf("choice_order_krw"))).toEqual([
      {
        ...{ act: "propose", total: 90_000 },
        lines: [{ item: { query: "하우스 블렌드 원두 1kg" }, quantity: 3 }],
      },
    ]);
  });

  test("by words of a choice is the choice, not a search", () => {
    const [act] = refer([{ act: "search", query: "500g" }], stateOf("choice_order_krw"));
    expect(act).toMatchObject({ act: "propose", lines: [{ item: { query: "500g" }, quantity: 3 }] });
    const other: Act = { act: "search", query: "주전자" };
    expect(refer([other], stateOf("choice_order_krw"))).toEqual([other]);
  });

  test("says anew what stands instead of before", () => {
    const chosen: Act = { act: "propose", lines: [{ item: { ref: "first" }, quantity: 5 }] };
    expect(refer([chosen], stateOf("choice_order_krw"))[0]).toMatchObject({ lines: [{ quantity: 5 }] });
  });

  test("about a question puts the question again, of what was chosen", () => {
    const chosen: Act = { act: "propose", lines: [{ item: { ref: "that", options: { color: "silver" } } }] };
    expect(refer([chosen], stateOf("choice_question_krw"))[0]).toMatchObject({
      ...{ act: "ask", topic: "weight", item: { ref: "that", options: { color: "silver" } } },
    });
  });

  test("with a count alone orders what was named before", () => {
    const counted: Act = { act: "propose", lines: [{ item: { ref: "that" }, quantity: 4 }] };
    expect(refer([counted], stateOf("count_krw"))).toEqual([
      { act: "propose", lines: [{ item: { query: "스마트 전구" }, quantity: 4 }] },
    ]);
  });
});
