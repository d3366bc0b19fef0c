import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createSignature, webcrypto } from "http-message-sig";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keys, keys, type Publisher, publisher } from "../adapters/identity/keys.ts";
import { mandate } from "../adapters/identity/mandate.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { DETAILS, newId, offered, tokensOf } from "../session/buying.ts";
import { newKey, post } from "./http-client.ts";
import { refused } from "./upgrade.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-identity-"));
const ISSUER = "https://login.example";
let provider: Publisher;
let agent: Publisher;
let [login, bot, bank, buyer]: Keys[] = [];
let gateway: OpenGateway;

beforeAll(async () => {
  [login, bot, bank, buyer] = await Promise.all([keys(), keys("EdDSA"), keys(), keys()]);
  [provider, agent] = await Promise.all([publisher(login?.jwk ?? {}), publisher(bot?.jwk ?? {})]);
  writeFileSync(join(folder, "bank.json"), JSON.stringify({ keys: [bank?.jwk] }));
  const vendor = join(folder, "vendor");
  cpSync(resolve(import.meta.dirname, "../../fixtures/vendors/demo"), vendor, { recursive: true });
  const access = [
    "access:",
    "  anonymous: { may: negotiate }",
    "  api_key: { may: order, orders_per_day: 2, connections: 2 }",
    "  oauth: { may: order }",
  ];
  const file = join(vendor, "vendor.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}\n${access.join("\n")}\n`);
  gateway = await openGateway({
    ...{ PARLEY_VENDOR: vendor, PARLEY_API_KEYS: "acme=key-of-acme-0123456789,zeta=key-of-zeta-0123456789" },
    ...{
      PARLEY_OIDC_ISSUER: ISSUER,
      PARLEY_OIDC_AUDIENCE: "shop",
      PARLEY_OIDC_JWKS: `${provider.origin}/jwks`,
    },
    ...{ PARLEY_SIGNED_AGENTS: agent.origin, PARLEY_REQUIRE_TICKET: "true" },
    ...{ PARLEY_MANDATE_ISSUERS: "https://bank.example", PARLEY_MANDATE_JWKS: join(folder, "bank.json") },
  });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
  await Promise.all([provider.close(), agent.close()]);
  rmSync(folder, { recursive: true });
});

function token(sub: string, seconds: number): Promise<string> {
  return new SignJWT({ sub })
    .setProtectedHeader({ alg: "ES256", kid: login?.kid ?? "" })
    .setIssuer(ISSUER)
    .setAudience("shop")
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
    .sign(login?.privateKey as CryptoKey);
}

async function ticket(headers: Record<string, string> = {}): Promise<string> {
  const { status, body } = await post<{ ticket: string }>(`${gateway.url}/v1/tickets`, {}, headers);
  expect(status).toBe(201);
  return body.ticket;
}

async function signature(nonce: string): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1_000);
  const fields = [{ name: "signature-agent", value: `"${agent.origin}"` }];
  const made = await createSignature(
    { kind: "request", method: "GET", targetUri: gateway.ws.replace("ws:", "http:"), fields },
    {
      components: ["@method", "@authority", "@path", "signature-agent"],
      parameters: { created: now, expires: now + 60, keyid: bot?.kid ?? "", nonce, tag: "web-bot-auth" },
      signer: webcrypto.signer(bot?.privateKey as CryptoKey),
    },
  );
  return {
    "signature-agent": `"${agent.origin}"`,
    signature: made.signature,
    "signature-input": made.signatureInput,
  };
}

async function accepted(peer: Peer, sku = "HS-B1") {
  const offer = await offered(peer, sku, 1);
  const { reply, fault } = await peer.say({
    id: newId(),
    act: { act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS },
  });
  return { offer, act: reply?.move.act, fault };
}

const HELLO = { currency: "USD" };

