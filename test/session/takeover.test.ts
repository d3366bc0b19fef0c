import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Numbered } from "../../src/domain/event.ts";
import type { Staff } from "../../src/domain/staff.ts";
import type { Gateway } from "../../src/session/gateway.ts";
import { logOf } from "../../src/session/replay.ts";
import { close, endLapsed, handBack, renew, say, takeOver } from "../../src/session/takeover.ts";
import { whispersFor } from "../../src/session/whisper-notes.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

const mina: Staff = { id: "mina", name: "Mina 김", role: "agent", until: null };
const jun: Staff = { id: "jun", name: "Jun", role: "manager", until: null };

let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ship_to = { country: "US", region: "CA", postal_code: "94107" };
let messages = 0;
/** A conversation that a person has; `say` speaks as its buyer. */
async function conversation(gateway: Gateway = house.gateway, lang: "en" | "ko" = "en") {
  const { session } = await gateway.open({ ...OPENING, lang, channel: "chat", ship_to }, BUYER);
  const { id } = session;
  return {
    id,
    say: async (what: string | object, at: Gateway = gateway) => {
      messages += 1;
      const message = typeof what === "string" ? { text: what } : { act: what as never };
      return (await at.find(id)).submit({ id: `m${messages}`, ...message }, null);
    },
    log: async (): Promise<Numbered[]> => logOf(id, house.store),
    kinds: async () => (await logOf(id, house.store)).map(({ event }) => event.kind),
    last: async () => (await logOf(id, house.store)).at(-1)?.event,
  };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "nothing was refused",
    ({ code, detail }: { code: string; detail?: object }) => ({ code, ...detail }),
  );

