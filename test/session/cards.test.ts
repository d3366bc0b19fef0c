import { beforeEach, describe, expect, it } from "vitest";
import type { EventOf } from "../../src/domain/event.ts";
import { newId } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

const CARD = "4111 1111 1111 1111";
const BARE = CARD.replaceAll(" ", "");

let house: OpenedHouse;
beforeEach(async () => {
  house = await openHouse();
  return () => house.close();
});

/** Says something, and gives the reply and everything that is kept of the session. */
async function said(lang: "en" | "ko", message: object) {
  const { session } = await house.gateway.open({ ...OPENING, lang, channel: "chat" }, BUYER);
  const id = newId();
  const { seq } = await session.submit({ id, ...message }, null);
  const again = await session.submit({ id, ...message }, null);
  expect(again.duplicate).toBe(true);
  const events = await house.store.read(session.id, 0, 100);
  const reply = JSON.parse(events[seq]?.json ?? "{}") as EventOf<"reply">;
  const turns = await house.store.turns(session.id);
  expect((await house.replayed(session.id)).differences).toEqual([]);
  return { reply, kept: JSON.stringify([events, turns]) };
}

describe("the number of a payment card", () => {
  it.each([
    ["en", `I'd like 2 aero mesh chairs, my card is ${CARD}, exp 12/29`, "don't send card numbers"],
    ["en", BARE, "don't send card numbers"],
    [
      "ko",
      `에어로 메쉬 의자 2개 주세요. 카드 번호는 ${CARD.replaceAll(" ", "-")}입니다`,
      "카드 번호는 저장하지 않고 지웠",
    ],
  ] as const)(
    "is neither kept nor repeated, and the reply says not to send it (%s: %s)",
    async (lang, text, says) => {
      const { reply, kept } = await said(lang, { text });
      expect(kept.replaceAll(/[ -]/g, "")).not.toContain(BARE);
      expect(reply.move.reasons[0]).toBe("card_masked");
      expect(reply.words?.text).toContain(says);
      expect(reply.words?.speech).toContain(says);
    },
  );

  it("is taken out of what a typed act says, too", async () => {
    const act = { act: "handoff", reason: `charge ${CARD}` };
    const { reply, kept } = await said("en", { act });
    expect(kept.replaceAll(" ", "")).not.toContain(BARE);
    expect(reply.move.reasons).toContain("card_masked");
  });

  it("leaves the rest of the message as it was meant", async () => {
    const { reply } = await said("en", { text: `My card is ${CARD}. Do you have a desk lamp?` });
    expect(reply.move.act).toBe("results");
    expect(reply.move.results.length).toBeGreaterThan(0);
  });
});
