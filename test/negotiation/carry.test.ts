import { expect, test } from "vitest";
import type { Offer } from "../../src/domain/offer.ts";
import { choiceOf, modesOf } from "../../src/negotiation/modes.ts";
import { placeOf } from "../../src/negotiation/place.ts";
import { orderOf } from "../../src/negotiation/prepare.ts";
import { worthOf } from "../../src/negotiation/utility.ts";
import { product, Talk } from "./shop.ts";

const EARNING = {
  delivery: { id: "express" },
  warranty: { months_min: 24 },
  payment: { days_min: 30 },
  returns: { days_min: 30 },
} as const;
const LISTED = {
  delivery: { id: "standard" },
  warranty: { id: "w12" },
  payment: { id: "now" },
  returns: { id: "r14" },
} as const;

const first = ({ offers }: { readonly offers: readonly Offer[] }): Offer => {
  const [offer] = offers;
  if (!offer) throw new Error("nothing was offered");
  return offer;
};
const unit = (offer: Offer, sku: string) => offer.lines.find((line) => line.sku === sku)?.unit_price;

/** What goods and terms of an offer leave the vendor. */
function worth(talk: Talk, offer: Offer): number {
  const place = placeOf(talk.vendor, offer.currency, offer.ship_to);
  if (!place) throw new Error("nowhere");
  const modes = modesOf(talk.vendor, talk.limits, offer.currency, place);
  const choice = choiceOf(modes, offer.terms);
  const input = talk.inputs.at(-1);
  if (!choice || !input) throw new Error("no terms");
  const wish = { lines: [], remove: [], terms: {}, codes: [] };
  const { order } = orderOf(input, [], place, modes, choice, wish, null);
  return worthOf(order, offer.totals.goods - offer.totals.discounts, choice, null);
}

/** A long talk, since prices hardly move in its first rounds. */
function stocked(): Talk {
  const talk = new Talk({ rounds: 16 });
  talk.products = [...talk.products, product("FIN", 20_000, { category: "office" })];
  return talk;
}

function haggled(talk: Talk, sku: string, rounds: number): Offer {
  let offer: Offer | undefined;
  for (let i = 0; i < rounds; i++) offer = first(talk.propose({ want: [{ sku, quantity: 1 }], total: 100 }));
  if (!offer) throw new Error("no round");
  return offer;
}

test("a price that was given for terms that earn is not kept when they are dropped", () => {
  const talk = new Talk();
  for (let i = 0; i < 6; i++)
    talk.propose({ want: [{ sku: "LAP", quantity: 1 }], total: 100, terms: EARNING });
  const paid = first(talk.last().move);
  const dropped = first(talk.propose({ counters: paid.id, terms: LISTED }));
  expect(worth(talk, dropped)).toBeGreaterThanOrEqual(worth(talk, paid));
  expect(dropped.totals.total).toBeLessThan(paid.totals.total);
  expect(unit(dropped, "LAP")).toBeGreaterThan(unit(paid, "LAP") ?? 0);
  expect(talk.last().move.reasons).toContain("price_changed");
});

test("terms put on and dropped again bring nobody more than the rounds do", () => {
  const plain = new Talk();
  const rounds = [1, 2, 3].map(() =>
    first(plain.propose({ want: [{ sku: "LAP", quantity: 1 }], total: 100 })),
  );
  const turning = new Talk();
  let least = Number.POSITIVE_INFINITY;
  let offer = first(turning.propose({ want: [{ sku: "LAP", quantity: 1 }], total: 100, terms: EARNING }));
  for (let i = 0; i < 2; i++) {
    offer = first(turning.propose({ counters: offer.id, terms: LISTED }));
    least = Math.min(least, offer.totals.total);
    offer = first(turning.propose({ counters: offer.id, total: 100, terms: EARNING }));
  }
  offer = first(turning.propose({ counters: offer.id, terms: LISTED }));
  expect(Math.min(least, offer.totals.total)).toBeGreaterThanOrEqual(rounds[2]?.totals.total ?? 0);
});

test("where nothing was conceded the list price stays, and terms that cost the vendor are dropped without a word", () => {
  const talk = new Talk();
  const listed = first(talk.propose({ want: [{ sku: "LAP", quantity: 1 }], terms: EARNING }));
  expect(unit(first(talk.propose({ counters: listed.id, terms: LISTED })), "LAP")).toBe(89_900);
  const other = new Talk();
  const cheap = haggled(other, "LAP", 5);
  const more = first(other.propose({ counters: cheap.id, terms: EARNING }));
  expect(unit(more, "LAP")).toBe(unit(cheap, "LAP"));
});

test("prices agreed in several offers that stand hold when their goods are asked for together", () => {
  const talk = stocked();
  const laptop = haggled(talk, "LAP", 11);
  const mouse = haggled(talk, "FIN", 4);
  expect(unit(laptop, "LAP")).toBeLessThan(89_900);
  expect(unit(mouse, "FIN")).toBeLessThan(20_000);
  const both = first(talk.propose({ want: [{ sku: "LAP" }, { sku: "FIN" }] }));
  expect(unit(both, "LAP")).toBe(unit(laptop, "LAP"));
  expect(unit(both, "FIN")).toBe(unit(mouse, "FIN"));
  expect(talk.last().move.reasons).toEqual([]);
});

test("a price agreed for each is agreed for each, whatever a code or a volume step would take off the list", () => {
  const talk = new Talk();
  const one = haggled(talk, "LAP", 9);
  const each = unit(one, "LAP") ?? 0;
  const two = first(talk.propose({ want: [{ sku: "LAP", quantity: 2 }], codes: ["TEN"] }));
  expect((two.totals.goods - two.totals.discounts) / 2).toBeLessThanOrEqual(Math.min(each, 80_910));
  const mice = new Talk();
  const low = unit(haggled(mice, "MOU", 9), "MOU") ?? 0;
  const many = first(mice.propose({ want: [{ sku: "MOU", quantity: 10 }] }));
  expect((many.totals.goods - many.totals.discounts) / 10).toBeLessThanOrEqual(Math.min(low, 4_508));
});

test("the last answer about goods at fixed prices is final", () => {
  const talk = new Talk();
  const moves = Array.from({ length: 11 }, () => talk.propose({ want: [{ sku: "FIX" }], total: 100 }));
  expect(moves.map(({ act }) => act).slice(7)).toEqual(["offer", "offer", "final_offer", "final_offer"]);
  expect(moves.slice(7).map((move) => first(move).final)).toEqual([false, false, true, true]);
  expect(first(moves[10] ?? { offers: [] }).id).toBe(first(moves[9] ?? { offers: [] }).id);
});
