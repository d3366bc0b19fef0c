import { afterAll, beforeAll, expect, it } from "vitest";
import { Act } from "../../src/domain/act.ts";
import type { Event } from "../../src/domain/event.ts";
import { Fault } from "../../src/domain/fault.ts";
import { wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

let lost: "not yet" | "next" | "gone" = "not yet";
/** How many more reads of turns are answered before one is not. */
let reads = Number.POSITIVE_INFINITY;
let house: OpenedHouse;
beforeAll(async () => {
  // A store in front of which the process ends between the two commits of a streamed turn.
  house = await openHouse((store) => ({
    ...store,
    turns: (session) => {
      reads -= 1;
      return reads === -1
        ? Promise.reject(new Fault("unavailable", "the store cannot be reached"))
        : store.turns(session);
    },
    append: (commit) => {
      if (lost !== "next" || !commit.events.some(({ event }) => event.kind === "words"))
        return store.append(commit);
      lost = "gone";
      return new Promise(() => {});
    },
  }));
});
afterAll(() => house.close());

it("a reply whose words were lost with the process gets them when its session comes back, once", async () => {
  const { session } = await house.gateway.open(OPENING, BUYER);
  session.watch({ streams: true, event: () => {}, delta: () => {} });
  lost = "next";
  void session.submit({ id: "m1", act: Act.parse(wish("CH-AM-BLK", 2)) }, null);
  const logged = async () =>
    (await house.store.read(session.id, 0, 50)).map(({ json }) => JSON.parse(json) as Event);
  await expect.poll(() => lost).toBe("gone");

  const back = await house.again().find(session.id);
  await house.again().find(session.id);
  const log = await logged();
  const reply = log.findIndex((event) => event.kind === "reply") + 1;
  const words = log.filter((event) => event.kind === "words");
  expect(words).toHaveLength(1);
  expect(words[0]).toMatchObject({ of: reply, interrupted: false });
  expect(words[0]?.kind === "words" && words[0].words.text).toContain("Gadan Aero Mesh Chair");
  expect(back.state.seq).toBe(log.length);
});

it("words that could not be made as the store was away are made by whoever comes next, at the same node", async () => {
  const { session } = await house.gateway.open(OPENING, BUYER);
  session.watch({ streams: true, event: () => {}, delta: () => {} });
  lost = "next";
  void session.submit({ id: "m1", act: Act.parse(wish("CH-AM-BLK", 2)) }, null);
  await expect.poll(() => lost).toBe("gone");

  const other = house.again();
  // Its first read belongs to the claim, its second to the words.
  reads = 1;
  await expect(other.find(session.id)).rejects.toMatchObject({ code: "unavailable" });
  expect((await other.find(session.id)).state.seq).toBe(4);
  const kinds = (await house.store.read(session.id, 0, 50)).map(
    ({ json }) => (JSON.parse(json) as Event).kind,
  );
  expect(kinds).toEqual(["opened", "message", "reply", "words"]);
});
