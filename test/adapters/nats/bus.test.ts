import { randomUUID } from "node:crypto";
import { connect as connectNats } from "@nats-io/transport-node";
import { afterEach, describe, expect, test } from "vitest";
import { openBus } from "../../../src/adapters/buses.ts";
import { noBus } from "../../../src/adapters/no-bus.ts";
import type { Bus, Hint } from "../../../src/ports/bus.ts";
import { busContract, heardBy } from "../../contracts/bus.ts";
import { NATS, natsIsThere } from "./server.ts";
import { type Wall, wallBefore } from "./wall.ts";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const vendor = () => `test-${randomUUID()}`;

/** Nodes of one vendor of their own, each of which hears the others. */
async function nodesAt(urls: readonly string[]): Promise<readonly Bus[]> {
  const name = vendor();
  const nodes = await Promise.all(urls.map((url) => openBus(url, name, quiet)));
  await eachHearsOthers(nodes);
  return nodes;
}

async function eachHearsOthers(nodes: readonly Bus[]): Promise<void> {
  for (const bus of nodes) {
    const call = { kind: "working" as const, session: randomUUID() };
    const reached = new Set<Bus>();
    const hears = (hint: Hint) => hint.kind === "working" && hint.session === call.session;
    const leaves = nodes.map((other) => other.hear((hint) => void (hears(hint) && reached.add(other))));
    await expect
      .poll(
        () => {
          bus.say(call);
          return reached.size;
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBe(nodes.length - 1);
    for (const leave of leaves) leave();
    await passed(bus, nodes);
  }
}

/** Whatever a node said before has been heard. */
async function passed(bus: Bus, nodes: readonly Bus[]): Promise<void> {
  const last = { kind: "working" as const, session: randomUUID() };
  const heard = nodes
    .filter((other) => other !== bus)
    .map(
      (other) =>
        new Promise<void>((done) => {
          const leave = other.hear((hint) => {
            if (hint.kind !== "working" || hint.session !== last.session) return;
            leave();
            done();
          });
        }),
    );
  bus.say(last);
  await Promise.all(heard);
}

describe.runIf(await natsIsThere())("over NATS", () => {
  busContract("NATS", (nodes) => nodesAt(Array.from({ length: nodes }, () => NATS)));

  let wall: Wall | null = null;
  let open: readonly Bus[] = [];
  afterEach(async () => {
    await Promise.all(open.map((bus) => bus.close()));
    await wall?.close();
    open = [];
    wall = null;
  });

  test("come again after the connection was cut, and none waits in memory meanwhile", async () => {
    wall = await wallBefore(NATS);
    open = await nodesAt([wall.url, NATS]);
    const [behind, beyond] = open as [Bus, Bus];
    const heard = heardBy(beyond);
    await wall.shut();
    for (let i = 0; i < 1_000; i++) behind.say({ kind: "outbox" });
    await wall.open();
    await eachHearsOthers(open);
    expect(heard.filter(({ kind }) => kind === "outbox").length).toBeLessThan(1_000);
    behind.say({ kind: "policy" });
    await expect.poll(() => heard.at(-1)).toEqual({ kind: "policy" });
  });

  test("begin when the server does: a node starts without it", async () => {
    wall = await wallBefore(NATS);
    await wall.shut();
    const name = vendor();
    open = await Promise.all([openBus(wall.url, name, quiet), openBus(NATS, name, quiet)]);
    open[0]?.say({ kind: "outbox" });
    await wall.open();
    await eachHearsOthers(open);
  });

  test("of other vendors are not heard, nor what is no hint", async () => {
    const name = vendor();
    open = await Promise.all([openBus(NATS, name, quiet), openBus(NATS, name, quiet)]);
    await eachHearsOthers(open);
    const heard = heardBy(open[0] as Bus);
    const stranger = await connectNats({ servers: new URL(NATS).host });
    stranger.publish(`parley.${vendor()}.hints`, JSON.stringify({ kind: "outbox" }));
    for (const text of ["", "{", "null", '{"kind":"later"}', '{"kind":"session","session":5,"seq":1}'])
      stranger.publish(`parley.${name}.hints`, text);
    stranger.publish(
      `parley.${name}.hints`,
      JSON.stringify({ kind: "session", session: "s", seq: 2, more: 1 }),
    );
    await stranger.flush();
    await stranger.close();
    await expect.poll(() => heard).toEqual([{ kind: "session", session: "s", seq: 2 }]);
  });
});

test("a bus address says which bus it is", async () => {
  await expect(openBus("redis://127.0.0.1:1", "v", quiet)).rejects.toMatchObject({
    code: "bad_config",
    message: "a bus address begins with one of nats://, tls://",
  });
});

test("a node without a bus tells nobody, and hears nothing", async () => {
  const bus = noBus();
  const heard = heardBy(bus);
  bus.say({ kind: "outbox" });
  await bus.close();
  expect(heard).toEqual([]);
});
