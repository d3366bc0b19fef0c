import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run as keys } from "../../src/app/keys.ts";
import { run as outbox } from "../../src/app/outbox.ts";
import { OrderNotice } from "../../src/protocol/notices.ts";
import { receiver as kit } from "../../src/protocol/receive.ts";
import { verifyIntent } from "../../src/protocol/verify.ts";
import { ran } from "../app/ran.ts";
import { type OpenGateway, openGateway, Peer, startGateway } from "../harness.ts";
import { get } from "../transport/http-client.ts";
import { newId, offered, outcome, taking, tokensOf } from "./buying.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answer: number;
}

/** The vendor's system: answers by product, and keeps everything it was sent. */
const received: Received[] = [];
/** Answers still to give for an order of this product; 200 afterwards. */
const answers = new Map<string, number[]>([
  ["FR-45", [500]],
  ["SL-14", [302]],
]);
let receiver: Server;
let gateway: OpenGateway;
let env: Record<string, string>;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const sku = [...answers.keys()].find((each) => body.includes(`"sku":"${each}"`)) ?? "";
    const answer = answers.get(sku)?.shift() ?? 200;
    received.push({ headers: request.headers, body, answer });
    response.writeHead(answer, answer === 302 ? { location: "/elsewhere" } : {}).end();
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const { port } = receiver.address() as AddressInfo;
  env = { PARLEY_WEBHOOK_URL: `http://127.0.0.1:${port}/orders`, PARLEY_WEBHOOK_ALLOW: "127.0.0.1" };
  gateway = await openGateway(env);
  vi.stubEnv("PARLEY_HOME", gateway.home);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await gateway.stop();
  gateway.remove();
  receiver.closeAllConnections();
  receiver.close();
});

async function buy(sku: string): Promise<string> {
  const peer = await Peer.open(gateway.ws);
  await peer.next("welcome");
  const offer = await offered(peer, sku);
  const { reply } = await peer.say({ id: newId(), act: taking(offer) });
  peer.close();
  return reply?.move.intents[0]?.id ?? "not bought";
}

async function restart(): Promise<void> {
  await gateway.stop();
  gateway = await openGateway({ ...env, PARLEY_HOME: gateway.home });
}

function attempts(id: string): Received[] {
  return received.filter(({ headers }) => headers["webhook-id"] === id);
}

function inFile<T>(work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(gateway.home, "parley.db"));
  db.exec("PRAGMA busy_timeout = 5000");
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function waiting(id: string): { attempts: number; due_at: string | null } | undefined {
  const sql = "SELECT attempts, due_at FROM outbox WHERE id = ?";
  return inFile((db) => db.prepare(sql).get(id)) as { attempts: number; due_at: string | null } | undefined;
}

/** Makes what failed due now, as if its wait were over. */
function hurry(id: string): void {
  const sql = "UPDATE outbox SET due_at = ? WHERE id = ?";
  inFile((db) => db.prepare(sql).run(new Date().toISOString(), id));
}

