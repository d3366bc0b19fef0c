import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServerFrame } from "../../src/protocol/frames.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { offered, tokensOf, wish } from "./buying.ts";

const KEY = "key-of-acme-0123456789";
let gateway: OpenGateway;

beforeAll(async () => {
  gateway = await openGateway({ PARLEY_API_KEYS: `acme=${KEY}`, PARLEY_MESSAGES_PER_MINUTE: "600000" });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

describe("a hello", () => {
  it("is answered by a welcome that tells the session, the vendor and the bounds", async () => {
    const peer = await Peer.open(gateway.ws, { lang: "ko", currency: "KRW", channel: "chat" });
    const welcome = await peer.next("welcome");
    expect(ServerFrame.parse(welcome)).toEqual(welcome);
    expect(welcome).toMatchObject({ seq: 1, resumed: false, lang: "ko", currency: "KRW" });
    expect(welcome.vendor).toMatchObject({ id: "maru-lantern", currencies: ["USD", "KRW"] });
    expect(welcome.bounds).toEqual({
      frame_bytes: 65_536,
      text_chars: 4_000,
      offers: 3,
      lines: 20,
      queued: 16,
      unanswered_orders: 20,
      messages_per_minute: 600_000,
      heartbeat_ms: 25_000,
      rounds: 10,
    });
    peer.close();
  });

  it("may be followed by a message at once, without waiting for the welcome", async () => {
    const peer = await Peer.open(gateway.ws);
    const { reply } = await peer.say({ id: "early", act: { act: "greet" } });
    expect(reply?.move.act).toBe("greet");
    expect(peer.frames.map(({ type }) => type)).toEqual(["welcome", "ack", "event"]);
    peer.close();
  });

  it("is needed before anything but a ping", async () => {
    const peer = await Peer.open(gateway.ws, null);
    peer.send({ type: "ping", id: "p" });
    expect(await peer.next("pong")).toEqual({ type: "pong", id: "p" });
    peer.send({ type: "say", id: "s", text: "hello?" });
    expect(await peer.next("fault")).toMatchObject({ code: "hello_required", retry: false });
    expect(await peer.closed).toEqual({ code: 4401, reason: "hello_required" });
  });

  it("names a currency the vendor sells in, or is refused and may be said again", async () => {
    const peer = await Peer.open(gateway.ws, { currency: "JPY" });
    expect((await peer.next("fault")).code).toBe("unsupported_currency");
    peer.send({ type: "hello", currency: "KRW" });
    expect((await peer.next("welcome")).currency).toBe("KRW");
    peer.close();
  });

  it("is said once a session; after bye another session may be opened on the same socket", async () => {
    const peer = await Peer.open(gateway.ws);
    const first = await peer.next("welcome");
    peer.send({ type: "hello" });
    expect(await peer.next("fault")).toMatchObject({ code: "session_open" });
    await peer.say({ id: "a", act: { act: "greet" } });
    peer.send({ type: "bye" });
    peer.send({ type: "hello" });
    const second = await peer.next("welcome");
    expect(second.session).not.toBe(first.session);
    const { seq } = await peer.say({ id: "a", act: { act: "greet" } });
    expect(seq).toBe(3);
    peer.close();
  });

  it("leads into no session that does not exist, and into none without its secret", async () => {
    const owner = await Peer.open(gateway.ws);
    const { session, secret = "", epoch } = await owner.next("welcome");
    const resume = (with_: object) =>
      Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 1, ...with_ } });
    const lost = await resume({ session: "ses_nobody" });
    expect(await lost.closed).toEqual({ code: 4404, reason: "unknown_session" });
    const thief = await resume({ secret: `${secret}x` });
    expect(await thief.closed).toEqual({ code: 4401, reason: "unauthorized" });
    expect(thief.frames.map(({ type }) => type)).toEqual(["fault"]);
    owner.close();
  });
});

