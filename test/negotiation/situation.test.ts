import { describe, expect, it } from "vitest";
import { Conversation } from "../../src/arena/conversation.ts";
import type { Act, ActOf } from "../../src/domain/act.ts";
import type { Move } from "../../src/domain/reply.ts";
import { read } from "../../src/understanding/read.ts";
import { refer } from "../../src/understanding/refer.ts";
import { BUNDLE, DETAILS, LIMITS, PRODUCTS, T0, Talk, VENDOR } from "./shop.ts";

/** With look-ups as a turn makes them: only what they find is known. */
function talk() {
  const products = new Map(PRODUCTS.map((known) => [known.product.id, known]));
  const shop = { vendor: VENDOR, limits: LIMITS, products, bundles: [BUNDLE] };
  const conversation = new Conversation(shop, { session: "s1", now: T0 });
  return {
    wait: (minutes: number) => conversation.wait(minutes),
    send: (act: Act): Move => conversation.send(act).move,
    say: (act: Act): Move => conversation.say({ lang: "en", acts: [act], confidence: 0.95 }).move,
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

  it("is refused when there never was one", () => {
    const { send, want } = talk();
    want("LAP", "MOU");
    const counter = propose({ counters: "of_of_nobody", total: 50_000 });
    expect(() => send(counter)).toThrowError("there is no such offer");
  });
});

describe("an order that is taken with an address", () => {
  it("keeps the saving of its bundle where it costs more to send it", () => {
    const { say, want } = talk();
    const [offer] = want("LAP", "MOU").offers;
    const details = { ...DETAILS, ship_to: { ...DETAILS.ship_to, region: "CA", postal_code: "94107" } };
    const readback = say({ act: "accept", details });
    expect(readback).toMatchObject({ act: "readback", reasons: ["price_changed"] });
    expect(readback.offers[0]?.discounts).toEqual(offer?.discounts);
    expect(offer?.discounts).toMatchObject([{ kind: "bundle" }]);
  });
});

describe("an order that goes to another country at the same prices", () => {
  it("has an offer of its own, which can be taken there", () => {
    const tax = { name: "Tax", treatment: "exempt", rate_bp: 0 } as const;
    const market = (country: string) => ({ country, currency: "USD", tax });
    const talk = new Talk();
    talk.vendor = { ...VENDOR, markets: [market("US"), market("MX")] };
    const [before] = talk.propose({ want: [{ sku: "LAP" }] }).offers;
    const details = { ...DETAILS, ship_to: { ...DETAILS.ship_to, country: "MX" } };
    const [offer] = talk.send({ act: "inform", details }).offers;
    expect(offer).toMatchObject({ ship_to: { country: "MX" }, totals: before?.totals });
    const { id = "", hash = "" } = offer ?? {};
    expect(talk.send({ act: "accept", offer: id, hash }).act).toBe("accepted");
  });
});

describe("a price with a fee to be included", () => {
  /** A laptop, listed at ₩1,168,700, with express delivery for ₩8,000. */
  const won = (said?: Parameters<Talk["propose"]>[0]) => {
    const talk = new Talk({ currency: "KRW", ship_to: { country: "KR" }, lang: "ko", channel: "chat" });
    talk.limits = { ...LIMITS, objective: "conversion" };
    talk.propose({ want: [{ sku: "LAP", quantity: 1 }], terms: { delivery: { id: "express" } } });
    return said ? talk.propose(said) : talk.say(heard(talk));
  };
  const heard = ({ state }: Talk) =>
    refer(read("배송비 포함해서 117만원이면 살게요", { state, now: T0 }).acts, state).map(
      (act): Act =>
        act.act === "propose" && act.lines
          ? { ...act, lines: act.lines.map((line) => ({ ...line, item: { sku: "LAP" } })) }
          : act,
    );
  const free = { delivery: { free: true } };

  it.each([
    ["a total", () => won({ total: 1_170_000, terms: free })],
    ["the price of one", () => won({ want: [{ sku: "LAP", unit_price: 1_170_000 }], terms: free })],
    ["words", () => won()],
  ])(
    "pays for that fee as far as it is more than the goods list at, and is settled as asked (%s)",
    (_, said) => {
      const move = said();
      expect(move).toMatchObject({ act: "offer", reasons: [], proposal: { total: 1_170_000 } });
      expect(move.offers.map(({ totals }) => [totals.goods, totals.fees, totals.total])).toEqual([
        [1_162_000, 8_000, 1_170_000],
      ]);
    },
  );

  it("is a fee to be given up as long as the goods alone list at more", () => {
    const [offer] = won({ total: 1_165_000, terms: free }).offers;
    expect(offer).toMatchObject({
      totals: { total: 1_165_000 },
      terms: { delivery: { fee: 0, list_fee: 8_000 } },
    });
  });
});