describe("orders by webhook", () => {
  it("are posted, signed by Standard Webhooks, and tried again with the same id until they are taken", async () => {
    const [plain, failing, redirected] = await Promise.all(["CH-TS", "FR-45", "SL-14"].map(buy));
    if (!plain || !failing || !redirected) throw new Error("unreachable");
    const webhook = new Webhook(tokensOf(gateway).webhook);
    await expect.poll(() => attempts(plain).length).toBe(1);
    const [first] = attempts(plain);
    const sent = webhook.verify(first?.body ?? "", first?.headers as Record<string, string>);
    const notice = OrderNotice.parse(sent);
    if (notice.type !== "order.bound") throw new Error("unreachable");
    const { intent, jws } = notice.data;
    expect([intent.id, notice.timestamp]).toEqual([plain, intent.issued_at]);
    expect(await verifyIntent(jws, `${gateway.url}/.well-known/jwks.json`)).toEqual(intent);
    await expect.poll(() => waiting(plain)).toBeUndefined();

    // The first retry is due after some five seconds, and the outbox looks every five.
    await expect.poll(() => attempts(failing).map(({ answer }) => answer)).toEqual([500, 200]);
    await expect.poll(() => attempts(redirected).map(({ answer }) => answer)).toEqual([302, 200]);
    const [failed, taken] = attempts(failing).map(({ body }) => body);
    expect(taken).toBe(failed);
    await expect.poll(() => waiting(failing)).toBeUndefined();
    expect(received).toHaveLength(5);
  });

  it("also tell of a cancellation, under an id of its own, to whoever uses the receiver kit", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const { reply } = await peer.say({ id: newId(), act: taking(await offered(peer, "CH-TS")) });
    const id = reply?.move.intents[0]?.id ?? "";
    expect(await outcome(peer, { act: "cancel_order", intent: id })).toBe("cancelled");
    peer.close();
    const receive = kit({ secret: tokensOf(gateway).webhook, keys: `${gateway.url}/.well-known/jwks.json` });
    await expect.poll(() => attempts(`${id}.cancelled`).length).toBe(1);
    const notices = [...attempts(id), ...attempts(`${id}.cancelled`)].map(({ headers, body }) =>
      receive(headers, body),
    );
    expect(await Promise.all(notices)).toMatchObject([
      { id, type: "order.bound", data: { intent: { id } } },
      { id: `${id}.cancelled`, type: "order.cancelled", data: { intent: id } },
    ]);
  });

  it("wait while the receiver is away, and over a restart of the gateway", async () => {
    const { port } = receiver.address() as AddressInfo;
    await gateway.stop();
    const killed = await startGateway({ ...env, PARLEY_HOME: gateway.home });
    gateway = killed;
    receiver.closeAllConnections();
    await new Promise((done) => receiver.close(done));
    const id = await buy("CH-PC");
    await expect.poll(() => waiting(id)?.attempts).toBe(1);
    await killed.kill();
    await new Promise<void>((done) => receiver.listen(port, "127.0.0.1", done));
    hurry(id);
    gateway = await openGateway({ ...env, PARLEY_HOME: gateway.home });
    await expect.poll(() => attempts(id).map(({ answer }) => answer)).toEqual([200]);
  });

  it("are signed with the old secret and the new one after a rotation", async () => {
    const old = tokensOf(gateway).webhook;
    const { code, out } = await ran(keys, "rotate-webhook");
    const fresh = tokensOf(gateway).webhook;
    expect([code, fresh === old]).toEqual([0, false]);
    expect(out).toContain(fresh);
    await restart();
    const id = await buy("CH-TS");
    await expect.poll(() => attempts(id).length).toBe(1);
    const [{ headers, body } = expect.unreachable()] = attempts(id);
    for (const secret of [old, fresh])
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toBeTruthy();
  });
});

describe("a receiver that answers 410", () => {
  it("is sent nothing more until a command enables it, over restarts too; everybody who looks is told", async () => {
    answers.set("DM-90", [410]);
    const [unwanted] = await Promise.all([buy("DM-90")]);
    await expect.poll(() => attempts(unwanted).map(({ answer }) => answer)).toEqual([410]);
    const ready = () =>
      get<{ ready: boolean; disabled?: string[] }>(`${gateway.url}/readyz`).then(({ body }) => body);
    await expect.poll(ready).toMatchObject({ ready: true, disabled: ["receiver"] });
    expect(gateway.output()).toContain("outbox enable receiver");
    await restart();
    const later = await buy("CH-TS");
    const { text } = await get(`${gateway.url}/metrics`);
    expect(text).toContain('parley_outbox_disabled{sink="receiver"} 1');
    const status = await ran(outbox, "status");
    expect(status.out).toMatch(
      /^receiver {2}2 deliveries wait, .*\n.*disabled since .*410.*outbox enable receiver\n$/,
    );
    expect((await ran(outbox, "enable", "stream")).err).toContain("stream is not disabled");
    expect([attempts(unwanted).length, attempts(later).length]).toEqual([1, 0]);

    expect(await ran(outbox, "enable", "receiver")).toMatchObject({
      code: 0,
      out: expect.stringContaining("2 deliveries"),
    });
    await expect.poll(() => attempts(later).map(({ answer }) => answer)).toEqual([200]);
    await expect.poll(() => attempts(unwanted).map(({ answer }) => answer)).toEqual([410, 200]);
    await expect.poll(ready).not.toHaveProperty("disabled");
    expect((await ran(outbox, "status")).out).toBe("nothing waits, nothing was given up\n");
  });
});

