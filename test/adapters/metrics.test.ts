import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULTS } from "../../src/domain/fault.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { newId, offered, taking, tokensOf } from "../session/buying.ts";
import { HttpBuyer, post } from "../transport/http-client.ts";
import { type Family, PROMTOOL, promtool, scraped, sumOf } from "./exposition.ts";

const KEY = "key-of-the-metrics-test";
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({ PARLEY_API_KEYS: `acme=${KEY}`, PARLEY_MESSAGES_PER_MINUTE: "100000" });
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
});

/** How much each of these grew while something was done. */
async function growth<N extends string>(
  wanted: Readonly<Record<N, readonly [name: string, labels?: object]>>,
  work: () => Promise<unknown>,
): Promise<Record<N, number>> {
  const names = Object.entries(wanted) as [N, readonly [string, object?]][];
  const before = await scraped(gateway.url);
  await work();
  const after = await scraped(gateway.url);
  const grew = names.map(([of, [name, labels]]) => [
    of,
    sumOf(after, name, labels) - sumOf(before, name, labels),
  ]);
  return Object.fromEntries(grew) as Record<N, number>;
}

/** Until every connection of before has left. */
async function alone(): Promise<void> {
  const left = async () => sumOf(await scraped(gateway.url), "parley_peers");
  for (const end = Date.now() + 60_000; (await left()) > 0 && Date.now() < end; )
    await new Promise((later) => setTimeout(later, 20));
  expect(await left()).toBe(0);
}

describe("the exposition", () => {
  it("is of its format, each family named by convention and in base units", async () => {
    const own = [...(await scraped(gateway.url)).values()].filter(({ name }) => name.startsWith("parley_"));
    expect(own.length).toBeGreaterThan(25);
    for (const { name, help, type } of own) {
      expect(help, name).toMatch(/^[A-Z1].*\.$/);
      expect(name, name).toMatch(/^parley_[a-z]+(?:_[a-z]+)*$/);
      // Prometheus, "Metric and label naming": counters end in _total, whatever is measured in its base unit.
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      if (type === "histogram") expect(name).toMatch(/_(?:seconds|writes)$/);
      expect(name).not.toMatch(/_(?:ms|millis|micro|kib|minutes|count)(?:_|$)/);
    }
  });

  it.skipIf(!PROMTOOL)(
    "pleases Prometheus' own linter; skipped where promtool is not installed",
    async () => {
      const text = await (await fetch(`${gateway.url}/metrics`)).text();
      const { said } = promtool(["check", "metrics"], text);
      // What the library names of Node itself is its own affair.
      expect(said.split("\n").filter((line) => line.startsWith("parley_"))).toEqual([]);
      expect(said).not.toContain("error while linting");
    },
  );
});

describe("what is counted", () => {
  it("of a message: its turn by channel and outcome, its acknowledgement, its append and the commit it shared", async () => {
    const peer = await Peer.open(gateway.ws, { channel: "voice" });
    await peer.next("welcome");
    const channel = { channel: "voice" };
    const grew = await growth(
      {
        replied: ["parley_turns_total", { ...channel, outcome: "replied" }],
        repeated: ["parley_turns_total", { ...channel, outcome: "repeated" }],
        refused: ["parley_turns_total", { ...channel, outcome: "refused" }],
        timed: ["parley_turn_seconds", channel],
        acked: ["parley_ack_seconds", channel],
        appended: ["parley_append_seconds", { outcome: "appended" }],
        commits: ["parley_store_commit_seconds"],
        groups: ["parley_store_group_writes"],
        searches: ["parley_search_seconds"],
        queued: ["parley_queued_messages"],
        unknown: ["parley_faults_total", { code: "unknown_offer" }],
      },
      async () => {
        await offered(peer, "CH-AM-BLK");
        await peer.say({ id: "one", text: "hello" });
        peer.send({ type: "say", id: "one", text: "hello" });
        await peer.until((frame) => frame.type === "ack" && frame.duplicate === true, "ack of a repeat");
        await peer.say({ id: "two", act: { act: "accept", offer: "off_none", hash: "0".repeat(64) } });
      },
    );
    expect(grew).toMatchObject({ replied: 2, repeated: 1, refused: 1, timed: 2, acked: 2, appended: 2 });
    expect(grew).toMatchObject({ commits: 2, groups: 2, queued: 0, unknown: 1 });
    expect(grew.searches).toBeGreaterThan(0);
    peer.close();
  });

  it("of connections: how many by tier, resumes by outcome, refusals at the door", async () => {
    await alone();
    const open = {
      anonymous: ["parley_peers", { tier: "anonymous" }],
      key: ["parley_peers", { tier: "api_key" }],
    };
    const staff = ["parley_peers", { tier: "staff" }] as const;
    const peers: Peer[] = [];
    const entered = await growth(
      { ...(open as Record<"anonymous" | "key", [string, object]>), staff },
      async () => {
        const first = await Peer.open(gateway.ws);
        const { session } = await first.next("welcome");
        peers.push(first, await Peer.open(gateway.ws, {}, { authorization: `Bearer ${KEY}` }));
        peers.push(await Peer.open(gateway.ws, { role: "observer", session, key: tokensOf(gateway).staff }));
        for (const peer of peers.slice(1)) await peer.next("welcome");
      },
    );
    expect(entered).toEqual({ anonymous: 1, key: 1, staff: 1 });
    const [first] = peers;
    const welcome = first?.frames.find((frame) => frame.type === "welcome") as {
      session: string;
      secret: string;
      epoch: string;
    };
    const grew = await growth(
      {
        resumed: ["parley_resumes_total", { outcome: "resumed" }],
        changed: ["parley_resumes_total", { outcome: "epoch_changed" }],
        unknown: ["parley_resumes_total", { outcome: "seq_unknown" }],
        origin: ["parley_refusals_total", { code: "origin_refused" }],
        hello: ["parley_faults_total", { code: "hello_required" }],
      },
      async () => {
        const { session, secret, epoch } = welcome;
        for (const resume of [
          { session, secret, epoch, seq: 1 },
          { session, secret, epoch: "another", seq: 1 },
          { session, secret, epoch, seq: 99 },
        ]) {
          const back = await Peer.open(gateway.ws, { resume });
          await back.next("welcome");
          back.close();
        }
        await Peer.open(gateway.ws, {}, { origin: "https://elsewhere.example" }).catch(() => null);
        const hasty = await Peer.open(gateway.ws, null);
        hasty.send({ type: "say", id: "m", text: "hello" });
        await hasty.closed;
      },
    );
    expect(grew).toEqual({ resumed: 1, changed: 1, unknown: 1, origin: 1, hello: 1 });
    for (const peer of peers) peer.close();
    await alone();
  });

  it("of what stands open: orders to answer and when they expire, holds, deliveries, sessions", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const offer = await offered(peer, "CH-AM-GRY");
    await peer.say({ id: newId(), act: taking(offer) });
    const seen = await scraped(gateway.url);
    expect(sumOf(seen, "parley_store_readable")).toBe(1);
    expect(sumOf(seen, "parley_open_orders", { status: "pending" })).toBe(1);
    expect(sumOf(seen, "parley_open_orders_expire_seconds", { status: "pending" })).toBeGreaterThan(0);
    expect(seen.get("parley_open_orders_expire_seconds")?.samples).toHaveLength(1);
    expect(sumOf(seen, "parley_orders_total", { status: "pending" })).toBe(1);
    for (const name of [
      "parley_holds",
      "parley_outbox_items",
      "parley_outbox_oldest_due_seconds",
      "parley_buffered_bytes",
    ])
      expect(seen.has(name), name).toBe(true);
    expect(sumOf(seen, "parley_sessions")).toBeGreaterThan(0);
    expect(seen.has("nodejs_eventloop_lag_p99_seconds")).toBe(true);
    peer.close();
  });
});

