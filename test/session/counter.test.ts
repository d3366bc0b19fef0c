import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listStaff } from "../../src/adapters/identity/staff-list.ts";
import type { EventOf } from "../../src/domain/event.ts";
import type { Offer } from "../../src/domain/offer.ts";
import type { IntentView } from "../../src/domain/reply.ts";
import type { CounterResult } from "../../src/protocol/staff.ts";
import { type OpenGateway, openGateway, type Peer } from "../harness.ts";
import { get, post } from "../transport/http-client.ts";
import { bought, buyerAt, newId, stockOf, taking } from "./buying.ts";

/** So many come to more than $5,000. */
const [ITEM, UNITS] = ["HS-B1", 59] as const;

let gateway: OpenGateway;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  gateway = await openGateway({ PARLEY_MESSAGES_PER_MINUTE: "600000" });
  for (const role of ["viewer", "agent"] as const)
    tokens[role] = listStaff(join(gateway.home, "staff.json"), role, role);
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

type Refused = { code: string; detail: string };

function edit(intent: string, body: object, as = "agent") {
  const headers = { authorization: `Bearer ${tokens[as]}` };
  return post<CounterResult & Refused>(`${gateway.url}/v1/orders/${intent}/counter`, body, headers);
}

async function pending(): Promise<{ peer: Peer; order: IntentView; unit: number }> {
  const peer = await buyerAt(gateway.ws);
  const order = await bought(peer, ITEM, UNITS);
  expect(order.status).toBe("approval_pending");
  const offers = peer.frames.flatMap((frame) =>
    frame.type === "event" && frame.event.kind === "reply" ? frame.event.move.offers : [],
  );
  return { peer, order, unit: offers[0]?.lines[0]?.unit_price ?? 0 };
}

async function offeredTo(peer: Peer): Promise<{ event: EventOf<"reply">; offer: Offer }> {
  const frame = await peer.until(
    (one) => one.type === "event" && one.event.kind === "reply" && one.event.by === "operator",
    "a counter-offer of staff's",
  );
  if (frame.type !== "event" || frame.event.kind !== "reply") throw new Error("unreachable");
  return { event: frame.event, offer: frame.event.move.offers[0] as Offer };
}

