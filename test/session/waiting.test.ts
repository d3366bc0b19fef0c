import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Event, EventOf } from "../../src/domain/event.ts";
import type { Staff } from "../../src/domain/staff.ts";
import type { Gateway } from "../../src/session/gateway.ts";
import { Inbox } from "../../src/session/inbox.ts";
import { logOf } from "../../src/session/replay.ts";
import { endLapsed, takeOver } from "../../src/session/takeover.ts";
import { vigil } from "../../src/session/vigil.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

const mina: Staff = { id: "mina", name: "Mina 김", role: "agent", until: null };

let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());
afterEach(() => attend(0));

const later = (ms: number) => new Date(Date.parse(house.gateway.house.clock.now()) + ms).toISOString();
/** Somebody watches for so many milliseconds, unless they say so again. */
const attend = (ms: number) => house.store.attend("Mina 김", later(ms));

let messages = 0;
async function waiting(lang: "en" | "ko" = "en") {
  await attend(20_000);
  const { session } = await house.gateway.open({ ...OPENING, lang, channel: "chat" }, BUYER);
  const { id } = session;
  const say = async (what: string | object, at: Gateway = house.gateway) => {
    messages += 1;
    const message = typeof what === "string" ? { text: what } : { act: what as never };
    return (await at.find(id)).submit({ id: `w${messages}`, ...message }, null);
  };
  const events = async (): Promise<Event[]> => (await logOf(id, house.store)).map(({ event }) => event);
  const handoffs = async () =>
    (await events()).filter((event): event is EventOf<"handoff"> => event.kind === "handoff");
  await say(lang === "ko" ? "상담원 연결해 주세요" : "can I talk to someone");
  return {
    ...{ id, say, events, handoffs },
    went: async () => (await handoffs()).map(({ to, why, by }) => `${to} ${why} ${by}`),
  };
}

describe("who waits for a person", () => {
  test("goes on waiting while somebody is there and the time is not over", async () => {
    const talk = await waiting();
    house.pass(4 * 60_000);
    await attend(20_000);
    await endLapsed(house.gateway, talk.id);
    expect(await talk.went()).toEqual(["waiting asked buyer"]);
    expect(await house.store.held(talk.id)).toMatchObject({ operator: "", seq: 4 });
  });

  test.each([
    ["en", /could join you so far\. .*hours go on until .* \(Korean Standard Time\)\. Leave a phone number/],
    [
      "ko",
      /들어올 수 있는 상담원이 없어요\. 상담 시간은 5월 6일 월요일 오후 6시까지예요.* 전화번호나 이메일/,
    ],
  ] as const)("too long is told so in %s, and asked how to be reached", async (lang, says) => {
    const talk = await waiting(lang);
    house.pass(5 * 60_000);
    await attend(20_000);
    await endLapsed(house.again(), talk.id);
    expect(await talk.went()).toEqual(["waiting asked buyer", "callback nobody_came gateway"]);
    const [, told] = await talk.handoffs();
    expect(told?.words.text).toMatch(says);
    expect(told?.staffed).toMatchObject({ open: true, zone: "Asia/Seoul" });
    await talk.say({ act: "leave_contact", contact: "+1 415 555 0134" });
    expect((await talk.went()).length).toBe(2);
    expect((await house.replayed(talk.id)).differences).toEqual([]);
    house.pass(-5 * 60_000);
  });

  test("is told when the last one leaves, but not when a page is loaded again", async () => {
    const talk = await waiting();
    await attend(0);
    house.pass(4_000);
    await endLapsed(house.gateway, talk.id);
    expect(await talk.went()).toHaveLength(1);
    house.pass(2_000);
    await endLapsed(house.gateway, talk.id);
    expect(await talk.went()).toEqual(["waiting asked buyer", "callback nobody_there gateway"]);
  });

  test("and says how to be reached waits no longer, and is asked nothing more", async () => {
    const talk = await waiting("ko");
    await talk.say({ act: "leave_contact", contact: "010-1234-5678" });
    await attend(0);
    house.pass(6_000);
    await endLapsed(house.gateway, talk.id);
    expect(await talk.went()).toEqual(["waiting asked buyer", "callback asked buyer"]);
    expect(await house.store.held(talk.id)).toBeNull();
  });

  test("and is answered in time is told nothing more", async () => {
    const talk = await waiting();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    expect(await house.store.held(talk.id)).toMatchObject({ operator: "staff:mina", seq: lease });
    await attend(0);
    house.pass(10_000);
    await endLapsed(house.gateway, talk.id);
    expect(await talk.went()).toEqual(["waiting asked buyer", "person operator operator"]);
  });

  test("and leaves is not waited for any more", async () => {
    const talk = await waiting();
    await talk.say({ act: "leave" });
    expect((await talk.events()).at(-1)?.kind).toBe("closed");
    expect(await house.store.held(talk.id)).toBeNull();
  });

  test("is told once, by whichever of several nodes finds it, also one that began since; asking again waits anew", async () => {
    const talks = await Promise.all([waiting(), waiting("ko"), waiting()]);
    await attend(0);
    house.pass(6_000);
    // Four that sweep several times a second, none of which was there when the wait began.
    const watches = [1, 2, 3, 4].map(() => vigil(house.again({ lease_ms: 400 })));
    for (const talk of talks)
      await expect.poll(talk.went).toEqual(["waiting asked buyer", "callback nobody_there gateway"]);
    const [first] = talks;
    await attend(60_000);
    await first?.say("can I talk to someone");
    await attend(0);
    house.pass(6_000);
    await expect
      .poll(async () => (await first?.went())?.slice(2))
      .toEqual(["waiting asked buyer", "callback nobody_there gateway"]);
    expect(await house.store.waits(100)).toEqual([]);
    for (const watch of watches) await watch.stop();
    for (const talk of talks) expect((await talk.handoffs()).length).toBe(talk === first ? 4 : 2);
    for (const talk of talks) expect((await house.replayed(talk.id)).differences).toEqual([]);
  });

  test("has waited since they first asked, as the inbox says", async () => {
    const talk = await waiting();
    const [asked] = await talk.handoffs();
    await attend(0);
    house.pass(6_000);
    await endLapsed(house.gateway, talk.id);
    const inbox = new Inbox(house.gateway.house);
    const { rows } = await inbox.page({ q: talk.id, limit: 1 });
    expect(rows).toMatchObject([{ state: "needs_person", waiting_since: asked?.at }]);
    inbox.stop();
  });
});