describe("taking a conversation over", () => {
  test("is an event with the person's name, and says so in the counterpart's language", async () => {
    const talk = await conversation(house.gateway, "ko");
    const taken = await takeOver(house.gateway, talk.id, mina);
    expect(taken.lease).toBe(2);
    const event = await talk.last();
    expect(event).toMatchObject({
      kind: "handoff",
      to: "person",
      why: "operator",
      by: "operator",
      name: "Mina 김",
    });
    expect(event?.kind === "handoff" && event.words.text).toContain("Mina 김");
    expect(event?.kind === "handoff" && event.words.lang).toBe("ko");
  });

  test("once more, by the same person, is the same lease; anybody else is told who has it", async () => {
    const talk = await conversation();
    const first = await takeOver(house.gateway, talk.id, mina);
    expect(await takeOver(house.gateway, talk.id, mina)).toEqual(first);
    expect(await refusal(takeOver(house.gateway, talk.id, jun))).toEqual({
      code: "lease_held",
      operator: "Mina 김",
    });
    expect(await talk.kinds()).toEqual(["opened", "handoff"]);
  });

  test("of two at once, on two nodes, one has it", async () => {
    const other = house.again();
    for (let i = 0; i < 10; i++) {
      const talk = await conversation();
      const both = await Promise.allSettled([
        takeOver(house.gateway, talk.id, mina),
        takeOver(other, talk.id, jun),
      ]);
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect((await talk.kinds()).filter((kind) => kind === "handoff")).toHaveLength(1);
    }
  });

  test("leaves what the counterpart says to the person: stored, and not answered", async () => {
    const talk = await conversation();
    await takeOver(house.gateway, talk.id, mina);
    const receipt = await talk.say("do you have a desk lamp?");
    expect(receipt).toEqual({ seq: 3, last: 3, duplicate: false });
    await talk.say({ act: "propose", lines: [{ item: { sku: "ST-PH" }, quantity: 2 }] });
    expect(await talk.kinds()).toEqual(["opened", "handoff", "message", "message"]);
  });

  test("lets the person speak, each thing once, and nobody else", async () => {
    const talk = await conversation();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    const words = { lease, id: "w1", text: "안녕하세요, 김미나입니다." };
    expect(await say(house.gateway, talk.id, mina, words)).toEqual({ seq: 3 });
    expect(await say(house.again(), talk.id, mina, words)).toEqual({ seq: 3 });
    expect(await refusal(say(house.gateway, talk.id, mina, { ...words, text: "else" }))).toEqual({
      code: "id_reused",
    });
    expect(await refusal(say(house.gateway, talk.id, jun, { lease, id: "w2", text: "me too" }))).toEqual({
      ...{ code: "lease_lost", operator: "Mina 김" },
    });
    expect(await talk.last()).toMatchObject({
      kind: "said",
      by: "operator",
      name: "Mina 김",
      text: words.text,
    });
    await handBack(house.gateway, talk.id, mina, lease);
    expect(await say(house.gateway, talk.id, mina, words)).toEqual({ seq: 3 });
    expect(await refusal(say(house.gateway, talk.id, mina, { lease, id: "w3", text: "late" }))).toMatchObject(
      {
        code: "lease_lost",
      },
    );
  });

  test("ends when it is handed back: the counterpart hears so, and the agent answers again", async () => {
    const talk = await conversation();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    expect(await refusal(handBack(house.gateway, talk.id, jun, lease))).toMatchObject({ code: "lease_lost" });
    expect(await handBack(house.gateway, talk.id, mina, lease)).toEqual({ seq: 3 });
    expect(await talk.last()).toMatchObject({
      to: "agent",
      why: "handed_back",
      by: "operator",
      name: "Mina 김",
    });
    await talk.say("do you have a desk lamp?");
    expect((await talk.kinds()).slice(3)).toEqual(["message", "reply"]);
  });

  test("is handed back with a note for whoever comes next: staff sees it at any node, the counterpart never", async () => {
    const NOTE = "knows the floor is 41 dollars, be brief";
    const talk = await conversation();
    const heard: string[] = [];
    const seen: string[] = [];
    const watch = {
      event: (_: number, frame: string) => void heard.push(frame),
      delta: () => {},
      streams: false,
    };
    (await house.gateway.find(talk.id)).watch(watch);
    const other = house.again();
    (await other.find(talk.id)).watch({
      ...watch,
      staff: () => {},
      note: ({ text }) => void seen.push(text),
    });
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    // The store is lost between the note and what hands back.
    let lost = true;
    const append: typeof house.store.append = (commit) =>
      lost ? Promise.reject(new Error("gone")) : house.store.append(commit);
    const shaky = house.again({ store: { ...house.store, append } });
    await expect(handBack(shaky, talk.id, mina, lease, NOTE)).rejects.toThrow();
    expect(await talk.kinds()).toEqual(["opened", "handoff"]);
    lost = false;
    await handBack(shaky, talk.id, mina, lease, NOTE);
    await other.find(talk.id);
    await house.gateway.find(talk.id);
    expect(seen).toEqual([NOTE]);
    expect(await house.store.notes(talk.id)).toMatchObject([{ text: NOTE, by: "Mina 김" }]);
    expect(await talk.last()).toMatchObject({
      why: "handed_back",
      words: { text: expect.stringContaining("assistant") },
    });
    expect(heard.length).toBeGreaterThan(1);
    expect([...heard, JSON.stringify(await talk.log())].join()).not.toContain("41 dollars");
    const told = async () => whispersFor(house.store, talk.id, (await house.gateway.find(talk.id)).state);
    expect(await told()).toEqual([NOTE]);
    await talk.say("do you have a desk lamp?");
    expect(await told()).toEqual([]);
  });

  test("ends with the conversation where the person closes it", async () => {
    const talk = await conversation();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    await close(house.gateway, talk.id, mina, lease);
    expect((await talk.log()).slice(2).map(({ event }) => event)).toMatchObject([
      { kind: "handoff", to: "agent", why: "resolved" },
      { kind: "closed", reason: "operator" },
    ]);
    expect(await refusal(takeOver(house.gateway, talk.id, mina))).toEqual({ code: "session_closed" });
    expect(await house.store.held(talk.id)).toBeNull();
  });
});

