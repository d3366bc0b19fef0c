import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { ServerFrame } from "../../src/protocol/frames.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { wish } from "../session/buying.ts";
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
    expect(await refused(gateway.ws, [])).toBe("unsupported_protocol");
    expect(await refused(gateway.ws, ["graphql-ws"])).toBe("unsupported_protocol");
  });

  it("is refused to pages of a foreign origin, and open to the gateway's own", async () => {
    for (const origin of ["https://shop.example", "null"]) {
      expect(await refused(gateway.ws, ["parley.v1"], { origin })).toBe("origin_refused");
    }
    const own = await Peer.open(gateway.ws, {}, { origin: gateway.url });
    await own.next("welcome");
    own.close();
  });

  it("is refused with an API key nobody has", async () => {
    const headers = { authorization: `Bearer ${KEY}x` };
    expect(await refused(gateway.ws, ["parley.v1"], headers)).toBe("unauthorized");
  });

  it("is refused as a plain request, and at any other address", async () => {
    const plain = await fetch(`${gateway.url}/v1/ws`);
    const { code } = (await plain.json()) as { code: string };
    expect([plain.status, code]).toEqual([400, "unsupported_protocol"]);
    expect(await refused(`${gateway.ws}x`, ["parley.v1"])).toBe("not_found");
  });

  it("is opened without compression, whatever the client offers", async () => {
    const socket = new WebSocket(gateway.ws, "parley.v1", { perMessageDeflate: true });
    await new Promise((done) => socket.once("open", done));
    expect([socket.extensions, socket.protocol]).toEqual(["", "parley.v1"]);
    socket.terminate();
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
    { what: "broken UTF-8", data: Buffer.from([0x22, 0xff, 0x22]), code: 1007, reason: "bad_encoding" },
    { what: "a byte too many", data: Buffer.alloc(65_537, 0x20), code: 1009, reason: "frame_too_large" },
  ])("closes the socket for $what, and says so in a fault and in the reason", async (row) => {
    const { data, binary = false, code, reason } = row;
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    peer.socket.send(data, { binary });
    expect(await peer.closed).toEqual({ code, reason });
    expect(peer.frames.at(-1)).toMatchObject({ type: "fault", code: reason, retry: false });
    expect(peer.frames.filter(({ type }) => type === "fault")).toHaveLength(1);
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
    expect(await peer.closed).toEqual({ code: 1008, reason: "too_many_fragments" });
    expect(peer.frames.at(-1)).toMatchObject({ type: "fault", code: "too_many_fragments" });
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
    // No longer than it takes: who does not hear of the close for half a minute finds the socket gone without one.
    const cut = async () =>
      /^parley_faults_total\{code="slow_reader"\} [1-9]/m.test(
        await (await fetch(`${gateway.url}/metrics`)).text(),
      );
    for (let i = 0; i < 1_500 && !(await cut()); i += 10) {
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

describe("a first hello", () => {
  it("must come within ten seconds", async () => {
    expect(await silent.closed).toEqual({ code: 4408, reason: "hello_timeout" });
    expect(silent.frames).toMatchObject([{ type: "fault", code: "hello_timeout", retry: true }]);
    between.send({ type: "hello" });
    await between.until(({ type }) => type === "welcome", "first welcome");
    expect(await between.next("welcome")).toMatchObject({ resumed: false });
    between.close();
  });
});