describe("a ticket", () => {
  it("lets in once, also as a subprotocol, and is asked for where the vendor says so", async () => {
    const own = { origin: gateway.url };
    const given = await ticket(own);
    const peer = new Peer(
      new (await import("ws")).WebSocket(gateway.ws, ["parley.v1", `parley.ticket.${given}`], own),
    );
    await new Promise((done) => peer.socket.once("open", done));
    expect(peer.socket.protocol).toBe("parley.v1");
    peer.send({ type: "hello" });
    await peer.next("welcome");
    peer.close();
    expect(await refused(gateway.ws, ["parley.v1", `parley.ticket.${given}`], own)).toBe("unauthorized");
    const without = await Peer.open(gateway.ws);
    expect((await without.next("fault")).code).toBe("unauthorized");
  });

  it("is for the page that asked for it, and no page of a foreign origin gets one", async () => {
    const given = await ticket({ origin: gateway.url });
    expect(await refused(gateway.ws, ["parley.v1", `parley.ticket.${given}`])).toBe("unauthorized");
    const foreign = await post(`${gateway.url}/v1/tickets`, {}, { origin: "https://evil.example" });
    expect([foreign.status, foreign.body.code]).toEqual([403, "origin_refused"]);
    // A name that the request itself gives for the host is nobody's proof: it may point here by rebinding.
    const port = new URL(gateway.url).port;
    const rebound = { origin: `http://evil.example:${port}`, host: `evil.example:${port}` };
    expect(await refused(gateway.ws, ["parley.v1"], rebound)).toBe("origin_refused");
    expect(await refused(gateway.ws, ["parley.v1"], { cookie: "a=b" })).toBe("origin_refused");
  });

  it("opens a session that may bargain and not order here, and says what is needed", async () => {
    const peer = await Peer.open(gateway.ws, { ...HELLO, key: await ticket() });
    const { fault } = await accepted(peer);
    expect(fault).toMatchObject({
      code: "identity_required",
      detail: { needs: "api_key", may_not: "order" },
    });
    peer.close();
  });
});

describe("a key", () => {
  it("orders as often a day as its principal may, over all its sessions", async () => {
    const key = "key-of-acme-0123456789";
    const peers = await Promise.all([1, 2].map(() => Peer.open(gateway.ws, { ...HELLO, key })));
    const both = await Promise.all(
      peers.map(async (peer) => [await accepted(peer), await accepted(peer, "LP-RC-BLK")]),
    );
    const outcomes = both.flat().map(({ act, fault }) => fault?.code ?? act);
    expect(outcomes.sort()).toEqual(["accepted", "accepted", "daily_limit", "daily_limit"]);
    const third = await Peer.open(gateway.ws, { ...HELLO, key });
    expect(await third.closed).toMatchObject({ code: 4429, reason: "too_many_connections" });
    for (const peer of peers) peer.close();
  });
});

describe("an access token", () => {
  it("opens a session that goes on with a good token of its holder only", async () => {
    const peer = await Peer.open(gateway.ws, { ...HELLO, key: await token("kim", 60) });
    const { session, secret, epoch } = await peer.next("welcome");
    peer.close();
    const resume = { session, secret, epoch, seq: 1 };
    for (const key of [await ticket(), await token("lee", 60)]) {
      const other = await Peer.open(gateway.ws, { resume, key });
      expect((await other.next("fault")).code).toBe("unauthorized");
    }
    const again = await Peer.open(gateway.ws, { resume, key: await token("kim", 60) });
    expect((await again.next("welcome")).resumed).toBe(true);
    again.close();
    const headers = { authorization: `Bearer ${secret}`, "idempotency-key": newKey() };
    const url = `${gateway.url}/v1/sessions/${session}/messages`;
    expect((await post(url, { act: { act: "greet" } }, headers)).status).toBe(401);
    const shown = { ...headers, "parley-token": await token("kim", 60) };
    expect((await post(url, { act: { act: "greet" } }, shown)).status).toBe(200);
  });

  it("ends its connection with it, unless a fresh one of the same holder comes before", async () => {
    // Five seconds of skew are granted when it is shown, so that one just over still lets in and ends at once.
    const peer = await Peer.open(gateway.ws, { ...HELLO, key: await token("kim", -2) });
    expect(await peer.closed).toEqual({ code: 4412, reason: "token_expired" });
    const renewed = await Peer.open(gateway.ws, { ...HELLO, key: await token("kim", 60) });
    await renewed.next("welcome");
    renewed.send({ type: "renew", id: "r1", key: await token("lee", 120) });
    expect(await renewed.next("fault")).toMatchObject({ id: "r1", code: "forbidden" });
    for (const key of [
      await ticket(),
      "key-of-zeta-0123456789",
      "no-such-key",
      await token("kim", -60),
      "eyJhbGciOiJub25lIn0.e30.x",
    ]) {
      renewed.send({ type: "renew", id: "r0", key });
      const { code, message } = await renewed.next("fault");
      expect([code, message]).toEqual(["forbidden", expect.stringContaining("goes on as it was")]);
    }
    renewed.send({ type: "renew", id: "r2", key: await token("kim", 120) });
    expect(await renewed.next("renewed")).toMatchObject({ id: "r2" });
    expect((await renewed.say({ id: "on", act: { act: "greet" } })).fault).toBeNull();
    renewed.close();
  });
});

