import { describe, expect, it } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import { Fault, type FaultCode } from "../../src/domain/fault.ts";
import { derivedId } from "../../src/domain/hash.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { DETAILS, LIMITS, later, PRODUCTS, Talk, VENDOR } from "./shop.ts";

const ADDRESS = {
  country: "US",
  name: "Kim",
  lines: ["1 Main St"],
  city: "Springfield",
  postal_code: "45501",
};

function offered(quantity = 1): { talk: Talk; offer: Offer } {
  const talk = new Talk();
  const [offer] = talk.propose({ want: [{ sku: "LAP", quantity }] }).offers;
  if (!offer) throw new Error("no offer");
  return { talk, offer };
}

function faultOf(run: () => unknown): FaultCode | null {
  try {
    run();
    return null;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code;
    throw thrown;
  }
}

type Change = (talk: Talk, offer: Offer) => Partial<Extract<Act, { act: "accept" }>> | undefined;

const FAULTS: readonly (readonly [string, FaultCode, Change])[] = [
  ["names an offer nobody made", "unknown_offer", () => ({ offer: "offer-1" })],
  ["names an offer of another session", "foreign_offer", () => ({ offer: derivedId("of", "other", 3, 0) })],
  ["has another hash", "offer_hash_mismatch", () => ({ hash: "x".repeat(43) })],
  ["has no hash", "offer_hash_mismatch", () => ({ hash: undefined }) as never],
  [
    "comes a second time",
    "offer_already_accepted",
    (talk, { id, hash }) => void talk.send({ act: "accept", offer: id, hash, details: DETAILS_OF() }),
  ],
  [
    "names a superseded offer",
    "offer_superseded",
    (talk) => void talk.propose({ want: [{ sku: "LAP", quantity: 2 }] }),
  ],
  ["comes when the offer has ended", "offer_expired", (talk) => void Object.assign(talk, { now: later(15) })],
  [
    "is for goods no longer sold",
    "product_withdrawn",
    (talk) => void Object.assign(talk, { products: PRODUCTS.map((known) => ({ ...known, live: false })) }),
  ],
  [
    "is for more than is left",
    "out_of_stock",
    (talk) => void Object.assign(talk, { products: PRODUCTS.map((known) => ({ ...known, stock: 0 })) }),
  ],
  ["lacks an address", "order_details_missing", () => ({ details: undefined }) as never],
  [
    "goes where tax differs",
    "ship_to_changed",
    () => ({ details: { ...DETAILS_OF(), ship_to: { ...ADDRESS, region: "OR", postal_code: "97201" } } }),
  ],
  [
    "goes where fees differ",
    "ship_to_changed",
    () => ({ details: { ...DETAILS_OF(), ship_to: { ...ADDRESS, postal_code: "99501" } } }),
  ],
  [
    "goes where nothing is sold",
    "ship_to_changed",
    () => ({ details: { ...DETAILS_OF(), ship_to: { ...ADDRESS, country: "FR" } } }),
  ],
];

function DETAILS_OF() {
  return { ship_to: ADDRESS, payer: { name: "Kim", email: "kim@example.org" } };
}

