import { expect, test } from "vitest";
import { BOUNDS } from "../../src/domain/bounds.ts";
import type { Fault } from "../../src/domain/fault.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { liveOffers } from "../../src/domain/state.ts";
import { DETAILS, later, PRODUCTS, product, Talk } from "./shop.ts";

const details = {
  ship_to: { ...DETAILS.ship_to, city: "Albany", postal_code: "12207" },
  payer: DETAILS.payer,
};
const many = Array.from({ length: BOUNDS.offers_kept + 10 }, (_, i) => `MANY-${i}`);

function wide(): Talk {
  const talk = new Talk();
  talk.products = [...PRODUCTS, ...many.map((sku) => product(sku, 5_000))];
  return talk;
}

function asked(talk: Talk, sku: string): Offer {
  const [offer] = talk.propose({ want: [{ sku }] }).offers;
  if (!offer) throw new Error("nothing was offered");
  return offer;
}

const taken = (talk: Talk, { id, hash }: Offer) => talk.send({ act: "accept", offer: id, hash, details });

function refused(act: () => unknown): [string, string] {
  try {
    act();
  } catch (error) {
    const { code, message } = error as Fault;
    return [code, message];
  }
  return ["", ""];
}

test("an offer is kept while it is good, whatever else is asked for", () => {
  const talk = wide();
  const laptop = asked(talk, "LAP");
  for (const sku of many.slice(0, 30)) asked(talk, sku);
  expect(taken(talk, laptop).act).toBe("accepted");
});

test("what no longer stands is forgotten before what does, and the least recent first", () => {
  const talk = wide();
  const first = asked(talk, "MOU");
  const laptop = asked(talk, "LAP");
  for (let i = 0; i < 4; i++) talk.propose({ want: [{ sku: "MOU", quantity: i + 2 }] });
  for (const sku of many.slice(0, BOUNDS.offers_kept - 2)) asked(talk, sku);
  const ids = talk.state.standings.map(({ offer }) => offer.id);
  expect(ids).not.toContain(first.id);
  expect(ids).toContain(laptop.id);
  expect(ids).toHaveLength(BOUNDS.offers_kept);
  talk.now = later(16);
  asked(talk, "COF");
  expect(talk.state.standings.map(({ offer }) => offer.id)).not.toContain(laptop.id);
});

test("who has more offers stand than are kept is told so, not that they were replaced", () => {
  const talk = wide();
  const laptop = asked(talk, "LAP");
  for (const sku of many) asked(talk, sku);
  expect(liveOffers(talk.state, talk.now)).toHaveLength(BOUNDS.offers_kept);
  const [code, message] = refused(() => taken(talk, laptop));
  expect(code).toBe("offer_withdrawn");
  expect(message).toContain(String(BOUNDS.offers_kept));
});
