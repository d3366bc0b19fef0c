import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listStaff } from "../../src/adapters/identity/staff-list.ts";
import type { ServerFrame } from "../../src/protocol/frames.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { newId } from "../session/buying.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { HttpBuyer, post } from "./http-client.ts";

const WISH = "I'd like to buy two Gadan Aero Mesh chairs in black.";

let wire: Wire;
let gateway: OpenGateway;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  wire = await startWire(slowly);
  gateway = await openGateway({
    PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
    PARLEY_MODEL_KEY: "sk-canary-of-this-test-0817",
    PARLEY_STAFF_LEASE_SECONDS: "2",
  });
  for (const role of ["viewer", "agent", "manager"] as const)
    tokens[role] = listStaff(join(gateway.home, "staff.json"), role, role);
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
  await wire?.close();
});
afterEach(() => wire.script(slowly));

/** Says what the house would say, so slowly that somebody can come between. */
function slowly({ schema, user }: Asked): Step {
  if (schema?.name === "read") return { answer: { lang: "en", acts: [], unclear: "everything" } };
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  return { answer: { text: house ? JSON.parse(house) : "", speech: "" }, piece: 24 };
}

interface Result {
  readonly lease: number;
  readonly until: string;
  readonly seq: number;
  readonly text: string;
  readonly code: string;
  readonly about?: object;
}

const does = (session: string, what: string, body: object = {}, as = "agent") =>
  post<Result>(`${gateway.url}/v1/staff/sessions/${session}/${what}`, body, {
    authorization: `Bearer ${tokens[as]}`,
  });

async function person(lang = "en") {
  const peer = await Peer.open(gateway.ws, { lang, kind: "person", channel: "chat", stream: true });
  const { session } = await peer.next("welcome");
  return { peer, session };
}

const kinds = ({ frames }: Peer) =>
  frames.flatMap((frame) =>
    frame.type === "event" ? [frame.event.kind] : frame.type === "delta" ? ["delta"] : [],
  );
const heard = ({ frames }: Peer) =>
  frames.map((frame) => (frame.type === "delta" ? frame.text : "")).join("");
const isEvent = (kind: string) => (frame: ServerFrame) => frame.type === "event" && frame.event.kind === kind;

describe("a person who takes over", () => {
  test("cuts the agent off in mid-sentence: what was heard stays, and not a word comes after", async () => {
    wire.script((asked) => ({ ...slowly(asked), stall: 5 }));
    const { peer, session } = await person();
    peer.send({ type: "say", id: newId(), text: "hello there" });
    await peer.next("delta");
    const { status } = await does(session, "take");
    expect(status).toBe(200);
    await peer.until(isEvent("handoff"), "the handoff");
    const words = peer.frames.findLast(isEvent("words"));
    expect(words).toMatchObject({ event: { interrupted: true, words: { text: heard(peer), speech: "" } } });
    peer.send({ type: "ping", id: "p" });
    await peer.next("pong");
    expect(kinds(peer).at(-1)).toBe("handoff");
    peer.close();
  });

  test("drops a reply that was still being thought about, and is left with the message", async () => {
    wire.script(({ schema }) => ({
      answer: { lang: "en", acts: [], unclear: "all" },
      ...(schema?.name === "read" ? { first_ms: 5_000 } : {}),
    }));
    const { peer, session } = await person();
    const asked = wire.next();
    peer.send({ type: "say", id: "m1", text: "that wobbly whatsit thing, same as my cousin's" });
    await asked;
    await does(session, "take");
    const { event } = (await peer.until(isEvent("handoff"), "the handoff")) as Extract<
      ServerFrame,
      { type: "event" }
    >;
    expect(event).toMatchObject({ to: "person", name: "agent" });
    expect(peer.frames.some((frame) => frame.type === "ack" && frame.id === "m1")).toBe(true);
    expect(kinds(peer)).toEqual(["handoff"]);
    peer.close();
  });

  test("who is not heard of any more is found out, and the customer is told in their language", async () => {
    const { peer, session } = await person("ko");
    const { body } = await does(session, "take");
    const event = await peer.until(
      (frame) => isEvent("handoff")(frame) && frame.type === "event" && frame.seq > body.lease,
      "the end of the lease",
    );
    expect(event).toMatchObject({
      event: {
        to: "agent",
        why: "lease_ended",
        words: { lang: "ko", text: expect.stringMatching(/도우미/) },
      },
    });
    const late = await does(session, "say", { lease: body.lease, id: "w1", text: "hello?" });
    expect([late.status, late.body.code]).toEqual([409, "lease_lost"]);
    peer.close();
  });

  test("is seen by the other staff, and by their role", async () => {
    const { peer, session } = await person();
    expect((await does(session, "take", {}, "viewer")).body).toMatchObject({
      code: "forbidden",
      about: { needs: "agent" },
    });
    const { body } = await does(session, "take");
    expect((await does(session, "take", {}, "manager")).body).toMatchObject({
      code: "lease_held",
      about: { operator: "agent" },
    });
    for (const [what, sent] of [
      ["say", { lease: body.lease, id: "x", text: "as a viewer" }],
      ["hand-back", { lease: body.lease }],
      ["whisper", { id: "x", text: "hello" }],
      ["draft", {}],
    ] as const)
      expect((await does(session, what, sent, "viewer")).body.code).toBe("forbidden");
    expect((await does(session, "say", { lease: body.lease, id: "x" })).body.code).toBe("bad_frame");
    expect((await does("ses_none", "take")).body.code).toBe("unknown_session");
    peer.close();
  });
});