describe("a typed accept", () => {
  it("binds at once, and the offer and its alternatives no longer stand", () => {
    const { talk, offer } = offered();
    const move = talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS_OF() });
    expect(move.act).toBe("accepted");
    expect(talk.last().binding).toEqual({
      ...{ offer, details: DETAILS, needs_approval: false, approved: false },
      charges: [],
    });
    expect(talk.state.standings.filter(({ status }) => status === "live")).toEqual([]);
  });

  for (const [what, code, change] of FAULTS) {
    it(`that ${what} is refused with ${code}, and nothing is decided`, () => {
      const { talk, offer } = offered();
      const changed = change(talk, offer) ?? {};
      const decided = talk.decisions.length;
      const act = {
        act: "accept",
        offer: offer.id,
        hash: offer.hash,
        details: DETAILS_OF(),
        ...changed,
      } as const;
      expect(faultOf(() => talk.send(act))).toBe(code);
      expect(talk.decisions).toHaveLength(decided);
    });
  }

  it("is refused with below_limit when the limits have risen since, and a new offer can be had", () => {
    const talk = new Talk();
    const [offer] = talk.propose({ want: [{ sku: "LAP" }] }).offers;
    for (let i = 0; i < 6; i++) talk.propose({ want: [{ sku: "LAP", unit_price: 60_000 }] });
    const low = talk.last().move.offers[0];
    if (!offer || !low) throw new Error("no offer");
    expect(low.totals.total).toBeLessThan(offer.totals.total);
    talk.limits = { ...LIMITS, version: "v2", rules: [{ match: {}, floor_bp: 9_950, negotiable: true }] };
    const accept = { act: "accept", offer: low.id, hash: low.hash, details: DETAILS_OF() } as const;
    expect(faultOf(() => talk.send(accept))).toBe("below_limit");
    const [again] = talk.propose({ want: [{ sku: "LAP", unit_price: 60_000 }] }).offers;
    expect(again?.totals.total).toBeGreaterThan(low.totals.total);
  });

  it("above the threshold waits for a person", () => {
    const { talk, offer } = offered(20);
    const move = talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS_OF() });
    expect(move.act).toBe("approval_pending");
    expect(talk.last().binding?.needs_approval).toBe(true);
  });

  it("is read back where the vendor always wants that, and binds when confirmed", () => {
    const { talk, offer } = offered();
    talk.vendor = { ...VENDOR, confirm: "always" };
    const move = talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS_OF() });
    expect([move.act, move.readback, move.ask]).toEqual([
      "readback",
      { offer: offer.id, hash: offer.hash, details: DETAILS_OF() },
      "confirm",
    ]);
    expect(talk.send({ act: "confirm", offer: offer.id, hash: offer.hash }).act).toBe("accepted");
  });
});

