import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { frame, OP } from "./raw-socket.ts";
import { problemIn, refusal } from "./upgrade.ts";

const PROTOCOLS = ["parley.v1"];
let gateway: OpenGateway;

beforeAll(async () => {
  gateway = await openGateway({
    ...{ PARLEY_TRUSTED_PROXIES: "127.0.0.1", PARLEY_ADDRESS_CONNECTIONS: "1" },
    ...{ PARLEY_ADDRESS_OPENS_PER_MINUTE: "20" },
  });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const SHAKE = {
  ...{ Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" },
  ...{ "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "parley.v1" },
};

/** What comes for a hand-written upgrade, with `behind` in the same write, until the gateway ends it. */
async function answerTo(headers: Record<string, string>, behind: Buffer = Buffer.alloc(0)) {
  const { hostname, port, pathname, host } = new URL(gateway.ws);
  const tcp = connect(Number(port), hostname);
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  tcp.write(
    Buffer.concat([Buffer.from([`GET ${pathname} HTTP/1.1`, ...lines, "\r\n"].join("\r\n")), behind]),
  );
  let text = "";
  tcp.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  await once(tcp, "close");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim();
  const problem = problemIn(Number(head.split(" ")[1]), field("content-type"), body);
  return { problem, field, bytes: Buffer.byteLength(body) };
}

describe("a refused upgrade is answered with the problem that refused it", () => {
  it("when a page of a foreign origin asks", async () => {
    const { code, detail } = await refusal(gateway.ws, PROTOCOLS, { origin: "https://shop.example" });
    expect([code, detail]).toEqual(["origin_refused", expect.stringContaining("the vendor can allow it")]);
  });

  it("when it asks for no subprotocol, or another", async () => {
    for (const protocols of [[], ["graphql-ws"]]) {
      const { code, detail } = await refusal(gateway.ws, protocols);
      expect([code, detail]).toEqual(["unsupported_protocol", expect.stringContaining("parley.v1")]);
    }
  });

  it("when a key, a ticket or a token is none", async () => {
    for (const key of ["nobody-has-this-key", "eyJhbGciOiJub25lIn0.e30.x"]) {
      const headers = { authorization: `Bearer ${key}` };
      expect((await refusal(gateway.ws, PROTOCOLS, headers)).code).toBe("unauthorized");
    }
    const { code } = await refusal(gateway.ws, [...PROTOCOLS, "parley.ticket.tkt_1.2.3"]);
    expect(code).toBe("unauthorized");
  });

  it("when the address has as many connections as it may, or asks too often: with how long to wait", async () => {
    const from = { "x-forwarded-for": "203.0.113.7" };
    const peer = await Peer.open(gateway.ws, {}, from);
    await peer.next("welcome");
    expect(await refusal(gateway.ws, PROTOCOLS, from)).toMatchObject({
      ...{ code: "too_many_connections", detail: "1 connections are the most of one address; close another" },
    });
    const later = async () => {
      for (let n = 0; n < 40; n++) {
        const answer = await answerTo({ ...SHAKE, "X-Forwarded-For": "203.0.113.7" });
        if (answer.problem.code === "rate_limited") return answer;
      }
      throw new Error("nothing was too often");
    };
    const { problem, field } = await later();
    const wait = Number(problem.about?.retry_after_ms);
    expect(wait).toBeGreaterThan(0);
    expect(field("retry-after")).toBe(String(Math.ceil(wait / 1_000)));
    peer.close();
  });

  it("at any other address", async () => {
    expect((await refusal(`${gateway.ws}x`, PROTOCOLS)).code).toBe("not_found");
  });

  it("whole, also when frames were sent behind it without waiting, and the connection is closed", async () => {
    const frames = Buffer.concat(Array.from({ length: 20 }, () => frame(OP.text, "x".repeat(60_000))));
    const { problem, field, bytes } = await answerTo({ ...SHAKE, Origin: "https://shop.example" }, frames);
    expect(problem.code).toBe("origin_refused");
    expect([field("connection"), field("content-length")]).toEqual(["close", String(bytes)]);
  });

  it.each([
    ["has no key", { "Sec-WebSocket-Key": "" }, "Sec-WebSocket-Key"],
    ["has another version", { "Sec-WebSocket-Version": "7" }, "Sec-WebSocket-Version"],
  ])("when the handshake %s: it says what is wrong with it, and the version", async (_, wrong, named) => {
    const { problem, field } = await answerTo({ ...SHAKE, ...wrong });
    expect(problem).toMatchObject({ code: "unsupported_protocol", detail: expect.stringContaining(named) });
    expect(field("sec-websocket-version")).toBe("13");
  });
});
