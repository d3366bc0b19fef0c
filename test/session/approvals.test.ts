import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run as approvals } from "../../src/app/approvals.ts";
import type { EventOf } from "../../src/domain/event.ts";
import type { ApprovalPage, Decided, DecisionsResult } from "../../src/protocol/bodies.ts";
import { verifyIntent } from "../../src/protocol/verify.ts";
import { isThere, postgresDatabase } from "../adapters/postgres/knowledge.ts";
import { ran } from "../app/ran.ts";
import { type OpenGateway, openGateway, type Peer } from "../harness.ts";
import { type Answer, get, post } from "../transport/http-client.ts";
import { bought, buyerAt, deliveredTo, outcome, stockOf, tokensOf } from "./buying.ts";

/** So many come to more than $5,000, and the shelf holds several times as many. */
const [ITEM, UNITS] = ["HS-B1", 59] as const;

let gateway: OpenGateway;

beforeAll(async () => {
  gateway = await openGateway({ PARLEY_MESSAGES_PER_MINUTE: "600000" });
  vi.stubEnv("PARLEY_HOME", gateway.home);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await gateway.stop();
  gateway.remove();
});

const staff = (of = gateway) => ({ authorization: `Bearer ${tokensOf(of).staff}` });

function waiting(query = "", headers: Record<string, string> = staff()) {
  return get<ApprovalPage & { code?: string }>(`${gateway.url}/v1/approvals${query}`, headers);
}

type Result = Decided & { code?: string; detail?: string };

function decide(intent: string, body: object, of = gateway): Promise<Answer<Result>> {
  return post<Result>(`${of.url}/v1/orders/${intent}/decision`, body, staff(of));
}

function decideAll(decisions: object[]) {
  return post<DecisionsResult & { code?: string }>(`${gateway.url}/v1/approvals`, { decisions }, staff());
}

async function large(peer?: Peer, units: number = UNITS): Promise<string> {
  const buyer = peer ?? (await buyerAt(gateway.ws));
  const { id, status } = await bought(buyer, ITEM, units);
  expect(status).toBe("approval_pending");
  if (!peer) buyer.close();
  return id;
}

async function toldOf(peer: Peer): Promise<EventOf<"order">> {
  const frame = await peer.until((one) => one.type === "event" && one.event.kind === "order", "order");
  if (frame.type !== "event" || frame.event.kind !== "order") throw new Error("unreachable");
  return frame.event;
}

const ordersTold = (peer: Peer) =>
  peer.frames.filter((one) => one.type === "event" && one.event.kind === "order");

describe("orders that wait for a person", () => {
  it("are listed for staff alone: whole, with who buys, until when, and why they wait", async () => {
    const id = await large();
    const { status, body } = await waiting();
    expect(status).toBe(200);
    const approval = body.approvals.find(({ intent }) => intent.id === id);
    expect(approval).toMatchObject({
      intent: {
        ...{ id, kind: "order", currency: "USD", authority: { by: "policy" } },
        buyer: { principal: "anonymous", kind: "machine", tier: "anonymous" },
        lines: [{ sku: ITEM, quantity: UNITS }],
        payer: { name: "Ada Kim" },
      },
      waits: { why: "above_threshold", above: 500_000 },
    });
    expect(approval?.intent.totals.total).toBeGreaterThan(500_000);
    expect(Date.parse(approval?.intent.expires_at ?? "")).toBeGreaterThan(Date.now());
    for (const token of [tokensOf(gateway).receiver, "wrong"])
      expect((await waiting("", { authorization: `Bearer ${token}` })).body.code).toBe("unauthorized");
    expect((await waiting("", {})).status).toBe(401);
    await decide(id, { verdict: "decline" });
    expect((await waiting()).body.approvals.map(({ intent }) => intent.id)).not.toContain(id);
  });

  it("come page by page, by id, each once", async () => {
    const ids = [await large(), await large(), await large()].toSorted();
    const seen: string[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const { body } = await waiting(`?limit=2${after ? `&after=${after}` : ""}`);
      expect(body.approvals.length).toBeLessThanOrEqual(2);
      seen.push(...body.approvals.map(({ intent }) => intent.id));
      after = body.next;
    }
    expect(seen).toEqual(ids);
    for (const query of ["?limit=0", "?limit=51", "?limit=x", "?before=x"])
      expect((await waiting(query)).body.code).toBe("bad_frame");
    await decideAll(ids.map((intent) => ({ intent, verdict: "decline" })));
    expect((await waiting()).body).toEqual({ approvals: [], next: null });
  });
});

