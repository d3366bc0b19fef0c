import { expect, it } from "vitest";
import type { Session } from "../../src/session/session.ts";
import { BUYER, OPENING, openHouse } from "./opened-house.ts";

const SESSIONS = 10;

it("a full gateway keeps the one copy of each session that somebody is just entering", async () => {
  let gate: Promise<void> | null = null;
  const house = await openHouse((store) => ({
    ...store,
    read: async (...asked) => {
      await gate;
      return store.read(...asked);
    },
  }));
  const gateway = house.again({}, SESSIONS);
  const open = async () => (await gateway.open(OPENING, BUYER)).session;
  const sessions: Session[] = [];
  for (let n = 0; n < SESSIONS; n++) sessions.push(await open());
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const entering = sessions.map(({ id }) => gateway.find(id));
  await open();
  await expect.poll(() => gateway.size).toBe(SESSIONS);
  resolve();
  const entered = await Promise.all(entering);
  expect(entered.map(({ id }) => gateway.here(id))).toEqual(entered);
  await house.close();
});
