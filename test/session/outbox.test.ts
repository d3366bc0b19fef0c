import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyIntent } from "../../src/protocol/verify.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { newId, offered, taking, tokensOf } from "./buying.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answer: number;
}

/** The vendor's system: answers by product, and keeps everything it was sent. */
const received: Received[] = [];
/** Answers still to give for an order of this product; 200 afterwards. */
const answers = new Map([
  ["FR-45", [500]],
  ["DM-90", [410]],
  ["SL-14", [302]],
]);
let receiver: Server;
let gateway: RunningGateway;

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
  gateway = await startGateway({ PARLEY_WEBHOOK_URL: `http://127.0.0.1:${port}/orders` });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
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

function attempts(id: string): Received[] {
  return received.filter(({ headers }) => headers["webhook-id"] === id);
}

function waiting(id: string): { attempts: number; due_at: string | null } | undefined {
  const db = new DatabaseSync(join(gateway.home, "parley.db"), { readOnly: true });
  const row = db.prepare("SELECT attempts, due_at FROM outbox WHERE id = ?").get(id);
  db.close();
  return row as { attempts: number; due_at: string | null } | undefined;
}

describe("orders by webhook", () => {
  it("are posted, signed by Standard Webhooks, and tried again with the same id until they are taken", async () => {
    const [plain, failing, redirected, unwanted] = await Promise.all(
      ["CH-TS", "FR-45", "SL-14", "DM-90"].map(buy),
    );
    if (!plain || !failing || !redirected || !unwanted) throw new Error("unreachable");
    const webhook = new Webhook(tokensOf(gateway).webhook);
    await expect.poll(() => attempts(plain).length).toBe(1);
    const [first] = attempts(plain);
    const sent = webhook.verify(first?.body ?? "", first?.headers as Record<string, string>);
    expect(sent).toMatchObject({ type: "order.bound", data: { intent: { id: plain } } });
    const { jws, intent } = (sent as { data: { jws: string; intent: object } }).data;
    expect(await verifyIntent(jws, `${gateway.url}/.well-known/jwks.json`)).toEqual(intent);
    await expect.poll(() => waiting(plain)).toBeUndefined();

    // The first retry is due after five seconds, and the outbox looks every five.
    await expect
      .poll(() => attempts(failing).map(({ answer }) => answer), { timeout: 12_000 })
      .toEqual([500, 200]);
    await expect
      .poll(() => attempts(redirected).map(({ answer }) => answer), { timeout: 12_000 })
      .toEqual([302, 200]);
    const [failed, taken] = attempts(failing).map(({ body, headers }) =>
      webhook.verify(body, headers as Record<string, string>),
    ) as { data: object }[];
    expect(taken?.data).toEqual(failed?.data);
    await expect.poll(() => waiting(failing)).toBeUndefined();

    // Gone is gone: it was tried once and is due never again.
    expect(attempts(unwanted).map(({ answer }) => answer)).toEqual([410]);
    expect(waiting(unwanted)).toEqual({ attempts: 1, due_at: null });
    expect(received).toHaveLength(6);
  });

  it("wait while the receiver is away, and over a restart of the gateway", async () => {
    const { port } = receiver.address() as AddressInfo;
    await new Promise((done) => receiver.close(done));
    const id = await buy("CH-PC");
    await expect.poll(() => waiting(id)?.attempts).toBe(1);
    await gateway.kill();
    await new Promise<void>((done) => receiver.listen(port, "127.0.0.1", done));
    const db = new DatabaseSync(join(gateway.home, "parley.db"));
    db.prepare("UPDATE outbox SET due_at = ? WHERE id = ?").run(new Date().toISOString(), id);
    db.close();
    const url = `http://127.0.0.1:${port}/orders`;
    gateway = await startGateway({ PARLEY_WEBHOOK_URL: url, PARLEY_HOME: gateway.home });
    await expect.poll(() => attempts(id).map(({ answer }) => answer)).toEqual([200]);
  });
});