describe("a whisper", () => {
  test("goes to the model for the next reply's words, to staff, and to nobody else", async () => {
    const { peer, session } = await person();
    const staff = await Peer.open(gateway.ws, { role: "observer", session, key: tokens.viewer });
    await staff.next("welcome");
    const note = "천천히, 다정하게 <b>답해</b> 주세요";
    expect((await does(session, "whisper", { id: "w1", text: note })).status).toBe(200);
    expect((await does(session, "whisper", { id: "w1", text: note })).status).toBe(200);
    expect((await does(session, "whisper", { id: "w1", text: "other" })).body.code).toBe("id_reused");
    await expect.poll(() => JSON.stringify(staff.frames)).toContain("staff_note");
    const prompts: string[] = [];
    wire.script((asked) => {
      if (asked.schema?.name === "word") prompts.push(asked.user);
      return slowly(asked);
    });
    for (const text of [WISH, "And how long is the warranty?"]) {
      peer.send({ type: "say", id: newId(), text });
      await peer.until(isEvent("words"), "words");
    }
    expect(prompts[0]).toContain("다정하게");
    expect(prompts.slice(1).join()).not.toContain("다정하게");
    expect(JSON.stringify(peer.frames)).not.toContain("다정하게");
    expect(staff.frames.filter((frame) => (frame as { type: string }).type === "staff_note")).toHaveLength(1);
    for (const each of [peer, staff]) each.close();
  });
});

test("a draft is what the agent would say: nothing of it is stored, and no order comes of it", async () => {
  const { peer, session } = await person();
  expect((await does(session, "draft")).body.code).toBe("not_found");
  await does(session, "take");
  const act = { act: "propose", lines: [{ item: { sku: "CH-AM-BLK" }, quantity: 2 }] };
  peer.send({ type: "say", id: newId(), act });
  await peer.next("ack");
  const { status, body } = await does(session, "draft");
  expect(status).toBe(200);
  expect(body.text).toContain("Gadan Aero Mesh");
  expect(kinds(peer).filter((kind) => kind !== "handoff")).toEqual([]);
  peer.close();
});

describe("feedback", () => {
  test("is an event about a reply, once, by socket and by request; a later thought counts", async () => {
    const { peer } = await person();
    const { seq } = await peer.say({ id: newId(), text: "hello" });
    for (const id of ["f1", "f2"]) peer.send({ type: "feedback", id, of: seq, helpful: true });
    peer.send({ type: "feedback", id: "f3", of: seq, helpful: false, note: "가격이 없어요" });
    await peer.until(
      (frame) => isEvent("feedback")(frame) && JSON.stringify(frame).includes("가격이"),
      "feedback",
    );
    expect(kinds(peer).filter((kind) => kind === "feedback")).toHaveLength(2);
    peer.send({ type: "feedback", id: "f4", of: 1, helpful: true });
    expect(await peer.next("fault")).toMatchObject({ id: "f4", code: "not_found" });
    peer.close();
    const buyer = await HttpBuyer.open(gateway.url);
    await buyer.say({ act: { act: "greet" } });
    const url = buyer.events.replace("/events", "/feedback");
    const rated = await post<{ seq: number }>(url, { of: 3, helpful: true }, buyer.headers);
    expect(rated.body).toEqual({ seq: 4 });
    expect((await post(url, { of: 3, helpful: true }, buyer.headers)).body).toEqual({ seq: 4 });
    expect((await post<{ code: string }>(url, { of: 3, helpful: true })).body.code).toBe("unauthorized");
  });
});