describe("a yes in words", () => {
  it("asks for the address, then the payer, then reads back, and binds only when that is confirmed", () => {
    const { talk, offer } = offered();
    expect(talk.say({ act: "accept" }).ask).toBe("ship_to");
    expect(talk.say({ act: "inform", details: { ship_to: ADDRESS } }).ask).toBe("payer");
    const read = talk.say({ act: "inform", details: { payer: { name: "Kim" } } });
    expect([read.act, read.ask, read.readback?.offer]).toEqual(["readback", "confirm", offer.id]);
    expect(read.readback?.details).toEqual({ ship_to: ADDRESS, payer: { name: "Kim" } });
    expect(talk.decisions.every(({ binding }) => binding === null)).toBe(true);
    expect(talk.say({ act: "confirm" }).act).toBe("accepted");
    expect(talk.last().binding?.offer).toEqual(offer);
  });

  it("keeps the question open over a question of theirs", () => {
    const { talk } = offered();
    talk.say({ act: "accept" });
    expect(talk.say({ act: "ask", topic: "returns" }).ask).toBe("ship_to");
    talk.say({ act: "inform", details: { ship_to: ADDRESS, payer: { name: "Kim" } } });
    talk.say({ act: "thank" });
    expect(talk.say({ act: "confirm" }).act).toBe("accepted");
  });

  it("that nobody is sure of, or that came with a condition, binds nothing", () => {
    const { talk } = offered();
    talk.send({ act: "inform", details: DETAILS_OF() });
    talk.say({ act: "accept" });
    expect(talk.say({ act: "confirm" }, 0.7).act).toBe("readback");
    expect(talk.send({ act: "confirm" }, { confidence: 0.9, unsure: "condition" }).reasons).toEqual([
      "conditional_accept",
    ]);
    expect(talk.say([{ act: "accept" }, { act: "propose", total: 80_000 }]).reasons).toContain(
      "conditional_accept",
    );
    expect(talk.decisions.every(({ binding }) => binding === null)).toBe(true);
  });

  it("is read back again when the read-back was cut off", () => {
    const { talk } = offered();
    talk.send({ act: "inform", details: DETAILS_OF() });
    talk.say({ act: "accept" });
    const standings = talk.state.standings.map((standing) => ({ ...standing, heard: false }));
    talk.state = { ...talk.state, standings };
    expect(talk.say({ act: "confirm" }).act).toBe("readback");
    expect(talk.say({ act: "confirm" }).act).toBe("accepted");
  });

  it("to several packages asks which, and the place among them settles it", () => {
    const talk = new Talk();
    const terms = { delivery: { days_max: 2, free: true }, warranty: { months_min: 24 } };
    const ask = { want: [{ sku: "LAP", quantity: 2 }], total: 140_000, terms };
    const { offers } = talk.propose(ask);
    expect(offers.length).toBeGreaterThan(1);
    const asked = talk.say({ act: "accept" });
    expect([asked.reasons, asked.ask, asked.choices.length]).toEqual([
      ["ambiguous_offer"],
      "choice",
      offers.length,
    ]);
    expect(talk.say({ act: "inform", details: DETAILS_OF() }).reasons).toEqual(["ambiguous_offer"]);
    expect(talk.say({ act: "accept", item: { ref: "second" } }).readback?.offer).toBe(offers[1]?.id);
  });

  it("after the offer has ended gets the same terms again under a new id", () => {
    const { talk, offer } = offered();
    talk.now = later(20);
    const move = talk.say({ act: "accept" });
    const [fresh] = move.offers;
    expect(move.reasons).toEqual(["offer_expired"]);
    expect([fresh?.supersedes, fresh?.totals]).toEqual([offer.id, offer.totals]);
    expect(fresh?.id).not.toBe(offer.id);
  });

  it("with an address where tax differs is read back with the new total", () => {
    const { talk, offer } = offered();
    talk.say({ act: "accept" });
    const told = { ship_to: { ...ADDRESS, region: "OR", postal_code: "97201" }, payer: { name: "Kim" } };
    const move = talk.say({ act: "inform", details: told });
    expect([move.act, move.offers[0]?.tax.amount, move.offers[0]?.supersedes]).toEqual([
      "readback",
      0,
      offer.id,
    ]);
    expect(talk.say({ act: "confirm" }).act).toBe("accepted");
  });

  it("without any offer says so, and typed with nothing to confirm faults", () => {
    expect(new Talk().say({ act: "accept" }).reasons).toEqual(["no_live_offer"]);
    expect(faultOf(() => new Talk().send({ act: "confirm" }))).toBe("nothing_to_confirm");
  });
});

describe("orders", () => {
  it("can be cancelled until they are executed", () => {
    const { talk, offer } = offered();
    talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS_OF() });
    expect(talk.say({ act: "order_status" }).intents).toHaveLength(1);
    expect(talk.say({ act: "cancel_order" }).act).toBe("cancelled");
    expect(talk.last().cancels).toEqual([talk.state.intents[0]?.id]);
    talk.state = {
      ...talk.state,
      intents: talk.state.intents.map((one) => ({ ...one, status: "executed" })),
    };
    expect(talk.say({ act: "cancel_order" }).reasons).toEqual(["not_cancellable"]);
    expect(faultOf(() => talk.send({ act: "cancel_order" }))).toBe("order_not_cancellable");
    expect(faultOf(() => talk.send({ act: "cancel_order", intent: "no" }))).toBe("unknown_order");
    expect(new Talk().say({ act: "cancel_order" }).reasons).toEqual(["no_order"]);
  });

  it("are placed before a goodbye in the same breath", () => {
    const { talk } = offered();
    expect(talk.say([{ act: "accept" }, { act: "leave" }]).ask).toBe("ship_to");
    expect(talk.last().closes).toBe(false);
    expect(talk.say({ act: "leave" }).act).toBe("farewell");
    expect(talk.last().closes).toBe(true);
  });
});