describe("an edit of an order that waits", () => {
  test("declines it and makes a counter-offer of it, which the buyer accepts anew", async () => {
    const { peer, order, unit } = await pending();
    const before = await stockOf(gateway.ws, ITEM);
    const sent = {
      lines: [{ sku: ITEM, quantity: 20, unit_price: unit - 100 }],
      terms: { warranty: "warranty-24" },
      note: "20 now",
    };
    const { status, body } = await edit(order.id, sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({ intent: order.id, status: "declined", decided_by: "staff:agent" });
    const { event, offer } = await offeredTo(peer);
    expect(event.move.act).toBe("counter");
    expect(event.words?.text).toContain("20");
    expect(offer).toMatchObject({
      lines: [{ sku: ITEM, quantity: 20, unit_price: unit - 100 }],
      terms: { warranty: { id: "warranty-24" } },
    });
    expect(body.offer).toEqual({ id: offer.id, hash: offer.hash });
    expect(await stockOf(gateway.ws, ITEM)).toBe(before + UNITS);
    const { reply } = await peer.say({ id: newId(), act: taking(offer) });
    expect(reply?.move).toMatchObject({ act: "accepted", intents: [{ offer: offer.id, status: "pending" }] });
    peer.close();
  });

  test("tells the buyer why", async () => {
    const { peer, order, unit } = await pending();
    await edit(order.id, { lines: [{ sku: ITEM, quantity: 5, unit_price: unit }], note: "다섯 개만 있어요" });
    const told = await peer.until(
      (one) => one.type === "event" && one.event.kind === "order",
      "the order's end",
    );
    expect(told).toMatchObject({
      event: { by: "operator", note: "다섯 개만 있어요", intent: { status: "declined" } },
    });
    peer.close();
  });

  test.each([
    [
      "a price below the limits",
      (unit: number) => [{ sku: ITEM, quantity: 20, unit_price: Math.round(unit / 4) }],
      "below_limit",
      "",
    ],
    [
      "more than the list price",
      (unit: number) => [{ sku: ITEM, quantity: 1, unit_price: unit * 3 }],
      "bad_frame",
      "lines.0.unit_price",
    ],
    [
      "more than there is",
      (unit: number) => [{ sku: ITEM, quantity: 100_000, unit_price: unit }],
      "bad_frame",
      "lines.0.quantity",
    ],
    [
      "goods nobody knows",
      (unit: number) => [{ sku: "NO-SUCH", quantity: 1, unit_price: unit }],
      "bad_frame",
      "lines.0.sku",
    ],
    [
      "the same twice",
      (unit: number) => [1, 2].map((quantity) => ({ sku: ITEM, quantity, unit_price: unit })),
      "bad_frame",
      "lines.1.sku",
    ],
    ["nothing", () => [], "bad_frame", "lines"],
    [
      "a price that is none",
      () => [{ sku: ITEM, quantity: 1, unit_price: "cheap" }],
      "bad_frame",
      "lines.0.unit_price",
    ],
  ])("with %s is refused, names its field and changes nothing", async (_, lines, code, names) => {
    const { peer, order, unit } = await pending();
    const seen = peer.frames.length;
    const { body } = await edit(order.id, { lines: lines(unit) });
    expect(body.code).toBe(code);
    expect(body.detail).toContain(names);
    const decided = await edit(order.id, { lines: [{ sku: ITEM, quantity: 1, unit_price: unit }] });
    expect(decided.status).toBe(200);
    expect(
      peer.frames.slice(0, seen).some((frame) => frame.type === "event" && frame.event.kind === "order"),
    ).toBe(false);
    peer.close();
  });

  test("with a term that the vendor does not have is refused, and those it has are named", async () => {
    const { peer, order, unit } = await pending();
    const lines = [{ sku: ITEM, quantity: 1, unit_price: unit }];
    const { body } = await edit(order.id, { lines, terms: { delivery: "teleport" } });
    expect([body.code, body.detail]).toEqual(["bad_frame", expect.stringContaining("express")]);
    peer.close();
  });

  test("is no viewer's, and comes once", async () => {
    const { peer, order, unit } = await pending();
    const sent = { lines: [{ sku: ITEM, quantity: 1, unit_price: unit }] };
    expect((await edit(order.id, sent, "viewer")).body.code).toBe("forbidden");
    expect((await edit(order.id, sent)).status).toBe(200);
    expect((await edit(order.id, sent)).body.code).toBe("order_status_conflict");
    expect((await edit("int_none", sent)).body.code).toBe("unknown_order");
    peer.close();
  });

  test("has a form, made of the schema, with the vendor's own options", async () => {
    const { status, body } = await get<{
      properties: Record<string, { properties?: object; items?: object }>;
    }>(`${gateway.url}/v1/approvals/schema`, { authorization: `Bearer ${tokens.viewer}` });
    expect(status).toBe(200);
    expect(body.properties.lines?.items).toMatchObject({ properties: { unit_price: { type: "integer" } } });
    expect(body.properties.terms?.properties).toMatchObject({
      delivery: {
        oneOf: [
          { const: "standard", title: "Standard delivery" },
          { const: "express" },
          { const: "installed" },
          { const: "pickup" },
        ],
      },
    });
    const asked = (query: string) =>
      get<{ properties: { terms: { properties: object } }; message?: string }>(
        `${gateway.url}/v1/approvals/schema?${query}`,
        { authorization: `Bearer ${tokens.viewer}` },
      );
    expect((await asked("lang=ko")).body.properties.terms.properties).toMatchObject({
      warranty: {
        oneOf: expect.arrayContaining([expect.objectContaining({ title: expect.stringMatching(/[가-힣]/) })]),
      },
    });
    expect((await asked("lang=xx")).status).toBe(422);
  });
});
