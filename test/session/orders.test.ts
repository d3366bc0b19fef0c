import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IntentView } from "../../src/domain/reply.ts";
import { verifyIntent } from "../../src/protocol/verify.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { get, post } from "../transport/http-client.ts";
import { bought, buyerAt, deliveredTo, newId, outcome, stockOf, tokensOf } from "./buying.ts";

let gateway: OpenGateway;
let keys: string;

beforeAll(async () => {
  gateway = await openGateway({ PARLEY_MESSAGES_PER_MINUTE: "600000" });
  keys = `${gateway.url}/.well-known/jwks.json`;
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const buyer = () => buyerAt(gateway.ws);
const stock = (sku: string) => stockOf(gateway.ws, sku);

describe("an order above the vendor's threshold", () => {
  /** 40 desks come to more than $5,000. */
  async function large(peer: Peer): Promise<IntentView> {
    const intent = await bought(peer, "DS-P120", 40);
    expect(intent.status).toBe("approval_pending");
    expect(intent.jws).toBeUndefined();
    return intent;
  }

  function decision(intent: string, body: object, token = tokensOf(gateway).staff) {
    const headers = { authorization: `Bearer ${token}` };
    return post<{ status?: string; code?: string }>(
      `${gateway.url}/v1/orders/${intent}/decision`,
      body,
      headers,
    );
  }

  it("waits unsigned for an operator, whose yes binds it and reaches the buyer", async () => {
    const peer = await buyer();
    const before = await stock("DS-P120");
    const { session } = (await peer.frames.find((frame) => frame.type === "welcome")) ?? {};
    const intent = await large(peer);
    expect(await stock("DS-P120")).toBe(before - 40);
    const operator = await Peer.open(gateway.ws, { role: "operator", key: tokensOf(gateway).staff, session });
    operator.send({ type: "decide", id: "yes", intent: intent.id, verdict: "approve", note: "go ahead" });
    const frame = await peer.until((one) => one.type === "event" && one.event.kind === "order", "order");
    if (frame.type !== "event" || frame.event.kind !== "order") throw new Error("unreachable");
    expect(frame.event).toMatchObject({
      by: "operator",
      note: "go ahead",
      intent: { id: intent.id, status: "pending" },
    });
    const signed = await verifyIntent(frame.event.intent.jws ?? "", keys);
    expect(signed).toMatchObject({
      id: intent.id,
      authority: { by: "operator" },
      offer: { id: intent.offer },
    });
    await expect.poll(() => deliveredTo(gateway.home, intent.id)).toHaveLength(1);
    operator.send({ type: "decide", id: "no", intent: intent.id, verdict: "decline" });
    expect(await operator.next("fault")).toMatchObject({ id: "no", code: "order_status_conflict" });
    operator.send({ type: "decide", id: "what", intent: "int_nobody", verdict: "decline" });
    expect(await operator.next("fault")).toMatchObject({ id: "what", code: "unknown_order" });
    await outcome(peer, { act: "cancel_order", intent: intent.id });
    expect(await stock("DS-P120")).toBe(before);
    for (const each of [peer, operator]) each.close();
  });

  it("may be decided over HTTP; a no gives the stock back and delivers nothing", async () => {
    const peer = await buyer();
    const before = await stock("DS-P120");
    const first = await large(peer);
    expect((await decision(first.id, { verdict: "approve" }, "wrong")).status).toBe(401);
    expect((await decision(first.id, { verdict: "perhaps" })).status).toBe(422);
    expect((await decision("int_nobody", { verdict: "approve" })).body.code).toBe("unknown_order");
    for (let i = 0; i < 2; i++) {
      const { status, body } = await decision(first.id, { verdict: "decline", note: "too many" });
      expect([status, body]).toEqual([
        200,
        { intent: first.id, status: "declined", decided_by: "staff:operator" },
      ]);
    }
    expect((await decision(first.id, { verdict: "approve" })).body.code).toBe("order_status_conflict");
    const told = await peer.until((one) => one.type === "event" && one.event.kind === "order", "order");
    expect(told).toMatchObject({
      event: { by: "operator", intent: { status: "declined" }, note: "too many" },
    });
    expect(await stock("DS-P120")).toBe(before);
    expect(deliveredTo(gateway.home, first.id)).toEqual([]);
    expect(await outcome(peer, { act: "cancel_order", intent: first.id })).toBe("order_not_cancellable");
    const orders = peer.frames.filter((one) => one.type === "event" && one.event.kind === "order");
    expect(orders).toHaveLength(1);
    peer.close();
  });
});

describe("the vendor's system", () => {
  function answer(intent: string, status: string, token = tokensOf(gateway).receiver) {
    const headers = { authorization: `Bearer ${token}` };
    return post<{ status?: string; code?: string }>(
      `${gateway.url}/v1/orders/${intent}/status`,
      { status },
      headers,
    );
  }

  it("answers an order, and the buyer sees each answer once", async () => {
    const peer = await buyer();
    const { id } = await bought(peer, "SL-14");
    const { status, body } = await answer(id, "accepted");
    expect([status, body]).toEqual([200, { intent: id, status: "accepted" }]);
    await answer(id, "accepted");
    await answer(id, "executed");
    const seen = [];
    for (let i = 0; i < 2; i++) {
      const frame = await peer.until((one) => one.type === "event" && one.event.kind === "order", "order");
      if (frame.type === "event" && frame.event.kind === "order") seen.push(frame.event);
    }
    expect(seen).toMatchObject([
      { by: "system", intent: { id, status: "accepted" } },
      { by: "system", intent: { id, status: "executed" } },
    ]);
    const { reply } = await peer.say({ id: newId(), act: { act: "order_status", intent: id } });
    expect(reply?.move.intents).toMatchObject([{ id, status: "executed" }]);
    expect(peer.frames.filter((one) => one.type === "event" && one.event.kind === "order")).toHaveLength(2);
    peer.close();
  });

  it("may reject or cancel until it is executed, which gives the stock back", async () => {
    const peer = await buyer();
    const before = await stock("FR-45");
    for (const [path, last] of [
      [["rejected"], "cancelled"],
      [["accepted", "rejected"], "executed"],
      [["accepted", "cancelled"], "accepted"],
      [["cancelled"], "rejected"],
    ] as const) {
      const { id } = await bought(peer, "FR-45", 2);
      expect(await stock("FR-45")).toBe(before - 2);
      for (const status of path) expect((await answer(id, status)).status).toBe(200);
      expect(await stock("FR-45")).toBe(before);
      const { status, body } = await answer(id, last);
      expect([status, body.code]).toEqual([409, "order_status_conflict"]);
      expect(await stock("FR-45")).toBe(before);
    }
    peer.close();
  });

  it("needs its own token, a known order and a status that may be answered", async () => {
    const peer = await buyer();
    const { id } = await bought(peer, "SL-14");
    expect((await answer(id, "executed", tokensOf(gateway).staff)).status).toBe(401);
    expect((await get(`${gateway.url}/v1/orders/${id}/status`)).status).toBe(404);
    expect((await answer("int_nobody", "executed")).status).toBe(404);
    expect((await answer(id, "pending")).status).toBe(422);
    expect((await answer(id, "executed")).status).toBe(200);
    peer.close();
  });

  it("loses to a buyer who cancels first, and wins by executing first", async () => {
    const peer = await buyer();
    const before = await stock("FR-45");
    const first = await bought(peer, "FR-45");
    await answer(first.id, "accepted");
    const { reply } = await peer.say({ id: newId(), act: { act: "cancel_order", intent: first.id } });
    expect(reply?.move.act).toBe("cancelled");
    expect(await peer.next("event")).toMatchObject({
      event: { kind: "order", by: "buyer", intent: { id: first.id, status: "cancelled" } },
    });
    expect((await answer(first.id, "executed")).body.code).toBe("order_status_conflict");
    expect(await stock("FR-45")).toBe(before);
    await expect
      .poll(() => deliveredTo(gateway.home, first.id).map(({ topic }) => topic))
      .toEqual(["order.bound", "order.cancelled"]);
    const second = await bought(peer, "FR-45");
    await answer(second.id, "executed");
    expect(await outcome(peer, { act: "cancel_order", intent: second.id })).toBe("order_not_cancellable");
    peer.close();
  });

  it("and the buyer may cross: one of the two is told that it came second", async () => {
    const peer = await buyer();
    for (let i = 0; i < 10; i++) {
      const { id } = await bought(peer, "SL-14");
      const [executed, cancelled] = await Promise.all([
        answer(id, "executed"),
        outcome(peer, { act: "cancel_order", intent: id }),
      ]);
      const results = [executed.body.code ?? executed.body.status, cancelled];
      expect([
        ["executed", "order_not_cancellable"],
        ["order_status_conflict", "cancelled"],
      ]).toContainEqual(results);
    }
    peer.close();
  });
});
