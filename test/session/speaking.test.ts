import { afterAll, beforeAll, expect, it } from "vitest";
import { Act } from "../../src/domain/act.ts";
import type { Event } from "../../src/domain/event.ts";
import { DETAILS, newId, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it("stops at the first piece it is cut off after; the offer is then read back before a yes binds it", async () => {
  const { session } = await house.gateway.open(OPENING, BUYER);
  const events: Event[] = [];
  const pieces: string[] = [];
  let cut = true;
  session.watch({
    streams: true,
    event: (_, frame) => void events.push((JSON.parse(frame) as { event: Event }).event),
    delta: (_re, _n, text) => {
      pieces.push(text);
      if (cut) queueMicrotask(() => void session.cancel(undefined, 12));
    },
  });
  const last = async (message: { text: string } | { act: object }) => {
    const act = "act" in message ? { act: Act.parse(message.act) } : message;
    await session.submit({ id: newId(), ...act }, null);
    return events.findLast((event) => event.kind === "reply")?.move;
  };
  cut = false;
  await last({ act: { act: "inform", details: DETAILS } });
  cut = true;
  pieces.length = 0;
  const offer = (await last({ act: wish("CH-AM-BLK", 2) }))?.offers[0];
  const words = events.at(-1);
  if (words?.kind !== "words") throw new Error("the words did not end");
  expect(pieces).toHaveLength(1);
  expect(words.interrupted).toBe(true);
  expect(words.words.text).toBe(pieces.join("").slice(0, 12));
  cut = false;
  const asked = await last({ text: "Yes, I'll take it." });
  expect(asked).toMatchObject({
    act: "readback",
    readback: { offer: offer?.id, hash: offer?.hash },
    intents: [],
  });
  expect(await last({ text: "Yes, that is right." })).toMatchObject({ act: "accepted" });
});
