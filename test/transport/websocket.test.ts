import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ServerFrame } from "../../src/protocol/frames.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { offered, tokensOf, wish } from "../session/buying.ts";
import { refused } from "./upgrade.ts";

const KEY = "key-of-acme-0123456789";
let gateway: RunningGateway;
/** Connected first of all: their time is up while the other tests run. One said hello and bye, one is silent. */
let between: Peer;
let silent: Peer;

beforeAll(async () => {
  gateway = await startGateway({ PARLEY_API_KEYS: `acme=${KEY}`, PARLEY_MESSAGES_PER_MINUTE: "600000" });
  between = await Peer.open(gateway.ws);
  between.send({ type: "bye" });
  silent = await Peer.open(gateway.ws, null);
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

describe("a socket before it exists", () => {
  it("is refused without the subprotocol", async () => {
    expect(await refused(gateway.ws, [])).toBe(400);
    expect(await refused(gateway.ws, ["graphql-ws"])).toBe(400);
  });

  it("is refused to pages of a foreign origin, and open to the gateway's own", async () => {
    for (const origin of ["https://shop.example", "null"]) {
      expect(await refused(gateway.ws, ["parley.v1"], { origin })).toBe(403);
    }
    const own = await Peer.open(gateway.ws, {}, { origin: gateway.url });
    await own.next("welcome");
    own.close();
  });

  it("is refused with an API key nobody has", async () => {
    const headers = { authorization: `Bearer ${KEY}x` };
    expect(await refused(gateway.ws, ["parley.v1"], headers)).toBe(401);
  });

  it("is refused as a plain request, and at any other address", async () => {
    const plain = await fetch(`${gateway.url}/v1/ws`);
    const { code } = (await plain.json()) as { code: string };
    expect([plain.status, code]).toEqual([400, "unsupported_protocol"]);
    expect(await refused(`${gateway.ws}x`, ["parley.v1"])).toBe(404);
  });

  it("is opened without compression, whatever the client offers", async () => {
    const socket = new WebSocket(gateway.ws, "parley.v1", { perMessageDeflate: true });
    await new Promise((done) => socket.once("open", done));
    expect([socket.extensions, socket.protocol]).toEqual(["", "parley.v1"]);
    socket.terminate();
  });
});

describe("hello", () => {
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

describe("a frame that cannot be read", () => {
  it("gets a typed fault that names the path and carries the client's id; the session goes on", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    peer.socket.send("{");
    expect(await peer.next("fault")).toMatchObject({ code: "bad_json", retry: false });
    peer.send({
      type: "say",
      id: "q",
      act: { act: "propose", lines: [{ item: { sku: "X" }, quantity: 0 }] },
    });
    const bad = await peer.next("fault");
    expect(bad).toMatchObject({ code: "bad_frame", id: "q" });
    expect(bad.message).toContain("act.lines.0.quantity");
    peer.send({ type: "say", id: "r", text: "hi", tex: "hi" });
    expect(await peer.next("fault")).toMatchObject({ code: "bad_frame", id: "r" });
    peer.send({ type: "say", id: "n" });
    expect(await peer.next("fault")).toMatchObject({ code: "bad_frame", id: "n" });
    peer.send({ type: "say", id: "b", text: "hi", act: { act: "greet" } });
    expect(await peer.next("fault")).toMatchObject({ code: "bad_frame", id: "b" });
    peer.send({ type: "shout" });
    expect(await peer.next("fault")).toMatchObject({ code: "bad_frame" });
    expect((await peer.say({ id: "q", act: { act: "greet" } })).seq).toBe(3);
    peer.close();
  });

  it("gets a short fault, however long what was wrong with it", async () => {
    const peer = await Peer.open(gateway.ws);
    peer.send({ type: "say", id: "k", ["x".repeat(60_000)]: 1 });
    expect(JSON.stringify(await peer.next("fault")).length).toBeLessThan(2_000);
    peer.close();
  });

  it.each([
    { what: "a binary message", data: Buffer.from("{}"), binary: true, code: 1003, reason: "binary_frame" },
    { what: "broken UTF-8", data: Buffer.from([0x22, 0xff, 0x22]), binary: false, code: 1007, reason: "" },
    { what: "a byte too many", data: Buffer.alloc(65_537, 0x20), binary: false, code: 1009, reason: "" },
  ])("closes the socket for $what", async ({ data, binary, code, reason }) => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    peer.socket.send(data, { binary });
    expect(await peer.closed).toEqual({ code, reason });
  });

  it("may be as long as 64 KiB and come in 64 pieces, and not in more", async () => {
    const peer = await Peer.open(gateway.ws);
    peer.socket.send(JSON.stringify({ type: "ping", id: "full" }).padEnd(65_536));
    expect(await peer.next("pong")).toEqual({ type: "pong", id: "full" });
    const pieces = (n: number) => {
      const text = JSON.stringify({ type: "ping", id: `in ${n}` }).padEnd(n);
      for (let i = 0; i < n; i++) {
        const piece = i === n - 1 ? text.slice(i) : text.slice(i, i + 1);
        peer.socket.send(piece, { fin: i === n - 1 });
      }
    };
    pieces(64);
    expect(await peer.next("pong")).toEqual({ type: "pong", id: "in 64" });
    pieces(65);
    expect((await peer.closed).code).toBe(1008);
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

describe("load", () => {
  it("of more messages than may wait is refused, message by message, and the rest is worked on", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const { _socket: net } = peer.socket as unknown as { _socket: { cork(): void; uncork(): void } };
    const ids = Array.from({ length: 40 }, (_, i) => `q${i}`);
    net.cork();
    for (const id of ids) peer.send({ type: "say", id, act: { act: "greet" } });
    net.uncork();
    const full: ServerFrame[] = [];
    const acked: string[] = [];
    while (acked.length + full.length < ids.length) {
      const frame = await peer.until(({ type }) => type === "ack" || type === "fault", "ack or fault");
      if (frame.type === "ack") acked.push(frame.id);
      else full.push(frame);
    }
    expect(full.length).toBeGreaterThan(0);
    for (const fault of full) expect(fault).toMatchObject({ code: "queue_full", retry: true });
    expect(acked).toEqual(ids.slice(0, acked.length));
    expect(acked.length).toBeGreaterThanOrEqual(17);
    expect(full.map((fault) => "id" in fault && fault.id)).toEqual(ids.slice(acked.length));
    peer.close();
  });

  it("that one reader does not take closes that reader and nobody else, and it may resume", async () => {
    const writer = await Peer.open(gateway.ws);
    const { session, secret, epoch } = await writer.next("welcome");
    const slow = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 1 } });
    await slow.next("welcome");
    slow.socket.pause();
    const items = ["HS-B1", "CH-TS", "CH-PC"].map((sku) => ({ sku }));
    for (let i = 0; i < 700; i += 10) {
      for (let n = i; n < i + 10; n++)
        writer.send({ type: "say", id: `w${n}`, act: { act: "compare", items } });
      await writer.until((frame) => frame.type === "event" && frame.seq === 2 * i + 21, `reply ${i + 9}`);
    }
    slow.socket.resume();
    expect(await slow.closed).toEqual({ code: 4413, reason: "slow_reader" });
    expect((await writer.say({ id: "on", act: { act: "thank" } })).fault).toBeNull();
    writer.close();
  });
});

describe("a gateway that asks for keys and allows few messages", () => {
  let strict: RunningGateway;
  beforeAll(async () => {
    strict = await startGateway({
      PARLEY_API_KEYS: `acme=${KEY}`,
      PARLEY_REQUIRE_API_KEY: "true",
      PARLEY_MESSAGES_PER_MINUTE: "60",
    });
  });
  afterAll(async () => {
    await strict.stop();
    strict.remove();
  });

  it("lets nobody in without one, by header or by hello", async () => {
    const stranger = await Peer.open(strict.ws);
    expect(await stranger.closed).toEqual({ code: 4401, reason: "unauthorized" });
    const wrong = await Peer.open(strict.ws, { key: "wrong" });
    expect(await wrong.closed).toEqual({ code: 4401, reason: "unauthorized" });
    const byHeader = await Peer.open(strict.ws, {}, { authorization: `Bearer ${KEY}` });
    const byHello = await Peer.open(strict.ws, { key: KEY });
    for (const peer of [byHeader, byHello]) {
      expect((await peer.next("welcome")).bounds.messages_per_minute).toBe(60);
      peer.close();
    }
  });

  it("refuses what comes too fast, names it and says how long to wait; then it is taken", async () => {
    const peer = await Peer.open(strict.ws, { key: KEY });
    for (let i = 0; i < 10; i++) peer.send({ type: "say", id: `m${i}`, act: { act: "greet" } });
    const fault = await peer.next("fault");
    expect(fault).toMatchObject({ id: "m9", code: "rate_limited", retry: true });
    expect(fault.detail?.retry_after_ms).toBeGreaterThan(0);
    await new Promise((done) => setTimeout(done, Number(fault.detail?.retry_after_ms) + 5));
    expect((await peer.say({ id: "m9", act: { act: "greet" } })).reply?.move.act).toBe("greet");
    peer.close();
  });
});

describe("a gateway that is told to stop", () => {
  it("sends everybody away to come back, ends well, and has all that was acked when it is back", async () => {
    const before = await startGateway({ PARLEY_DRAIN_SPREAD_MS: "700" });
    const peers = await Promise.all([1, 2, 3].map(() => Peer.open(before.ws)));
    const welcomes = await Promise.all(peers.map((peer) => peer.next("welcome")));
    for (const peer of peers) {
      for (let i = 0; i < 12; i++) peer.send({ type: "say", id: `d${i}`, act: wish("HS-B1", i + 1) });
    }
    await peers[0]?.next("ack");
    const exit = await before.stop();
    expect(exit).toBe(0);
    for (const peer of peers) {
      expect(await peer.closed).toEqual({ code: 4503, reason: "draining" });
      const { after_ms } = peer.frames.find((frame) => frame.type === "reconnect") ?? {};
      expect(after_ms).toBeLessThan(700);
    }
    const after = await startGateway({ PARLEY_HOME: before.home });
    for (const [i, { session, secret, epoch }] of welcomes.entries()) {
      const peer = await Peer.open(after.ws, { resume: { session, secret, epoch, seq: 1 } });
      const { seq, resumed } = await peer.next("welcome");
      expect(resumed).toBe(true);
      if (seq > 1) await peer.until((frame) => frame.type === "event" && frame.seq === seq, "the log");
      const stored = new Map<number, ServerFrame>();
      for (const frame of peer.frames) if (frame.type === "event") stored.set(frame.seq, frame);
      for (const frame of peers[i]?.frames ?? []) {
        if (frame.type === "event") expect(stored.get(frame.seq)).toEqual(frame);
        if (frame.type === "ack") {
          expect(stored.get(frame.seq)).toMatchObject({ event: { message: { id: frame.id } } });
        }
      }
      peer.close();
    }
    await after.stop();
    after.remove();
  });
});

describe("a hello", () => {
  it("must come within ten seconds", async () => {
    expect(await silent.closed).toEqual({ code: 4408, reason: "hello_timeout" });
    expect(silent.frames).toMatchObject([{ type: "fault", code: "hello_timeout", retry: true }]);
    between.send({ type: "hello" });
    await between.until(({ type }) => type === "welcome", "first welcome");
    expect(await between.next("welcome")).toMatchObject({ resumed: false });
    between.close();
  });
});
