import { expect, test } from "vitest";
import { BUYER, OPENING, openHouse } from "./opened-house.ts";

const HOUR = 3_600_000;

/** What is aimed at in ten rounds, when after six of them limits are drawn anew and all that was offered has ended. */
async function aimed(house: Awaited<ReturnType<typeof openHouse>>, key: string, restarts: boolean) {
  house.limitKey(1);
  const { session: opened, secret } = await house.gateway.open(OPENING, BUYER, key);
  let session = opened;
  const lines = [{ item: { sku: "NB-14A-BLK" } }];
  for (let round = 1; round <= session.state.rounds; round++) {
    if (round === 7) {
      house.limitKey(2);
      house.pass(HOUR);
      if (restarts) session = await house.again().enter(opened.id, secret);
    }
    await session.submit({ id: `m${round}`, act: { act: "propose", lines, lower: true } }, null);
  }
  const records = await house.store.turns(opened.id);
  return { id: opened.id, targets: records.map(({ reasons }) => reasons.target) };
}

test("limits that change in mid-session find the bargain where it stood, after a restart and in a replay too", async () => {
  const house = await openHouse();
  const without = await aimed(house, "a", false);
  const restarted = await aimed(house, "b", true);
  expect(restarted.targets).toEqual(without.targets);
  for (const { id } of [without, restarted]) expect((await house.replayed(id)).differences).toEqual([]);
  house.limitKey(2);
  const { session } = await house.gateway.open(OPENING, BUYER, "c");
  for (let round = 1; round <= session.state.rounds; round++) {
    const lines = [{ item: { sku: "NB-14A-BLK" } }];
    await session.submit({ id: `m${round}`, act: { act: "propose", lines, lower: true } }, null);
  }
  const anew = (await house.store.turns(session.id)).map(({ reasons }) => reasons.target);
  expect(without.targets.slice(0, 6)).toEqual(anew.slice(0, 6));
  expect(without.targets[6]).not.toBe(anew[6]);
  expect(without.targets.at(-1)).toBe(anew.at(-1));
  await house.close();
});