describe("a person's yes", () => {
  it("binds once, however often it is said, and remembers who said it first", async () => {
    const peer = await buyerAt(gateway.ws);
    const id = await large(peer);
    const first = await decide(id, { verdict: "approve", note: "go ahead", by: "kim" });
    expect([first.status, first.body]).toEqual([
      200,
      { intent: id, status: "pending", decided_by: "staff:operator/kim" },
    ]);
    expect((await decide(id, { verdict: "approve", by: "lee" })).body).toEqual(first.body);
    const told = await toldOf(peer);
    expect(told).toMatchObject({ by: "operator", note: "go ahead", intent: { id, status: "pending" } });
    expect(JSON.stringify(told)).not.toContain("kim");
    const keys = `${gateway.url}/.well-known/jwks.json`;
    expect(await verifyIntent(told.intent.jws ?? "", keys)).toMatchObject({
      id,
      authority: { by: "operator" },
    });

    const headers = { authorization: `Bearer ${tokensOf(gateway).receiver}` };
    await post(`${gateway.url}/v1/orders/${id}/status`, { status: "accepted" }, headers);
    expect((await decide(id, { verdict: "approve" })).body).toEqual({ ...first.body, status: "accepted" });
    expect((await decide(id, { verdict: "decline" })).body.code).toBe("order_status_conflict");
    await post(`${gateway.url}/v1/orders/${id}/status`, { status: "cancelled" }, headers);
    expect((await decide(id, { verdict: "approve" })).body.code).toBe("order_status_conflict");
    expect(deliveredTo(gateway.home, id)).toHaveLength(1);
    peer.close();
  });

  it("binds once when it is said on two nodes at once, to whoever else says no, too", async () => {
    const second = await openGateway({ PARLEY_HOME: gateway.home, PARLEY_MESSAGES_PER_MINUTE: "600000" });
    for (const refusing of [false, true, false, true]) await bindsOnce(gateway, second, refusing);
    await second.stop();
  });
});

describe.runIf(await isThere())("a person's yes, on nodes that share a PostgreSQL database,", () => {
  it("binds once when it is said on both at once, to whoever else says no, too", async () => {
    const database = await postgresDatabase();
    const env = { PARLEY_STORE: database.url, PARLEY_MESSAGES_PER_MINUTE: "600000" };
    const first = await openGateway(env);
    const second = await openGateway({ ...env, PARLEY_HOME: first.home });
    for (const refusing of [false, true, false, true]) await bindsOnce(first, second, refusing);
    await Promise.all([first.stop(), second.stop()]);
    first.remove();
    await database.drop();
  });
});

