import { expect, test } from "vitest";
import { BUYER, OPENING, openHouse } from "./opened-house.ts";

/** What is offered to somebody who asks for less until the last round. */
async function haggled(house: Awaited<ReturnType<typeof openHouse>>, key: string) {
  const { session } = await house.gateway.open(OPENING, BUYER, key);
  const lines = [{ item: { sku: "NB-14A-BLK" } }];
  await session.submit({ id: "first", act: { act: "propose", lines, lower: true } }, null);
  while (session.state.round < session.state.rounds)
    await session.submit({ id: `m${session.state.seq}`, act: { act: "propose", lower: true } }, null);
  return { id: session.id, last: session.state.standings.at(-1)?.offer.totals.total };
}

test("limits drawn anew move where the offers end, for everybody alike, and every turn is replayed with its own key", async () => {
  const house = await openHouse();
  const first = await haggled(house, "a");
  const second = await haggled(house, "b");
  house.limitKey(2);
  const third = await haggled(house, "c");
  house.limitKey(0);
  const bare = await haggled(house, "d");
  expect(second.last).toBe(first.last);
  expect(new Set([first.last, third.last, bare.last]).size).toBe(3);
  for (const [{ id }, key] of [[first, 1] as const, [third, 2] as const, [bare, 0] as const]) {
    const records = await house.store.turns(id);
    expect(new Set(records.map(({ draws }) => draws))).toEqual(new Set([key]));
    const report = await house.replayed(id);
    expect(report).toMatchObject({ turns: records.length, differences: [] });
    expect(report.turns).toBeGreaterThan(5);
  }
  await house.close();
});