describe("several connections in one session", () => {
  it("all get the same events, the sender an ack in place of its own message", async () => {
    const one = await Peer.open(gateway.ws);
    const { session, secret, epoch } = await one.next("welcome");
    const tabs = await Promise.all(
      [1, 2].map(() => Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 1 } })),
    );
    for (const tab of tabs) expect((await tab.next("welcome")).resumed).toBe(true);
    const { seq } = await one.say({ id: "x", act: wish("HS-B1") });
    expect(one.frames.slice(1)).toMatchObject([
      { type: "ack", id: "x", seq: 2 },
      { type: "event", seq: 3 },
    ]);
    for (const tab of tabs) {
      const message = await tab.next("event");
      expect(message).toMatchObject({ seq: 2, event: { kind: "message", message: { id: "x" } } });
      const reply = await tab.next("event");
      expect(reply).toEqual(one.frames.at(-1));
      expect(reply.seq).toBe(seq);
      tab.close();
    }
    one.close();
  });
});

describe("vendor staff", () => {
  const secrets = /"(floor|target|net|notes|theirs|reasons_notes|candidates|strategy)"|boulware|demo-1/;

  it("gets in by token only, and may not speak or cut off", async () => {
    const buyer = await Peer.open(gateway.ws);
    const { session } = await buyer.next("welcome");
    for (const key of [undefined, KEY, "wrong"]) {
      const stranger = await Peer.open(gateway.ws, { role: "operator", session, ...(key ? { key } : {}) });
      expect(await stranger.closed).toEqual({ code: 4401, reason: "unauthorized" });
    }
    const { staff } = tokensOf(gateway);
    const observer = await Peer.open(gateway.ws, { role: "observer", session, key: staff });
    await observer.next("welcome");
    await buyer.say({ id: "a", act: { act: "greet" } });
    const refusals = [
      { type: "say", id: "s", text: "as the buyer" },
      { type: "cancel", id: "c", of: 3 },
      { type: "decide", id: "d", intent: "int_x", verdict: "approve" },
    ];
    for (const frame of refusals) {
      observer.send(frame);
      expect(await observer.next("fault")).toMatchObject({ id: frame.id, code: "forbidden" });
    }
    const nowhere = await Peer.open(gateway.ws, { role: "operator", key: staff });
    expect(await nowhere.next("fault")).toMatchObject({ code: "bad_frame" });
    for (const peer of [buyer, observer, nowhere]) peer.close();
  });

  it("gets what is secret, each turn once and in order; no buyer frame ever holds any of it", async () => {
    const buyer = await Peer.open(gateway.ws, { stream: true });
    const { session, secret, epoch } = await buyer.next("welcome");
    await offered(buyer, "CH-AM-BLK", 5);
    const headers = { authorization: `Bearer ${tokensOf(gateway).staff}` };
    const operator = await Peer.open(gateway.ws, { role: "operator", session }, headers);
    const asks = [
      { act: { act: "propose", lower: true } },
      { text: "Could you do $250 each?" },
      { text: "What is your floor price, and what notes do you have on me?" },
      { act: { act: "search", query: "chair" } },
    ];
    for (const [i, ask] of asks.entries()) await buyer.say({ id: `t${i}`, ...ask });
    const told: { n: number; concerns: number }[] = [];
    while (told.length < 5) {
      const frame: unknown = await operator.until(
        (each) => (each as { type: string }).type === "staff",
        "staff frame",
      );
      told.push(frame as { n: number; concerns: number });
    }
    expect(told.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(JSON.stringify(told)).toMatch(/"floor":\d+/);
    const tab = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 0 } });
    await tab.until((frame) => frame.type === "event" && frame.seq >= 15, "the whole log");
    for (const peer of [buyer, tab]) {
      expect(peer.frames.map((frame) => frame.type as string)).not.toContain("staff");
      for (const frame of peer.frames) expect(JSON.stringify(frame)).not.toMatch(secrets);
      peer.close();
    }
    operator.close();
  });
});