describe("series", () => {
  it("are as many as the source lists, whatever is sent", async () => {
    const strange = ["\u0000", 'a"} 1\nparley_fake 1', "𝕏".repeat(40), "../../etc", "%00", "'; DROP TABLE"];
    const names = () => scraped(gateway.url).then((seen) => [...seen.keys()].sort());
    const buyer = await HttpBuyer.open(gateway.url);
    await buyer.say({ text: "hello" });
    const before = await names();
    for (const [n, text] of strange.entries()) {
      for (const opening of [
        { channel: text },
        { lang: text },
        { currency: text },
        { kind: text },
        { [text]: 1 },
      ])
        await post(`${gateway.url}/v1/sessions`, opening, {
          "idempotency-key": `a-key-of-16-characters-${n}`,
        });
      await buyer.say({ text });
      await buyer.say({ act: { act: text } });
      await buyer.say({ act: { act: "accept", offer: text, hash: text } });
      await fetch(`${gateway.url}/v1/${encodeURIComponent(text)}`);
      await fetch(`${gateway.url}/metrics?${encodeURIComponent(text)}=1`);
      const peer = await Peer.open(gateway.ws, null);
      peer.send({ type: text });
      peer.send({ type: "hello", role: text, resume: { session: text, secret: text, epoch: text, seq: 1 } });
      peer.send({ type: "hello", resume: { session: text, secret: text, epoch: text, seq: 1 } });
      await peer.closed.catch(() => null);
    }
    expect(await names()).toEqual(before);
    const seen = await scraped(gateway.url);
    for (const family of seen.values()) if (family.name.startsWith("parley_")) bounded(family);
  });
});

/** Every label a metric of ours may carry, with all that may stand there. */
const LABELS: Readonly<Record<string, readonly string[] | RegExp>> = {
  code: Object.keys(FAULTS),
  channel: ["agent", "chat", "voice"],
  tier: ["anonymous", "api_key", "staff"],
  state: ["due", "later", "dead"],
  direction: ["in", "out"],
  sink: ["receiver", "stream"],
  // Of an event, or of a look-up; a move's act; an order's status: words of the protocol's own schemas.
  kind: /^[a-z_]{3,20}$/,
  act: /^[a-z_]{3,20}$/,
  status: /^[a-z_]{3,20}$/,
  outcome: /^[a-z_]{3,20}$/,
  prompt: /^[a-z]{3,20}$/,
};

function bounded({ name, samples }: Family): void {
  const series = samples.filter(({ labels }) => labels.le === undefined);
  expect(series.length, name).toBeLessThan(60);
  for (const { labels } of series)
    for (const [label, value] of Object.entries(labels)) {
      const may = LABELS[label];
      expect(may, `${name} has no label ${label}`).toBeDefined();
      const fits = may instanceof RegExp ? may.test(value) : may?.includes(value);
      expect(fits, `${name}{${label}="${value}"}`).toBe(true);
    }
}