describe("a signed request", () => {
  it("lets an agent in that the vendor lists, once for each nonce", async () => {
    const headers = await signature("nonce-0123456789");
    const peer = await Peer.open(gateway.ws, HELLO, headers);
    expect((await accepted(peer)).act).toBe("accepted");
    peer.close();
    expect(await refused(gateway.ws, ["parley.v1"], headers)).toBe("unauthorized");
    const tampered = { ...(await signature("nonce-1123456789")), host: "other.example" };
    expect(await refused(gateway.ws, ["parley.v1"], tampered)).toBe("unauthorized");
  });
});

describe("a mandate", () => {
  it("covers one order, and none beyond its most, over all sessions it is presented in", async () => {
    const range = { type: "payment.amount_range", currency: "USD", max: 12_000 };
    const made = (jwt?: string) =>
      mandate({
        ...{ issuer: bank as Keys, holder: buyer as Keys, now: Date.now(), audience: "maru-lantern" },
        ...{ constraints: [range], ...(jwt ? { jwt } : {}) },
      });
    const presented = await made();
    const peer = await Peer.open(gateway.ws, { ...HELLO, mandate: presented });
    await peer.next("welcome");
    const dear = await accepted(peer, "CH-AM-BLK");
    expect(dear.fault).toMatchObject({ code: "mandate_exceeded", detail: { max: 12_000 } });
    expect((await accepted(peer)).act).toBe("accepted");
    const twice = await Peer.open(gateway.ws, { ...HELLO, mandate: presented });
    expect((await twice.next("fault")).code).toBe("mandate_refused");
    const other = await Peer.open(gateway.ws, { ...HELLO, mandate: await made(presented.split("~")[0]) });
    await other.next("welcome");
    expect((await accepted(other)).fault?.code).toBe("mandate_exceeded");
    peer.close();
    other.close();
  });
});

describe("an order that waits for a person", () => {
  it("is not bound once its mandate has ended", async () => {
    const seconds = 6;
    const range = { type: "payment.amount_range", currency: "USD", max: 2_000_000 };
    const presented = await mandate({
      ...{ issuer: bank as Keys, holder: buyer as Keys, now: Date.now(), audience: "maru-lantern" },
      ...{ constraints: [range], expires: seconds },
    });
    const peer = await Peer.open(gateway.ws, { ...HELLO, mandate: presented });
    await peer.next("welcome");
    const offer = await offered(peer, "HS-B1", 59);
    const act = { act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS };
    const { reply } = await peer.say({ id: newId(), act });
    const intent = reply?.move.intents[0];
    expect(intent?.status).toBe("approval_pending");
    peer.close();
    await new Promise((ended) => setTimeout(ended, seconds * 1_000));
    const staff = { authorization: `Bearer ${tokensOf(gateway).staff}` };
    const decide = (verdict: string) =>
      post<{ code?: string; status: unknown }>(
        `${gateway.url}/v1/orders/${intent?.id}/decision`,
        { verdict },
        staff,
      );
    expect((await decide("approve")).body.code).toBe("mandate_exceeded");
    expect((await decide("decline")).body.status).toBe("declined");
  });
});

describe("somebody who is turned away", () => {
  it("is closed wherever it is and not let in again, by command or by staff, until it is taken in again", async () => {
    const staff = { authorization: `Bearer ${tokensOf(gateway).staff}` };
    const key = "key-of-zeta-0123456789";
    const peer = await Peer.open(gateway.ws, { ...HELLO, key });
    const { session, secret, epoch } = await peer.next("welcome");
    const run = promisify(execFile);
    const main = resolve(import.meta.dirname, "../../src/app/main.ts");
    const command = (...args: string[]) =>
      run(process.execPath, [main, "identity", ...args], {
        env: { ...process.env, PARLEY_HOME: gateway.home },
      });
    expect((await command("revoke", "key:zeta")).stdout).toBe("key:zeta is turned away\n");
    expect(await peer.closed).toEqual({ code: 4403, reason: "revoked" });
    expect((await command()).stdout).toMatch(/^key:zeta {2}\d{4}-/);
    expect(await refused(gateway.ws, ["parley.v1"], { authorization: `Bearer ${key}` })).toBe("revoked");
    const back = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 1 } });
    expect((await back.next("fault")).code).toBe("revoked");
    const headers = { authorization: `Bearer ${secret}`, "idempotency-key": newKey() };
    const said = await post(`${gateway.url}/v1/sessions/${session}/messages`, { text: "hi" }, headers);
    expect([said.status, said.body.code]).toEqual([403, "revoked"]);
    const reinstated = await post(
      `${gateway.url}/v1/revocations`,
      { principal: "key:zeta", revoked: false },
      staff,
    );
    expect(reinstated.status).toBe(200);
    const again = await Peer.open(gateway.ws, { ...HELLO, key });
    await again.next("welcome");
    again.close();
  });
});
