import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { createSignature, webcrypto } from "http-message-sig";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keys, keys, type Publisher, publisher } from "../adapters/identity/keys.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { get, HttpBuyer, newKey, post } from "./http-client.ts";
import { Sse } from "./sse.ts";
import { refused } from "./upgrade.ts";

let bot: Keys;
let agent: Publisher;
let gateway: RunningGateway;

/** Behind a proxy of this machine, where each of these addresses is somebody else. */
const from = (address: string) => ({ "x-forwarded-for": address });

beforeAll(async () => {
  bot = await keys("EdDSA");
  agent = await publisher(bot.jwk);
  gateway = await startGateway({
    ...{ PARLEY_TRUSTED_PROXIES: "127.0.0.1", PARLEY_SIGNED_AGENTS: agent.origin },
    ...{ PARLEY_ADDRESS_CONNECTIONS: "3", PARLEY_ADDRESS_OPENS_PER_MINUTE: "100" },
    ...{ PARLEY_MESSAGES_PER_MINUTE: "60", PARLEY_ADDRESS_MESSAGES_PER_MINUTE: "600" },
  });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
  await agent.close();
});

/** Posts without saying how long the body is; gives the status. */
function chunked(url: string, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((done, failed) => {
    const sent = request(url, { method: "POST", headers }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
    });
    sent.on("error", failed);
    sent.write(body.slice(0, 1));
    sent.end(body.slice(1));
  });
}

/** What a server answers on this socket next, up to the end of the head. */
function headOf(socket: Socket): Promise<string> {
  return new Promise((done) => {
    let text = "";
    const read = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      socket.off("data", read);
      done(text);
    };
    socket.on("data", read);
    socket.once("close", () => done(text));
  });
}

describe("over HTTP", () => {
  it("streams count as the connections they are, of whatever session, until they end", async () => {
    const address = from("203.0.113.10");
    const buyer = await HttpBuyer.open(gateway.url);
    const headers = { ...buyer.headers, ...address, accept: "text/event-stream" };
    const streams: Sse[] = [];
    for (let i = 0; i < 3; i++) streams.push(await Sse.open(buyer.events, headers));
    const fourth = await fetch(buyer.events, { headers, signal: AbortSignal.timeout(30_000) });
    expect(fourth.status).toBe(429);
    expect(await refused(gateway.ws, ["parley.v1"], address)).toBe("too_many_connections");
    await streams[0]?.next();
    await streams[0]?.close();
    await expect
      .poll(async () => {
        const stream = await Sse.open(buyer.events, headers).catch(() => null);
        if (stream) streams.push(stream);
        return stream !== null;
      })
      .toBe(true);
    for (const stream of streams.slice(1)) await stream.close();
  });

  it("who asks for the head of a stream alone leaves nobody listening", async () => {
    const address = from("203.0.113.17");
    const buyer = await HttpBuyer.open(gateway.url);
    const headers = { ...buyer.headers, ...address, accept: "text/event-stream" };
    for (let i = 0; i < 4; i++)
      expect((await fetch(buyer.events, { method: "HEAD", headers })).status).toBe(200);
  });

  it("a body that does not say its size is counted by what it has", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const url = `${buyer.events.replace(/events$/, "messages")}`;
    const body = JSON.stringify({ act: { act: "greet" } }).padEnd(40_000);
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) {
      const headers = { ...buyer.headers, ...from("203.0.113.11"), "idempotency-key": newKey() };
      statuses.push(await chunked(url, body, headers));
    }
    expect(statuses).toEqual([200, 429, 429]);
  });

  it("reading, and guessing at secrets, is bounded for an address, and for no other", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const read = async (headers: Record<string, string>) => (await get(buyer.events, headers)).status;
    // So many at once that what is allowed anew meanwhile is little beside them.
    const reads = (headers: Record<string, string>) =>
      Promise.all(Array.from({ length: 300 }, () => read({ ...headers, ...from("203.0.113.12") })));
    expect(new Set(await reads({ authorization: "Bearer wrong" }))).toEqual(new Set([401, 429]));
    expect(await reads(buyer.headers)).toContain(429);
    expect(await read({ ...buyer.headers, ...from("203.0.113.13") })).toBe(200);
  });
});

describe("over a WebSocket", () => {
  it("one hello after the other is one opening after the other", async () => {
    const peers: Peer[] = [];
    const codes: string[] = [];
    const began = Date.now();
    for (let i = 0; i < 3; i++) peers.push(await Peer.open(gateway.ws, null, from("203.0.113.14")));
    for (const peer of peers) {
      for (let n = 0; n < 20; n++) {
        peer.send({ type: "hello" });
        const answer = await peer.until(({ type }) => type === "welcome" || type === "fault", "an answer");
        codes.push(answer.type === "fault" ? answer.code : answer.type);
        if (answer.type === "welcome") peer.send({ type: "bye" });
      }
    }
    // Ten at once: three connections, of which the first hello is the opening, and seven hellos more; then 100 a minute.
    const opened = codes.filter((code) => code === "welcome").length;
    expect(opened).toBeGreaterThanOrEqual(10);
    expect(opened).toBeLessThanOrEqual(10 + Math.ceil((Date.now() - began) / 600));
    expect(new Set(codes)).toEqual(new Set(["welcome", "rate_limited"]));
    for (const peer of peers) peer.close();
  });

  it("who comes through a proxy's connection that served another is not taken for that other", async () => {
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), "127.0.0.1");
    const head = (address: string, more: string) =>
      [
        ...["GET /v1/ws HTTP/1.1", "host: 127.0.0.1", `x-forwarded-for: ${address}`, "upgrade: websocket"],
        ...["sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="],
        ...["sec-websocket-protocol: parley.v1", more, "", ""],
      ].join("\r\n");
    // No `Connection: upgrade`: to HTTP this is a request like any other, and the connection stays.
    socket.write(head("203.0.113.15", "authorization: Bearer wrong"));
    expect(await headOf(socket)).toMatch(/^HTTP\/1.1 401/);
    const others = await Promise.all([1, 2, 3].map(() => Peer.open(gateway.ws, {}, from("203.0.113.16"))));
    socket.write(head("203.0.113.16", "connection: upgrade"));
    expect(await headOf(socket)).toMatch(/^HTTP\/1.1 429/);
    socket.destroy();
    for (const peer of others) peer.close();
  });
});

describe("a signed request", () => {
  it("that was made for another host is not taken by whoever says to be that host", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const fields = [{ name: "signature-agent", value: `"${agent.origin}"` }];
    const made = await createSignature(
      { kind: "request", method: "POST", targetUri: "http://evil.example/v1/sessions", fields },
      {
        components: ["@authority", "signature-agent", "@method"],
        parameters: {
          ...{ created: now, expires: now + 60, keyid: bot.kid, nonce: "0123456789abcdef" },
          tag: "web-bot-auth",
        },
        signer: webcrypto.signer(bot.privateKey),
      },
    );
    const headers = {
      ...{ host: "evil.example", "signature-agent": `"${agent.origin}"`, "idempotency-key": newKey() },
      ...{ signature: made.signature, "signature-input": made.signatureInput },
    };
    const status = await new Promise((done, failed) => {
      request(`${gateway.url}/v1/sessions`, { method: "POST", headers }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      })
        .on("error", failed)
        .end();
    });
    expect(status).toBe(401);
    expect((await post(`${gateway.url}/v1/sessions`, {}, { "idempotency-key": newKey() })).status).toBe(201);
  });
});
