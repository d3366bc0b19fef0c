import { describe, expect, it } from "vitest";
import { Conversation } from "../../src/arena/conversation.ts";
import type { Act, ActOf } from "../../src/domain/act.ts";
import type { Move } from "../../src/domain/reply.ts";
import { BUNDLE, LIMITS, PRODUCTS, T0, VENDOR } from "./shop.ts";

/** With look-ups as a turn makes them: only what they find is known. */
function talk() {
  const products = new Map(PRODUCTS.map((known) => [known.product.id, known]));
  const shop = { vendor: VENDOR, limits: LIMITS, products, bundles: [BUNDLE] };
  const conversation = new Conversation(shop, { session: "s1", now: T0 });
  return {
    wait: (minutes: number) => conversation.wait(minutes),
    send: (act: Act): Move => conversation.send(act).move,
    want: (...skus: string[]): Move => {
      const lines = skus.map((sku) => ({ item: { sku } }));
      return conversation.send({ act: "propose", lines }).move;
    },
  };
}

const propose = (more: Omit<ActOf<"propose">, "act">): Act => ({ act: "propose", ...more });
const two = (sku: string) => propose({ lines: [{ item: { sku }, quantity: 2 }] });
const goods = ({ offers: [offer] }: Move) => offer?.lines.map(({ sku, quantity }) => `${quantity} ${sku}`);

describe("a proposal for goods of an order spoken of before another", () => {
  it("changes that order, all of which is known", () => {
    const { send, want } = talk();
    want("LAP", "FIX");
    want("COF");
    const more = send(two("LAP"));
    expect(goods(more)).toEqual(["2 LAP", "1 FIX"]);
    expect(more.reasons).toEqual([]);
    want("COF");
    expect(goods(send(propose({ remove: [{ sku: "LAP" }] })))).toEqual(["1 FIX"]);
  });

  it("starts anew where that order has ended", () => {
    const { send, want, wait } = talk();
    want("LAP", "MOU");
    wait(20);
    want("COF");
    const anew = send(two("LAP"));
    expect(goods(anew)).toEqual(["2 LAP"]);
    expect(anew.reasons).toEqual([]);
  });
});

describe("a counter to an offer that no longer stands", () => {
  it("is about its goods where it has ended, whatever was spoken of since", () => {
    const { send, want, wait } = talk();
    const [offer] = want("LAP", "MOU").offers;
    wait(20);
    want("COF");
    const move = send(propose({ counters: offer?.id ?? "", total: 50_000 }));
    expect(goods(move)).toEqual(["1 LAP", "1 MOU"]);
    expect(move.reasons).toEqual(["offer_expired", "price_too_low"]);
  });

  it("is about what took its place", () => {
    const { send, want } = talk();
    const [offer] = want("LAP", "MOU").offers;
    send(two("LAP"));
    want("COF");
    const move = send(propose({ counters: offer?.id ?? "", total: 50_000 }));
    expect(goods(move)).toEqual(["2 LAP", "1 MOU"]);
    expect(move.reasons).toEqual(["offer_superseded", "price_too_low"]);
  });

  it("is about what is spoken of when there never was one", () => {
    const { send, want } = talk();
    want("COF");
    want("LAP", "MOU");
    const move = send(propose({ counters: "of_of_nobody", total: 50_000 }));
    expect(goods(move)).toEqual(["1 LAP", "1 MOU"]);
    expect(move.reasons).toEqual(["offer_superseded", "price_too_low"]);
  });
});
