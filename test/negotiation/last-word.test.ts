import { expect, test } from "vitest";
import type { Move } from "../../src/domain/reply.ts";
import { DETAILS, later, Talk } from "./shop.ts";

const details = {
  ship_to: { ...DETAILS.ship_to, city: "Albany", postal_code: "12207" },
  payer: DETAILS.payer,
};
const LONGER = { warranty: { id: "w24" } } as const;

function toTheLast(talk: Talk, rounds = 10): Move {
  let move: Move | undefined;
  for (let i = 0; i < rounds; i++)
    move = talk.propose({ want: [{ sku: "LAP", quantity: 1 }], total: 100, terms: LONGER });
  if (!move) throw new Error("no round");
  return move;
}

test("the last word said again is said with everything that came with it", () => {
  const talk = new Talk();
  const last = toTheLast(talk);
  expect(last.act).toBe("final_offer");
  expect(last.offers.length).toBeGreaterThan(1);
  const again = talk.propose({ lower: true });
  expect(again.offers.map(({ id }) => id).sort()).toEqual(last.offers.map(({ id }) => id).sort());
  const other = last.offers.at(-1);
  if (!other) throw new Error("no sibling");
  const taken = talk.send({ act: "accept", offer: other.id, hash: other.hash, details });
  expect(taken.act).toBe("accepted");
});

test("the last word that has expired comes back whole", () => {
  const talk = new Talk();
  const last = toTheLast(talk);
  talk.now = later(60);
  const again = talk.propose({ lower: true });
  expect(again.offers.map(({ totals }) => totals.total)).toEqual(
    last.offers.map(({ totals }) => totals.total),
  );
  expect(new Set(again.offers.map(({ id }) => id)).size).toBe(last.offers.length);
  expect(again.offers.every(({ final }) => final)).toBe(true);
});

test("the last word gives way to no dearer one: what is live and gives as much for less is said instead", () => {
  const talk = new Talk();
  const before = toTheLast(talk, 9).offers[0]?.totals.total ?? 0;
  const met = talk.propose({ total: before, terms: { warranty: { id: "w24", free: true } } });
  const [won] = met.offers;
  expect([met.act, won?.totals.total]).toEqual(["final_offer", before]);
  for (const terms of [{ warranty: { id: "w12" } }, { warranty: { id: "w24" } }, {}] as const) {
    const again = talk.propose({ terms });
    const [offer] = again.offers;
    expect(offer?.totals.total).toBeLessThanOrEqual(before);
    if (offer?.totals.total === before) expect(offer.id).toBe(won?.id);
  }
  if (!won) throw new Error("nothing won");
  const taken = talk.send({ act: "accept", offer: won.id, hash: won.hash, details });
  expect(taken.act).toBe("accepted");
});