describe("dead letters", () => {
  it("are listed and sent again by command, one or all, each under its own id", async () => {
    answers.set("FR-45", Array(3).fill(500));
    const ids = (await Promise.all([buy("FR-45"), buy("FR-45"), buy("FR-45")])).toSorted();
    for (const id of ids) await expect.poll(() => waiting(id)?.attempts).toBe(1);
    inFile((db) => db.exec("UPDATE outbox SET due_at = NULL"));
    const { out } = await ran(outbox, "list");
    for (const id of ids)
      expect(out).toMatch(new RegExp(`${id} {2}receiver {2}order\\.bound {2}1 attempt {2}.*500`));
    const listed = (await ran(outbox, "list", "--json")).out.trim().split("\n");
    expect(listed.map((line) => JSON.parse(line))).toEqual(
      ids.map((id) => ({
        ...{ id, sink: "receiver", topic: "order.bound", attempts: 1 },
        error: "the receiver answered 500",
      })),
    );
    expect((await ran(outbox, "status")).out).toBe("receiver  0 deliveries wait; 3 given up\n");

    const [first = ""] = ids;
    expect(await ran(outbox, "resend", first)).toMatchObject({ code: 0, out: "1 delivery is due again\n" });
    await expect.poll(() => attempts(first).map(({ answer }) => answer)).toEqual([500, 200]);
    expect(await ran(outbox, "resend", first)).toMatchObject({
      code: 1,
      err: expect.stringContaining(first),
    });
    expect((await ran(outbox, "resend", "all", "--json")).out).toBe('{"due":2}\n');
    for (const id of ids)
      await expect.poll(() => attempts(id).map(({ answer }) => answer)).toEqual([500, 200]);
    expect((await ran(outbox, "list")).out).toBe("nothing was given up\n");
  });

  it("and the command says how it is used", async () => {
    for (const args of [[], ["list", "all"], ["resend"], ["enable"], ["send"]])
      expect(await ran(outbox, ...args)).toMatchObject({
        code: 2,
        err: expect.stringContaining("usage: parley outbox"),
      });
    expect(await ran(outbox, "--help")).toMatchObject({
      code: 0,
      out: expect.stringContaining("resend <id>"),
    });
    expect((await ran(outbox, "list", "--all")).err).toContain("--all");
  });
});

describe("a gateway whose webhook lies on a network it was not told of", () => {
  it("does not start, and says what to set", async () => {
    for (const host of ["127.0.0.1", "localhost", "[::1]", "10.1.2.3"]) {
      const started = openGateway({ PARLEY_WEBHOOK_URL: `http://${host}:9/orders` });
      await expect(started).rejects.toThrow(/PARLEY_WEBHOOK_URL: .*PARLEY_WEBHOOK_ALLOW=/);
    }
    const metadata = {
      PARLEY_WEBHOOK_URL: "http://169.254.169.254/",
      PARLEY_WEBHOOK_ALLOW: "169.254.0.0/16",
    };
    await expect(openGateway(metadata)).rejects.toThrow(
      /PARLEY_WEBHOOK_URL: .*metadata; nothing is ever sent there/,
    );
  });
});
