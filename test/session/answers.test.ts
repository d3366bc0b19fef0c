import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import type { Event } from "../../src/domain/event.ts";
import { Move } from "../../src/domain/reply.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe("an answer on the wire", () => {
  test("to a comparison is typed rows, live prices among them, and what was asked of them", async () => {
    const { move } = await asked({
      ...{ act: "compare", items: [{ sku: "HP-ST1" }, { sku: "HP-OV1-BLK" }] },
      question: "which is lighter?",
    });
    expect(Move.parse(move)).toEqual(move);
    expect(move.comparison).toMatchObject({
      skus: ["HP-ST1", "HP-OV1-BLK"],
      verdict: { key: "weight", way: "least", best: ["HP-OV1-BLK"] },
    });
    const [weight, price] = move.comparison?.rows ?? [];
    expect(weight).toMatchObject({ key: "weight", values: [{ value: 0.285, unit: "kg" }, { value: 0.254 }] });
    expect(price).toMatchObject({ key: "price", values: [{ unit: "USD" }, { value: 22900 }] });
    expect(move.citations.map(({ fact }) => fact)).toEqual(["HP-ST1#spec.weight", "HP-OV1-BLK#spec.weight"]);
  });

  test("that sources disagree on names both, the one that counts first, to staff by file and line", async () => {
    const { move, notes } = await asked({ act: "ask", item: { sku: "ST-PH" }, topic: "max_load" });
    const [answer] = move.answers;
    expect(answer?.facts.map(({ id }) => id)).toEqual(["ST-PH#spec.max_load", "ST-PH#description.en~3"]);
    expect(answer?.conflicts).toEqual([{ fact: "ST-PH#spec.max_load", with: "ST-PH#description.en~3" }]);
    expect(notes).toEqual([
      expect.stringMatching(
        /^conflict: ST-PH#spec\.max_load \(products\.jsonl:\d+\) counts, ST-PH#description\.en~3 .* says otherwise$/,
      ),
    ]);
  });

  test("that nobody states is none, and staff are told what was asked", async () => {
    const { move, notes } = await asked({ act: "ask", item: { sku: "NB-13N" }, question: "Is it vegan?" });
    expect(move).toMatchObject({ act: "unknown", reasons: ["not_stated"], citations: [] });
    expect(notes).toEqual(["not stated of NB-13N: Is it vegan?"]);
  });

  test("comes out the same when it is decided again", async () => {
    const { session } = await asked(
      { act: "ask", item: { sku: "NB-13N" }, question: "what do people complain about?" },
      { act: "compare", items: [{ sku: "AP-15" }, { sku: "AP-30" }], question: "which is rated better?" },
    );
    const report = await house.replayed(session);
    expect(report).toMatchObject({ turns: 2, differences: [] });
  });
});

async function asked(...acts: readonly Act[]) {
  const { session } = await house.gateway.open({ ...OPENING, currency: "USD" }, BUYER);
  for (const [i, act] of acts.entries()) await session.submit({ id: `m${i}`, act }, null);
  const log = (await house.store.read(session.id, 0, 50)).map(({ json }) => JSON.parse(json) as Event);
  const reply = log.findLast((event) => event.kind === "reply");
  if (reply?.kind !== "reply") throw new Error("no reply");
  const notes = (await house.store.turns(session.id)).at(-1)?.reasons.notes;
  return { session: session.id, move: reply.move, notes };
}