describe("a lease that is not renewed", () => {
  test("goes on while it is, and writes nothing to the log", async () => {
    const talk = await conversation();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    for (let i = 0; i < 5; i++) {
      house.pass(20_000);
      await renew(house.again(), talk.id, mina, lease);
    }
    expect(await talk.kinds()).toEqual(["opened", "handoff"]);
    expect(await say(house.gateway, talk.id, mina, { lease, id: "w1", text: "still here" })).toEqual({
      seq: 3,
    });
  });

  test("ends on any node, and the counterpart is told", async () => {
    const talk = await conversation();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    house.pass(30_000);
    await endLapsed(house.again(), talk.id);
    const event = await talk.last();
    expect(event).toMatchObject({
      kind: "handoff",
      to: "agent",
      why: "lease_ended",
      by: "gateway",
      name: "Mina 김",
    });
    expect(await refusal(renew(house.gateway, talk.id, mina, lease))).toMatchObject({ code: "lease_lost" });
    await endLapsed(house.gateway, talk.id);
    expect(await talk.kinds()).toEqual(["opened", "handoff", "handoff"]);
  });

  test.each<
    [string, (talk: Awaited<ReturnType<typeof conversation>>, lease: number) => Promise<unknown>, string[]]
  >([
    [
      "the counterpart, who is answered",
      (talk) => talk.say("do you have a desk lamp?"),
      ["message", "reply"],
    ],
    ["somebody else, who takes it", (talk) => takeOver(house.gateway, talk.id, jun), ["handoff"]],
    ["its holder, who takes it anew", (talk) => takeOver(house.gateway, talk.id, mina), ["handoff"]],
    [
      "its holder, who goes on and is refused",
      (talk, lease) => refusal(say(house.gateway, talk.id, mina, { lease, id: "w9", text: "hello?" })),
      [],
    ],
    [
      "its holder, who renews too late",
      (talk, lease) => refusal(renew(house.gateway, talk.id, mina, lease)),
      [],
    ],
  ])("is found over by %s", async (_, comes, then) => {
    const talk = await conversation();
    const { lease } = await takeOver(house.gateway, talk.id, mina);
    house.pass(31_000);
    await comes(talk, lease);
    expect((await talk.kinds()).slice(2)).toEqual(["handoff", ...then]);
    expect((await talk.log())[2]?.event).toMatchObject({ why: "lease_ended" });
  });
});

describe("an order while a person has the conversation", () => {
  const details = {
    ship_to: {
      country: "US",
      region: "CA",
      postal_code: "94107",
      name: "Dana",
      lines: ["1 A St"],
      city: "San Francisco",
    },
    payer: { name: "Dana" },
  };

  test("binds by an accept that names a live offer; words bind nothing", async () => {
    const talk = await conversation();
    await talk.say({ act: "propose", lines: [{ item: { sku: "ST-PH" }, quantity: 2 }] });
    const offered = (await talk.log()).at(-1)?.event;
    const offer = offered?.kind === "reply" ? offered.move.offers[0] : undefined;
    await takeOver(house.gateway, talk.id, mina);
    await talk.say("yes, I'll take it");
    expect(await talk.last()).toMatchObject({ kind: "message" });
    await talk.say({ act: "accept", offer: offer?.id, hash: offer?.hash, details });
    const bound = await talk.last();
    expect(bound).toMatchObject({
      kind: "reply",
      move: { act: "accepted", intents: [{ offer: offer?.id }] },
    });
    expect((await house.replayed(talk.id)).differences).toEqual([]);
  });
});

test("a conversation that went to and fro is decided again byte for byte", async () => {
  const talk = await conversation(house.gateway, "ko");
  await talk.say("사람이랑 얘기할래요");
  await talk.say("책상 조명 있어요?");
  const { lease } = await takeOver(house.gateway, talk.id, mina);
  await talk.say("네, 안녕하세요");
  await say(house.gateway, talk.id, mina, { lease, id: "w1", text: "무엇을 도와드릴까요?" });
  await handBack(house.gateway, talk.id, mina, lease);
  await talk.say("클리포 폰 거치대 두 개 주세요");
  const report = await house.replayed(talk.id);
  expect(report).toMatchObject({ turns: 3, differences: [] });
});

