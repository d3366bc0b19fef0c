import { describe, expect, test } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import type { Offer } from "../../src/domain/offer.ts";
import type { State } from "../../src/domain/state.ts";
import { needs } from "../../src/knowledge/needs.ts";
import { demoEntries, gathered, shelf, stateOf } from "./shelf.ts";

const find = shelf(demoEntries());

describe("what must be looked up", () => {
  test("for a proposal by SKU is its products and bundles, in one round", () => {
    expect(kinds([{ act: "propose", lines: [{ item: { sku: "SL-14" }, quantity: 3 }] }])).toEqual([
      ["products SL-14", "bundles SL-14"],
    ]);
  });

  test("for a proposal against a standing offer includes the offer's own lines", () => {
    const state = stateOf({ standings: [standing("o1", ["CG-65-BLK"])] });
    expect(kinds([{ act: "propose", lines: [{ item: { sku: "SL-14" } }] }], state)).toEqual([
      ["products SL-14,CG-65-BLK", "bundles SL-14,CG-65-BLK"],
    ]);
    expect(kinds([{ act: "propose", lower: true }], state)).toEqual([
      ["products CG-65-BLK", "bundles CG-65-BLK"],
    ]);
  });

  test("for a bare wish is the product spoken of", () => {
    expect(kinds([{ act: "propose", total: 5000 }], stateOf({ that: "SL-14" }))).toEqual([
      ["products SL-14", "bundles SL-14"],
    ]);
  });

  test("for an answer to an offer is the goods of that offer", () => {
    const state = stateOf({
      standings: [standing("o1", ["SL-14"]), standing("o2", ["CG-65-BLK"])],
      readback: { offer: "o2", hash: "h" },
    });
    expect(kinds([{ act: "accept", offer: "o1", hash: "h" }], state)).toEqual([["products SL-14"]]);
    expect(kinds([{ act: "reject", offer: "o1" }], state)).toEqual([["products SL-14", "bundles SL-14"]]);
    expect(kinds([{ act: "handoff" }], state)).toEqual([["products SL-14,CG-65-BLK"]]);
    expect(kinds([{ act: "confirm" }], state)).toEqual([["products CG-65-BLK"]]);
    expect(kinds([{ act: "accept" }], state)).toEqual([["products SL-14,CG-65-BLK"]]);
  });

  test("for a yes to an offer that saves by a bundle is that bundle too: it may be priced anew", () => {
    const state = stateOf({ standings: [standing("o1", ["SL-14", "CG-65-BLK"], true)] });
    expect(kinds([{ act: "accept" }], state)).toEqual([
      ["products SL-14,CG-65-BLK", "bundles SL-14,CG-65-BLK"],
    ]);
  });

  test("for small talk is nothing", () => {
    expect(kinds([{ act: "greet" }, { act: "thank" }, { act: "help" }, { act: "withdraw" }])).toEqual([]);
  });

  test("for an item in words is a search, then the bundles of what it found", () => {
    expect(kinds([{ act: "propose", lines: [{ item: { query: "orrin air 14 laptop silver" } }] }])).toEqual([
      ["search orrin air 14 laptop silver"],
      ["bundles NB-14A-SLV"],
    ]);
  });

  test("for another option of the product spoken of is the product, its siblings, then their bundles", () => {
    const act: Act = { act: "propose", lines: [{ item: { ref: "that", options: { color: "silver" } } }] };
    expect(kinds([act], stateOf({ that: "NB-14A-BLK" }))).toEqual([
      ["products NB-14A-BLK"],
      ["search Orrin Air 14 Laptop, Black"],
      ["bundles NB-14A-SLV"],
    ]);
  });

  test("for a question that a typed fact answers is also what customers say of it, for they may say otherwise", () => {
    const ask = (question: string): Act => ({ act: "ask", item: { sku: "NB-14A-BLK" }, question });
    expect(kinds([ask("How heavy is it?")])).toEqual([["products NB-14A-BLK"], ["voices NB-14A-BLK"]]);
    expect(kinds([ask("How much is it?")])).toEqual([["products NB-14A-BLK"]]);
    expect(kinds([ask("Does it have a fingerprint reader?")])).toEqual([
      ["products NB-14A-BLK"],
      ["voices NB-14A-BLK"],
    ]);
  });

  test("for a question about the shop is its passages", () => {
    expect(kinds([{ act: "ask", question: "Can I send it back?" }])).toEqual([
      ["passages Can I send it back? return"],
    ]);
  });

  test("is asked once however many acts need it", () => {
    const item = { sku: "SL-14" };
    const acts: Act[] = [
      { act: "propose", lines: [{ item }] },
      { act: "ask", item, topic: "weight" },
      { act: "propose", lines: [{ item }], total: 100 },
    ];
    expect(kinds(acts)).toEqual([["products SL-14", "bundles SL-14"], ["voices SL-14"]]);
  });

  test("fits the look-ups' own bounds however many goods there are", () => {
    const lines = Array.from({ length: 20 }, (_, n) => ({ item: { sku: `X-${n}` } }));
    const state = stateOf({ standings: [standing("o1", ["SL-14"])] });
    const sizes = needs([{ act: "propose", lines }], state, []).map((one) =>
      "skus" in one ? one.skus.length : 0,
    );
    expect(sizes).toEqual([20, 1, 20, 1]);
  });

  test("ends, also when nothing is ever found", () => {
    const nothing = shelf([]);
    const acts: Act[] = [
      { act: "propose", lines: [{ item: { sku: "NOPE" } }, { item: { query: "unheard of" } }] },
      { act: "ask", item: { ref: "that", options: { color: "red" } }, question: "why?" },
      { act: "compare", items: [{ query: "a b" }, { sku: "NOPE" }] },
    ];
    const state = stateOf({ that: "GONE" });
    const { found } = gathered(acts, state, nothing);
    expect(needs(acts, state, found)).toEqual([]);
  });
});

function kinds(acts: readonly Act[], state: State = stateOf()): string[][] {
  const { rounds, found } = gathered(acts, state, find);
  expect(needs(acts, state, found)).toEqual([]);
  return rounds.map((round) =>
    round.map((one) => {
      const what = "skus" in one ? one.skus.join(",") : one.kind === "voices" ? one.sku : one.text;
      return `${one.kind} ${what}`;
    }),
  );
}

/** Of an offer only its id and its goods matter here. */
function standing(id: string, skus: readonly string[], bundle = false): State["standings"][number] {
  const lines = skus.map((sku) => ({
    ...{ sku, title: sku, quantity: 1, unit_price: 100, list_price: 100, version: "v1" },
  }));
  const discounts = bundle ? [{ kind: "bundle", id: "b", amount: 1 }] : [];
  const offer = { id, lines, discounts, expires_at: "2099-01-01T00:00:00.000Z" } as unknown as Offer;
  return { offer, status: "live", seq: 2, heard: true };
}