/** Says yes four times at once, on either node, and where `refusing` also no: all come to one and the same, once. */
async function bindsOnce(first: OpenGateway, second: OpenGateway, refusing: boolean): Promise<void> {
  const peer = await buyerAt(first.ws);
  const id = await large(peer);
  const said = await Promise.all([
    ...[first, second, first, second].map((node, i) => decide(id, { verdict: "approve", by: `p${i}` }, node)),
    ...(refusing ? [decide(id, { verdict: "decline", by: "no" }, second)] : []),
  ]);
  const done = said.filter(({ status }) => status === 200);
  expect(new Set(done.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  for (const { status, body } of said) if (status !== 200) expect(body.code).toBe("order_status_conflict");
  const bound = done[0]?.body.status === "pending";
  expect(done).toHaveLength(bound ? 4 : 1);
  const { session, secret = "" } =
    peer.frames.find((frame) => frame.type === "welcome") ?? expect.unreachable();
  const log = await get<{ events: { event: { kind: string } }[] }>(
    `${second.url}/v1/sessions/${session}/events`,
    { authorization: `Bearer ${secret}` },
  );
  expect(log.body.events.filter(({ event }) => event.kind === "order")).toHaveLength(1);
  await expect.poll(() => deliveredTo(first.home, id).length).toBe(bound ? 1 : 0);
  peer.close();
  const headers = { authorization: `Bearer ${tokensOf(first).receiver}` };
  if (bound) await post(`${first.url}/v1/orders/${id}/status`, { status: "cancelled" }, headers);
}

describe("a person's no", () => {
  it("tells the buyer why, gives the goods back and delivers nothing", async () => {
    const before = await stockOf(gateway.ws, ITEM);
    const peer = await buyerAt(gateway.ws);
    const id = await large(peer);
    expect(await stockOf(gateway.ws, ITEM)).toBe(before - UNITS);
    for (const by of ["kim", "lee"])
      expect((await decide(id, { verdict: "decline", note: "we are closing", by })).body).toEqual({
        ...{ intent: id, status: "declined", decided_by: "staff:operator/kim" },
      });
    expect((await decide(id, { verdict: "approve" })).body.code).toBe("order_status_conflict");
    expect(await toldOf(peer)).toMatchObject({
      by: "operator",
      note: "we are closing",
      intent: { status: "declined" },
    });
    expect(await outcome(peer, { act: "cancel_order", intent: id })).toBe("order_not_cancellable");
    expect(ordersTold(peer)).toHaveLength(1);
    expect(await stockOf(gateway.ws, ITEM)).toBe(before);
    expect(deliveredTo(gateway.home, id)).toEqual([]);
    peer.close();
  });
});

describe("several decisions in one request", () => {
  it("each get a result of their own, in order", async () => {
    const [yes, no] = [await large(), await large()];
    const { status, body } = await decideAll([
      { intent: yes, verdict: "approve", by: "kim" },
      { intent: "int_nobody", verdict: "approve" },
      { intent: no, verdict: "decline" },
      { intent: yes, verdict: "approve" },
      { intent: yes, verdict: "decline" },
    ]);
    expect(status).toBe(200);
    const approved = { intent: yes, status: "pending", decided_by: "staff:operator/kim" };
    expect(body.results).toEqual([
      approved,
      { intent: "int_nobody", fault: { code: "unknown_order", message: expect.any(String), retry: false } },
      { intent: no, status: "declined", decided_by: "staff:operator" },
      approved,
      { intent: yes, fault: { code: "order_status_conflict", message: expect.any(String), retry: false } },
    ]);
    expect((await decideAll([])).body.code).toBe("bad_frame");
    expect((await decideAll(Array(51).fill({ intent: yes, verdict: "approve" }))).body.code).toBe(
      "bad_frame",
    );
    const headers = { authorization: `Bearer ${tokensOf(gateway).receiver}` };
    expect((await post(`${gateway.url}/v1/approvals`, { decisions: [] }, headers)).status).toBe(401);
    await post(`${gateway.url}/v1/orders/${yes}/status`, { status: "cancelled" }, headers);
  });
});

describe("the command", () => {
  it("lists, approves and declines, and says of each what became of it", async () => {
    const url = ["--url", gateway.url];
    expect((await ran(approvals, "list", ...url)).out).toBe("no order waits for a person\n");
    const [yes, no] = [await large(), await large()];
    const { out } = await ran(approvals, "list", ...url);
    expect(out).toContain(yes);
    expect(out).toMatch(/\$5,\d{3}\.\d\d, above \$5,000\.00; expires 20/);
    expect(out).toContain("for Ada Kim (machine, anonymous, anonymous), session ses_");
    const listed = (await ran(approvals, "list", "--json", ...url)).out.trim().split("\n");
    expect(listed.map((line) => JSON.parse(line).intent.id).toSorted()).toEqual([yes, no].toSorted());
    const approved = await ran(
      approvals,
      "approve",
      yes,
      "int_nobody",
      "--by",
      "kim",
      "--note",
      "fine",
      ...url,
    );
    expect(approved.code).toBe(1);
    expect(approved.out).toMatch(
      new RegExp(`^${yes} {2}pending, by staff:operator/kim\nint_nobody .*unknown_order`),
    );
    const declined = await ran(approvals, "decline", no, "--by", "kim", "--json", ...url);
    expect([declined.code, JSON.parse(declined.out)]).toEqual([
      0,
      { intent: no, status: "declined", decided_by: "staff:operator/kim" },
    ]);
  });

  it("says how it is used, and what is missing", async () => {
    for (const args of [[], ["approve"], ["list", "int_1"], ["perhaps", "int_1"]])
      expect(await ran(approvals, ...args)).toMatchObject({
        code: 2,
        err: expect.stringContaining("usage:"),
      });
    expect(await ran(approvals, "list", "--url", "http://127.0.0.1:9")).toMatchObject({
      code: 1,
      err: expect.stringContaining("no gateway answers"),
    });
    expect((await ran(approvals, "list", "--url", "nowhere")).err).toContain("--url nowhere");
    vi.stubEnv("PARLEY_HOME", tmpdir());
    expect((await ran(approvals, "list")).err).toContain("PARLEY_HOME");
    vi.stubEnv("PARLEY_HOME", gateway.home);
  });
});

describe("an order whose vendor has changed since", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-changed-"));
  let changed: OpenGateway;
  afterAll(async () => {
    await changed.stop();
    changed.remove();
    rmSync(folder, { recursive: true });
  });

  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), "utf8")));

  async function restarted(): Promise<void> {
    await changed.stop();
    changed = await openGateway({ PARLEY_VENDOR: folder, PARLEY_HOME: changed.home });
  }

  it("is bound only if its floor still holds and its goods are still sold; it may be declined all the same", async () => {
    cpSync(resolve(import.meta.dirname, "../../fixtures/vendors/demo"), folder, { recursive: true });
    changed = await openGateway({ PARLEY_VENDOR: folder });
    const peer = await buyerAt(changed.ws);
    // Below the list price, by the published tier.
    const { id } = await bought(peer, "DS-P120", 40);
    peer.close();
    const limits = readFileSync(join(folder, "limits.yaml"), "utf8");
    edit("limits.yaml", (text) => text.replace(/(office\/desks \}, floor_bp:) 7800/, "$1 9900"));
    edit("products.jsonl", (text) => text.replaceAll(/"tiers":\[.*?\],/g, ""));
    await restarted();
    const dear = await decide(id, { verdict: "approve" }, changed);
    expect([dear.status, dear.body.code]).toEqual([409, "below_limit"]);
    writeFileSync(join(folder, "limits.yaml"), limits);
    edit("products.jsonl", (text) =>
      text
        .split("\n")
        .filter((line) => !line.includes('"id":"DS-P120"'))
        .join("\n"),
    );
    await restarted();
    const gone = await decide(id, { verdict: "approve" }, changed);
    expect([gone.status, gone.body.code]).toEqual([410, "product_withdrawn"]);
    const { body } = await get<ApprovalPage>(`${changed.url}/v1/approvals`, staff(changed));
    expect(body.approvals.map(({ intent }) => intent.id)).toEqual([id]);
    expect((await decide(id, { verdict: "decline" }, changed)).body.status).toBe("declined");
  });
});