describe("asking for a person", () => {
  const stands = async (talk: Awaited<ReturnType<typeof conversation>>) => {
    const log = (await talk.log()).map(({ event }) => event);
    const reply = log.findLast((event) => event.kind === "reply");
    const handoffs = log.flatMap((event) =>
      event.kind === "handoff" ? [`${event.to} ${event.why} ${event.by}`] : [],
    );
    return { act: reply?.move.act, where: reply?.move.handoff, words: reply?.words?.text ?? "", handoffs };
  };
  const attend = (ms: number) =>
    house.store.attend("Mina 김", new Date(Date.parse(house.gateway.house.clock.now()) + ms).toISOString());

  test.each([
    ["en", "can I talk to someone"],
    ["ko", "사람이랑 얘기할래요"],
    ["en", { act: "ask_person", reason: "it is about an invoice" }],
    ["en", { act: "handoff" }],
  ] as const)("in %s by %j waits for one who is there, and again changes nothing", async (lang, wish) => {
    await attend(20_000);
    const talk = await conversation(house.gateway, lang);
    for (let i = 0; i < 3; i++) {
      await talk.say(wish);
      expect(await stands(talk)).toMatchObject({
        act: "handoff",
        where: "waiting",
        handoffs: ["waiting asked buyer"],
      });
    }
    await attend(0);
    expect((await house.replayed(talk.id)).differences).toEqual([]);
  });

  test("of whom nobody is there asks how to be reached, takes that down, and goes on selling", async () => {
    const talk = await conversation();
    await talk.say("can I talk to someone");
    expect(await stands(talk)).toMatchObject({
      where: "callback",
      handoffs: ["callback nobody_there buyer"],
    });
    expect((await stands(talk)).words).toContain("phone number");
    await talk.say({ act: "leave_contact", contact: "+82 10-1234-5678", when: "after 3 p.m." });
    expect(await stands(talk)).toMatchObject({
      where: "callback",
      handoffs: ["callback nobody_there buyer"],
    });
    expect((await stands(talk)).words).toContain("get back to you");
    await talk.say("do you have a desk lamp?");
    expect((await stands(talk)).act).toBe("results");
    expect((await house.replayed(talk.id)).differences).toEqual([]);
  });

  test.each([
    ["en", "sure, call me on +1 (415) 555-0134 tomorrow morning", "+1 (415) 555-0134"],
    ["ko", "010-1234-5678로 오후 3시 이후에 연락 주세요", "010-1234-5678"],
    ["ko", "제 이메일은 kim@example.kr 이에요", "kim@example.kr"],
  ] as const)("takes down how to be reached from words, in %s: %s", async (lang, text, contact) => {
    const talk = await conversation(house.gateway, lang);
    await talk.say(lang === "ko" ? "상담원 연결해 주세요" : "can I talk to someone");
    await talk.say(text);
    const heard = (await talk.log()).findLast(({ event }) => event.kind === "message")?.event;
    expect(heard).toMatchObject({ reading: { acts: [{ act: "leave_contact", contact, note: text }] } });
    expect((await house.replayed(talk.id)).differences).toEqual([]);
  });

  test("is done by the agent that did not know what to say twice in a row", async () => {
    await attend(20_000);
    const talk = await conversation();
    await talk.say("flurb the wizzle");
    expect((await stands(talk)).handoffs).toEqual([]);
    await talk.say("gronk xyzzy plugh");
    expect((await stands(talk)).handoffs).toEqual(["waiting unsure agent"]);
    await talk.say("frobnicate the quux");
    expect((await stands(talk)).handoffs).toEqual(["waiting unsure agent"]);
    await attend(0);
    expect((await house.replayed(talk.id)).differences).toEqual([]);
  });
});
