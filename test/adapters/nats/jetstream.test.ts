import { randomUUID } from "node:crypto";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection, nanos } from "@nats-io/transport-node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { jetstreamSink } from "../../../src/adapters/nats/jetstream.ts";
import { type StreamAddress, streamAddressOf } from "../../../src/adapters/nats/stream-address.ts";
import type { OutboxItem } from "../../../src/ports/deliveries.ts";
import type { Sink } from "../../../src/ports/sink.ts";
import { NATS, natsIsThere } from "./server.ts";

const AT = "2026-07-01T09:00:00.000Z";

function item(id: string, topic = "order.cancelled"): OutboxItem {
  return { id, sink: "stream", topic, body: JSON.stringify({ intent: id, at: AT }), attempts: 0, due_at: AT };
}

describe("the address of a stream", () => {
  test("is a server and a name", () => {
    const plain = { server: "nats.example:4222", login: null, tls: false, stream: "ORDERS" };
    expect(streamAddressOf("nats://nats.example:4222/ORDERS")).toEqual(plain);
    expect(streamAddressOf("tls://nats.example:4222/ORDERS")).toEqual({ ...plain, tls: true });
    const login = (text: string) => streamAddressOf(`nats://${text}@nats.example:4222/ORDERS`)?.login;
    expect(login("shop:p%40ss")).toEqual({ user: "shop", pass: "p@ss" });
    expect(login("secret")).toEqual({ token: "secret" });
  });

  test.each([
    "nats://nats.example:4222",
    "nats://nats.example:4222/",
    "nats://nats.example:4222/a.b",
    "nats://nats.example:4222/a/b",
    "nats://nats.example:4222/ORDERS?x=1",
    "https://nats.example/ORDERS",
    "ORDERS",
  ])("is not %s", (text) => expect(streamAddressOf(text)).toBeNull());
});

describe.runIf(await natsIsThere())("orders in a stream", () => {
  let nats: NatsConnection;
  let manager: Awaited<ReturnType<typeof jetstreamManager>>;
  const streams: string[] = [];
  const sinks: Sink[] = [];

  beforeAll(async () => {
    nats = await connect({ servers: new URL(NATS).host });
    manager = await jetstreamManager(nats);
  });
  afterEach(async () => {
    for (const sink of sinks.splice(0)) await sink.close();
    for (const name of streams.splice(0)) await manager.streams.delete(name).catch(() => {});
  });
  afterAll(() => nats.close());

  function named(): StreamAddress {
    const stream = `PARLEY_TEST_${randomUUID()}`;
    streams.push(stream);
    return { server: new URL(NATS).host, login: null, tls: false, stream };
  }
  function sinkTo(address: StreamAddress): Sink {
    const sink = jetstreamSink(address);
    sinks.push(sink);
    return sink;
  }

  test("are stored under their topic, as the payload a webhook has, in a stream made for them", async () => {
    const address = named();
    const sink = sinkTo(address);
    expect(await sink.deliver(item("int_1"))).toEqual({ outcome: "delivered" });
    const stored = await manager.streams.getMessage(address.stream, { seq: 1 });
    expect(stored?.subject).toBe(`${address.stream}.order.cancelled`);
    expect(stored?.header.get("Nats-Msg-Id")).toBe("int_1");
    expect(stored?.json()).toEqual({
      type: "order.cancelled",
      timestamp: AT,
      data: { intent: "int_1", at: AT },
    });
    const { config } = await manager.streams.info(address.stream);
    expect(config.duplicate_window).toBe(nanos(24 * 3_600_000));
  });

  test("are kept once by their id, whoever sends them again", async () => {
    const address = named();
    const [one, other] = [sinkTo(address), sinkTo(address)];
    const ids = ["int_1", "int_2", "int_1", "int_2", "int_3"];
    const sent = await Promise.all(ids.map((id, i) => (i % 2 ? one : other).deliver(item(id))));
    expect(sent.every(({ outcome }) => outcome === "delivered")).toBe(true);
    expect((await manager.streams.info(address.stream)).state.messages).toBe(3);
  });

  test("go into a stream of the vendor's own as it is, and nowhere else", async () => {
    const address = named();
    await manager.streams.add({ name: address.stream, subjects: ["elsewhere.>"], max_msgs: 10 });
    const sink = sinkTo(address);
    const missed = await sink.deliver(item("int_1"));
    expect(missed).toEqual({
      outcome: "failed",
      why: `no stream takes the subject ${address.stream}.order.cancelled`,
    });
    await manager.streams.update(address.stream, { subjects: [`${address.stream}.>`] });
    expect(await sink.deliver(item("int_1"))).toEqual({ outcome: "delivered" });
    expect((await manager.streams.info(address.stream)).config.max_msgs).toBe(10);
  });

  test("fail while no server answers, and say so", async () => {
    const sink = sinkTo({ ...named(), server: "127.0.0.1:9" });
    expect(await sink.deliver(item("int_1"))).toMatchObject({ outcome: "failed", why: /./ });
  });
});
