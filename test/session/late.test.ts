import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Event } from "../../src/domain/event.ts";
import type { Found, KnowledgeLookup } from "../../src/domain/lookup.ts";
import type { Search } from "../../src/ports/search.ts";
import type { Session } from "../../src/session/session.ts";
import { DETAILS, newId, taking, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

/** Kinds of look-up that come back empty because their time is up. */
let late = new Set<KnowledgeLookup["kind"]>();
let house: OpenedHouse;
let gateway: ReturnType<OpenedHouse["again"]>;
const opened: string[] = [];

beforeEach(async () => {
  late = new Set();
  house = await openHouse();
  const { search } = house.gateway.house;
  const slow: Search = {
    ...search,
    find: async (lookup, deadline_ms, viewer): Promise<Found> =>
      late.has(lookup.kind)
        ? { lookup, entries: [], stock: {}, partial: true }
        : search.find(lookup, deadline_ms, viewer),
  };
  gateway = house.again({ search: slow });
});
afterEach(async () => {
  for (const session of opened.splice(0))
    expect(await house.replayed(session)).toMatchObject({ differences: [] });
  await house.close();
});

async function talking(how: object = OPENING): Promise<Session> {
  const { session } = await gateway.open({ ...OPENING, ...how }, BUYER);
  opened.push(session.id);
  return session;
}

/** The move that answers a message. */
async function answer(session: Session, message: { act?: object; text?: string }) {
  await session.submit({ id: newId(), ...message } as Parameters<Session["submit"]>[0], null);
  const stored = await house.store.read(session.id, session.state.seq - 1, 10);
  const reply = stored.map(({ json }) => JSON.parse(json) as Event).findLast(({ kind }) => kind === "reply");
  if (reply?.kind !== "reply") throw new Error("no reply is stored");
  return { ...reply.move, text: reply.words?.text ?? "" };
}

async function refusal(session: Session, act: object) {
  const { seq } = session.state;
  const fault = await answer(session, { act }).then(
    () => null,
    (error: { code?: string }) => error,
  );
  // Nothing of it is stored, so that the same message may be sent again.
  expect((await house.store.read(session.id, seq, 10)).length).toBe(0);
  return fault?.code;
}

describe("a look-up that comes too late", () => {
  it("refuses a typed proposal for now, and the same one is answered later", async () => {
    const session = await talking();
    late.add("products");
    expect(await refusal(session, wish("CH-TS"))).toBe("unavailable");
    late.clear();
    expect(await answer(session, { act: wish("CH-TS") })).toMatchObject({ act: "offer" });
  });

  it("leaves an offer as it is: an accept may be sent again, and then binds", async () => {
    const session = await talking();
    const { offers } = await answer(session, { act: wish("CH-TS") });
    const [offer] = offers;
    if (!offer) throw new Error("no offer");
    late.add("products");
    expect(await refusal(session, taking(offer, DETAILS))).toBe("unavailable");
    late.clear();
    expect(await answer(session, { act: taking(offer, DETAILS) })).toMatchObject({ act: "accepted" });
  });

  it.each([
    ["a proposal by words", { act: "propose", lines: [{ item: { query: "standing desk" }, quantity: 1 }] }],
    ["a search", { act: "search", query: "standing desk" }],
    ["a question", { act: "ask", item: { query: "standing desk" }, question: "how heavy is it?" }],
    ["a comparison", { act: "compare", items: [{ query: "standing desk" }, { query: "desk lamp" }] }],
  ])("refuses %s for now where the search was cut short", async (_, act) => {
    const session = await talking();
    late.add("search");
    expect(await refusal(session, act)).toBe("unavailable");
    late.clear();
    expect((await answer(session, { act })).reasons).not.toContain("not_in_time");
  });

  it("says nothing about the shop to a typed question whose passages were not read", async () => {
    const session = await talking();
    late.add("passages");
    expect(await refusal(session, { act: "ask", question: "do you engrave names on things?" })).toBe(
      "unavailable",
    );
  });

  it.each([
    [
      "en",
      "do you have a standing desk?",
      /in time/,
      /couldn't find|nothing that fits|no longer|doesn't say/,
    ],
    ["en", "I'd like two desk lamps", /in time/, /couldn't find|nothing that fits|no longer|doesn't say/],
    ["en", "do you engrave names on things?", /in time/, /couldn't find|nothing that fits|doesn't say/],
    ["ko", "스탠딩 데스크 있어요?", /제시간에/, /찾지 못했|판매하지 않|없는 내용/],
    ["ko", "스탠드 두 개 주세요", /제시간에/, /찾지 못했|판매하지 않|없는 내용/],
  ] as const)("tells people so (%s: %s), and not that there is none", async (lang, text, says, never) => {
    const session = await talking({ lang, channel: "chat", kind: "person" });
    late = new Set(["search", "passages", "voices"]);
    const move = await answer(session, { text });
    expect(move.text).toMatch(says);
    expect(move.text).not.toMatch(never);
    expect(move).toMatchObject({ act: "unknown", reasons: ["not_in_time"], offers: [] });
    late.clear();
    expect((await answer(session, { text })).reasons).not.toContain("not_in_time");
  });
});
