import { randomUUID } from "node:crypto";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyIntent } from "../../src/protocol/verify.ts";
import { NATS, natsIsThere } from "../adapters/nats/server.ts";
import { type OpenGateway, openGateway } from "../harness.ts";
import { get } from "../transport/http-client.ts";
import { bought, buyerAt, deliveredTo, outcome } from "./buying.ts";

const stream = `PARLEY_TEST_${randomUUID()}`;

describe.runIf(await natsIsThere())("orders to a stream beside the vendor's system", () => {
  let nats: NatsConnection;
  let manager: Awaited<ReturnType<typeof jetstreamManager>>;
  let gateway: OpenGateway;

  beforeAll(async () => {
    nats = await connect({ servers: new URL(NATS).host });
    manager = await jetstreamManager(nats);
  });
  afterAll(async () => {
    await gateway.stop();
    gateway.remove();
    await manager.streams.delete(stream);
    await nats.close();
  });

  /** Of all that is in the stream, subject and id, in order. */
  async function stored(): Promise<string[]> {
    const { state } = await manager.streams.info(stream);
    const messages = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++)
      messages.push(await manager.streams.getMessage(stream, { seq }));
    return messages.map(
      (one) => `${one?.subject.replace(`${stream}.`, "")} ${one?.header.get("Nats-Msg-Id")}`,
    );
  }

  it("come once each, signed, under their ids; the file has them as well", async () => {
    gateway = await openGateway({ PARLEY_ORDERS_STREAM: `${NATS}/${stream}` });
    const peer = await buyerAt(gateway.ws);
    const { id } = await bought(peer, "CH-TS");
    await outcome(peer, { act: "cancel_order", intent: id });
    peer.close();
    const expected = [`order.bound ${id}`, `order.cancelled ${id}.cancelled`];
    await expect.poll(async () => (await stored()).toSorted()).toEqual(expected);
    const first = await manager.streams.getMessage(stream, { last_by_subj: `${stream}.order.bound` });
    const { type, data } = first?.json<{ type: string; data: { jws: string } }>() ?? expect.unreachable();
    expect([type, await verifyIntent(data.jws, `${gateway.url}/.well-known/jwks.json`)]).toMatchObject([
      "order.bound",
      { id },
    ]);
    await expect.poll(() => deliveredTo(gateway.home, id)).toHaveLength(2);
  });

  it("wait while the stream cannot be reached, and hold up nothing else", async () => {
    const { home } = gateway;
    await gateway.stop();
    gateway = await openGateway({ PARLEY_HOME: home, PARLEY_ORDERS_STREAM: "nats://127.0.0.1:9/ORDERS" });
    const peer = await buyerAt(gateway.ws);
    const { id } = await bought(peer, "CH-TS");
    peer.close();
    await expect.poll(() => deliveredTo(home, id)).toHaveLength(1);
    const waiting = () => get(`${gateway.url}/metrics`).then(({ text }) => text);
    await expect.poll(waiting).toContain('parley_deliveries_total{sink="stream",outcome="failed"} 1');
    await expect.poll(waiting).toContain('parley_outbox_items{state="later"} 1');
    await gateway.stop();
    gateway = await openGateway({ PARLEY_HOME: home, PARLEY_ORDERS_STREAM: `${NATS}/${stream}` });
    await expect.poll(stored).toContain(`order.bound ${id}`);
    expect(deliveredTo(home, id)).toHaveLength(1);
  });
});
