import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type LookupFunction,
  type Socket,
} from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Blocks, blockOf } from "../../../src/adapters/webhook/addresses.ts";
import type { WebhookSecret } from "../../../src/adapters/webhook/payload.ts";
import { webhookSink } from "../../../src/adapters/webhook/sink.ts";
import type { OutboxItem } from "../../../src/ports/deliveries.ts";
import type { Sink } from "../../../src/ports/sink.ts";

const SECRET = `whsec_${Buffer.from("a secret of the first order.").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("another one that came later.").toString("base64")}`;
const LOOPBACK = [blockOf("127.0.0.0/8") ?? expect.unreachable()];
const AT = "2026-07-01T09:00:00.000Z";

const received: { headers: IncomingHttpHeaders; body: string; url: string }[] = [];
let answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end();
let server: Server;
let url: string;
let warnings: string[] = [];
const sinks: Sink[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body, url: request.url ?? "" });
    answer(response);
  });
  url = await listening(server);
});
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close();
  received.length = 0;
  warnings = [];
  answer = (response) => response.writeHead(204).end();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function listening(one: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): unknown;
}) {
  await new Promise<void>((done) => void one.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}/orders?of=shop`;
}

function sinkTo(
  to: string,
  options: {
    secrets?: readonly WebhookSecret[];
    allowed?: Blocks;
    timeout_ms?: number;
    resolve?: LookupFunction;
  } = {},
): Sink {
  const nothing = () => {};
  const log = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (_: object, said: string) => warnings.push(said),
  };
  const { secrets = [{ secret: SECRET, until: null }], allowed = LOOPBACK, ...rest } = options;
  const clock = { now: () => new Date().toISOString() };
  const sink = webhookSink({ url: to, secrets, allowed, ...rest }, clock, log);
  sinks.push(sink);
  return sink;
}

function item(id = "int_1", note = ""): OutboxItem {
  const body = JSON.stringify({ intent: id, at: AT, ...(note ? { note } : {}) });
  return { id, sink: "receiver", topic: "order.cancelled", body, attempts: 0, due_at: AT };
}

describe("a webhook", () => {
  test("is a Standard Webhook: its headers, its signature, its payload", async () => {
    expect(await sinkTo(url).deliver(item())).toEqual({ outcome: "delivered" });
    const [{ headers, body, url: path } = expect.unreachable()] = received;
    expect(path).toBe("/orders?of=shop");
    expect(headers).toMatchObject({ "webhook-id": "int_1", "content-type": "application/json" });
    expect(headers["webhook-signature"]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    const payload = new Webhook(SECRET).verify(body, headers as Record<string, string>);
    expect(payload).toEqual({ type: "order.cancelled", timestamp: AT, data: { intent: "int_1", at: AT } });
  });

  test("has the same id and payload at every attempt, and is signed anew each time", async () => {
    const sink = sinkTo(url);
    await sink.deliver(item());
    await sink.deliver({ ...item(), attempts: 3 });
    const [first, second] = received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  });

  test("is signed with both secrets while one takes the place of the other, and with one afterwards", async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const old = (until: string) => [
      { secret: OTHER, until: null },
      { secret: SECRET, until },
    ];
    await sinkTo(url, { secrets: old(soon) }).deliver(item());
    await sinkTo(url, { secrets: old(AT) }).deliver(item());
    const [both, one] = received.map(({ body, headers }) =>
      [SECRET, OTHER].map((secret) => {
        try {
          new Webhook(secret).verify(body, headers as Record<string, string>);
          return true;
        } catch {
          return false;
        }
      }),
    );
    expect(both).toEqual([true, true]);
    expect(one).toEqual([false, true]);
    expect(received[0]?.headers["webhook-signature"]?.toString().split(" ")).toHaveLength(2);
  });

  test.each([
    [200, "delivered"],
    [202, "delivered"],
    [299, "delivered"],
    [301, "failed"],
    [302, "failed"],
    [307, "failed"],
    [308, "failed"],
    [400, "failed"],
    [404, "failed"],
    [410, "gone"],
    [429, "failed"],
    [500, "failed"],
    [503, "failed"],
  ])("that is answered %i is %s", async (status, outcome) => {
    answer = (response) => response.writeHead(status, { location: `${url}&followed` }).end();
    expect((await sinkTo(url).deliver(item())).outcome).toBe(outcome);
    expect(received).toHaveLength(1);
  });

  test("waits as long as Retry-After says, in seconds or to a date", async () => {
    const said = async (text: string) => {
      answer = (response) => response.writeHead(503, { "retry-after": text }).end();
      const delivery = await sinkTo(url).deliver(item());
      return delivery.outcome === "failed" ? delivery.wait_s : expect.unreachable();
    };
    expect(await said("120")).toBe(120);
    const date = await said(new Date(Date.now() + 600_000).toUTCString());
    expect(date).toBeGreaterThan(590);
    expect(date).toBeLessThanOrEqual(600);
    for (const text of ["soon", "-5", "0", new Date(0).toUTCString()])
      expect(await said(text)).toBeUndefined();
  });

  test("that is larger than receivers must take goes out whole, and the log says so", async () => {
    expect(await sinkTo(url).deliver(item("int_1", "x".repeat(25_000)))).toEqual({ outcome: "delivered" });
    expect(received[0]?.body.length).toBeGreaterThan(25_000);
    expect(warnings).toEqual([expect.stringContaining("20 kB")]);
  });
});

describe("a receiver that misbehaves", () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ["never answers", () => {}],
    ["drips its headers", (response) => drip(response, "HTTP/1.1 200 OK\r\nx: ", "a")],
    [
      "sends nothing but interim answers",
      (response) => drip(response, "", "HTTP/1.1 102 Processing\r\n\r\n"),
    ],
  ])("and %s is given up in time", async (_, misbehave) => {
    answer = misbehave;
    expect(await sinkTo(url, { timeout_ms: 300 }).deliver(item())).toEqual({
      outcome: "failed",
      why: "the receiver did not answer in time",
    });
  });

  test("costs no memory by answering without end", async () => {
    let sent = 0;
    let cut = false;
    answer = (response) => {
      response.socket?.once("close", () => {
        cut = true;
      });
      response.writeHead(200);
      const write = () => {
        while (!cut && response.write("x".repeat(65_536))) sent += 65_536;
        if (!cut) response.once("drain", write);
      };
      write();
    };
    expect(await sinkTo(url).deliver(item())).toEqual({ outcome: "delivered" });
    await expect.poll(() => cut).toBe(true);
    expect(sent).toBeLessThan(32_000_000);
  });

  test("and hangs up is a failure that says what happened", async () => {
    const sockets: Socket[] = [];
    const rude = createTcpServer(
      (socket) => void sockets.push(socket.on("data", () => socket.resetAndDestroy())),
    );
    const at = await listening(rude);
    expect(await sinkTo(at).deliver(item())).toMatchObject({
      outcome: "failed",
      why: expect.stringMatching(/./),
    });
    rude.close();
    expect(await sinkTo(at).deliver(item())).toMatchObject({
      outcome: "failed",
      why: expect.stringContaining("ECONNREFUSED"),
    });
  });

  function drip(response: ServerResponse, head: string, piece: string) {
    const { socket } = response;
    socket?.write(head);
    const timer = setInterval(() => socket?.write(piece), 20);
    socket?.once("close", () => clearInterval(timer));
  }
});

describe("a receiver on a network that was not allowed", () => {
  let connections = 0;
  let trap: ReturnType<typeof createTcpServer>;
  let port: number;

  beforeAll(async () => {
    trap = createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    port = Number(new URL(await listening(trap)).port);
  });
  afterAll(() => void trap.close());

  test.each(["127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost", "0.0.0.0"])(
    "is not connected to, as %s",
    async (host) => {
      const delivery = await sinkTo(`http://${host}:${port}/`, { allowed: [] }).deliver(item());
      expect(delivery).toMatchObject({
        outcome: "failed",
        why: expect.stringMatching(/no public address|no host/),
      });
      expect(connections).toBe(0);
    },
  );

  test("is not reached by a name that changes its mind", async () => {
    // What is allowed here is 127.0.0.2 alone, where somebody answers on the trap's port.
    const honest = createServer((_, response) => response.writeHead(204, { connection: "close" }).end());
    await new Promise<void>((done) => void honest.listen(port, "127.0.0.2", done));
    let asked = 0;
    const resolve: LookupFunction = (_host, _options, callback) => {
      asked += 1;
      callback(null, [{ address: asked === 1 ? "127.0.0.2" : "127.0.0.1", family: 4 }]);
    };
    const allowed = [blockOf("127.0.0.2") ?? expect.unreachable()];
    const sink = sinkTo(`http://rebinding.example:${port}/`, { allowed, resolve });
    expect((await sink.deliver(item())).outcome).toBe("delivered");
    expect(asked).toBe(1);
    expect(await sink.deliver(item())).toEqual({
      outcome: "failed",
      why: expect.stringContaining("127.0.0.1 is no public address"),
    });
    expect([asked, connections]).toEqual([2, 0]);
    honest.close();
  });

  test("is not reached by a redirect", async () => {
    answer = (response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    expect((await sinkTo(url).deliver(item())).outcome).toBe("failed");
    expect(connections).toBe(0);
  });
});
