import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { DETAILS, offered, taking } from "./buying.ts";
import { type Collector, type Received, startCollector, treeOf } from "./collector.ts";

const PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const TRACE = PARENT.slice(3, 35);
const SOON = { OTEL_BSP_SCHEDULE_DELAY: "50" };

let collector: Collector;
let wire: Wire;
let gateway: RunningGateway;
const running: RunningGateway[] = [];

async function start(env: Record<string, string>): Promise<RunningGateway> {
  const started = await startGateway({ ...SOON, ...env });
  running.push(started);
  return started;
}

beforeAll(async () => {
  collector = await startCollector();
  wire = await startWire(({ schema, user }) => {
    if (schema?.name === "read") return { answer: { lang: "en", acts: [], unclear: "everything" } };
    if (schema?.name !== "word") return { answer: { look_ups: [] } };
    const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
    return { answer: { text: `Of course. ${house ? JSON.parse(house) : ""}`, speech: "" }, piece: 24 };
  });
  gateway = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    PARLEY_MODEL: `openai-chat:wire:8b@${wire.url}`,
    PARLEY_MODEL_KEY: "sk-canary-model-key-0815",
    PARLEY_API_KEYS: "canary-holder=canary-api-key-0815-4711",
  });
});
afterAll(async () => {
  for (const one of running) {
    await one.stop();
    one.remove();
  }
  await wire?.close();
  await collector?.close();
});

const ofTrace = (trace: string) => collector.spans.filter((span) => span.trace === trace);

/** The trace of the message that is the `n`th of its session, once all of it is there. */
async function traceOf(session: string, n = 1): Promise<{ root: Received; spans: Received[] }> {
  const digest = createHash("sha256").update(session).digest("hex").slice(0, 16);
  const roots = () =>
    collector.spans
      .filter(({ name, attributes }) => name === "message" && attributes["parley.session"] === digest)
      .sort((a, b) => Number(a.begin - b.begin));
  await collector.until(() => roots().length >= n);
  const root = roots()[n - 1] as Received;
  return { root, spans: ofTrace(root.trace) };
}

async function machine(headers: Record<string, string> = {}) {
  const peer = await Peer.open(gateway.ws, { lang: "en", currency: "USD", channel: "agent" }, headers);
  const { session } = await peer.next("welcome");
  return { peer, session };
}

/** A person's session whose second message a model is asked to read, and to answer in words. */
async function unclear(): Promise<string> {
  const hello = { lang: "en", currency: "USD", channel: "chat", kind: "person", stream: true };
  const peer = await Peer.open(gateway.ws, hello);
  const { session } = await peer.next("welcome");
  const words = () => peer.until((frame) => frame.type === "event" && frame.event.kind === "words", "words");
  await offered(peer, "CH-AM-BLK", 2);
  await words();
  await peer.say({ id: "unclear", text: "that does have a certain ring to it" });
  await words();
  peer.close();
  return session;
}

describe("a trace", () => {
  it("follows a message from its arrival over every station of its walk to its commit", async () => {
    const { peer, session } = await machine();
    await peer.say({ id: "m1", text: "I'd like to buy two Gadan Aero Mesh chairs in black." });
    const { root, spans } = await traceOf(session);
    expect(root).toMatchObject({ parent: "", kind: 2, status: 0, service: "parley" });
    expect(root.attributes).toMatchObject({ "parley.channel": "agent", "parley.act": expect.any(String) });
    expect(Object.keys(treeOf(spans, root))).toEqual([
      ...["wait", "read", "refer", "look up", "decide", "word", "commit"],
    ]);
    expect(treeOf(spans, root)).toMatchObject({ "look up": { "find search": {} } });
    const commit = spans.find(({ name }) => name === "commit");
    expect(commit?.attributes).toMatchObject({ "parley.commit": "appended", "parley.events": 2 });
    for (const span of spans) expect(span.end >= span.begin).toBe(true);
    peer.close();
  });

  it("has an order signed before it is committed", async () => {
    const { peer, session } = await machine();
    const offer = await offered(peer, "CH-AM-BLK");
    expect((await peer.say({ id: "yes", act: taking(offer) })).reply?.move.act).toBe("accepted");
    const { root, spans } = await traceOf(session, 2);
    const names = Object.keys(treeOf(spans, root));
    expect(names.slice(names.indexOf("decide"))).toEqual(["decide", "sign", "word", "commit"]);
    peer.close();
  });

  it("over a model's turn has each question under the station that asked it, as its conventions say", async () => {
    const session = await unclear();
    const { root, spans } = await traceOf(session, 2);
    const tree = treeOf(spans, root);
    expect(Object.keys(tree)).toEqual([
      ...["wait", "read", "refer", "look up", "decide", "word", "commit", "speak", "commit"].filter(
        (name, at, names) => names.indexOf(name) === at,
      ),
    ]);
    expect(tree).toMatchObject({ read: { "chat wire:8b": {} }, speak: { "chat wire:8b": {} } });
    const commits = spans.filter(({ name }) => name === "commit");
    expect(commits).toHaveLength(2);
    const asked = spans.filter(({ name }) => name === "chat wire:8b");
    expect(asked.map(({ kind }) => kind)).toEqual(asked.map(() => 3));
    expect(asked.map(({ attributes }) => attributes["parley.prompt"])).toEqual(["read", "word"]);
    for (const { attributes } of asked) {
      expect(attributes).toMatchObject({
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "wire:8b",
        "gen_ai.output.type": "json",
        "parley.outcome": "answered",
      });
      expect(attributes["gen_ai.usage.input_tokens"]).toBeGreaterThan(0);
      expect(attributes["gen_ai.usage.output_tokens"]).toBeGreaterThan(0);
    }
  });

  it("goes on the one that a client is in, on a socket and by request", async () => {
    const { peer, session } = await machine({ traceparent: PARENT });
    await peer.say({ id: "m1", text: "hello" });
    await peer.say({ id: "m2", text: "bye" });
    for (const n of [1, 2]) {
      const { root } = await traceOf(session, n);
      expect(root).toMatchObject({ trace: TRACE, parent: PARENT.slice(36, 52) });
    }
    const opened = await fetch(`${gateway.url}/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "a-key-of-sixteen-characters" },
      body: JSON.stringify({ lang: "en", currency: "USD", channel: "agent" }),
    });
    const welcome = (await opened.json()) as { session: string; secret: string };
    const trace = "0af7651916cd43dd8448eb211c80319c";
    await fetch(`${gateway.url}/v1/sessions/${welcome.session}/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${welcome.secret}`,
        "idempotency-key": "m1",
        traceparent: `00-${trace}-b7ad6b7169203331-01`,
      },
      body: JSON.stringify({ text: "hello" }),
    });
    const { root } = await traceOf(welcome.session);
    expect(root).toMatchObject({ trace, parent: "b7ad6b7169203331" });
  });

  it("begins anew where a client's traceparent cannot be read, and is not begun where the client does not sample", async () => {
    const { peer, session } = await machine({ traceparent: "00-canary-traceparent-01" });
    await peer.say({ id: "m1", text: "hello" });
    expect((await traceOf(session)).root.parent).toBe("");
    const other = "11111111111111111111111111111111";
    const unsampled = await machine({ traceparent: `00-${other}-00f067aa0ba902b7-00` });
    await unsampled.peer.say({ id: "m1", text: "hello" });
    await peer.say({ id: "m2", text: "hello again" });
    await traceOf(session, 2);
    expect(ofTrace(other)).toEqual([]);
  });

  it("says which fault refused a message, and calls it an error only where it was the gateway's own", async () => {
    const { peer, session } = await machine();
    const { fault } = await peer.say({
      id: "m1",
      act: { act: "accept", offer: "off_1", hash: "0".repeat(64) },
    });
    expect(fault?.code).toBe("unknown_offer");
    const { root } = await traceOf(session);
    expect(root.attributes["parley.fault"]).toBe("unknown_offer");
    expect(root.status).toBe(0);
  });

  it("names what a model failed of as an error, while the house goes on", async () => {
    wire.script(() => ({ status: 500 }));
    const session = await unclear();
    const { root, spans } = await traceOf(session, 2);
    expect(root.status).toBe(0);
    const asked = spans.find(({ kind }) => kind === 3);
    expect(asked).toMatchObject({ status: 2, attributes: { "error.type": "server_error" } });
    // The line of the log about it is found by its trace.
    const lines = gateway
      .output()
      .split("\n")
      .filter((line) => line.includes("the house goes on by itself"));
    expect(lines.map((line) => JSON.parse(line).trace_id)).toContain(root.trace);
  });

  it("holds nothing that anybody said, and nobody's name, key or session", async () => {
    const { peer, session } = await machine({ authorization: "Bearer canary-api-key-0815-4711" });
    const { secret } = peer.frames.find((frame) => frame.type === "welcome") as { secret: string };
    await peer.say({ id: "canary-id-4711", text: "Do you have a canaryword chair for Canarina Muster?" });
    const payer = { name: "Canarina Muster", email: "canarina@example.org" };
    const { reply } = await peer.say({ id: "m2", act: { act: "inform", details: { ...DETAILS, payer } } });
    expect(reply).toBeTruthy();
    await traceOf(session, 2);
    const all = Buffer.concat([...collector.bytes]).toString("latin1");
    expect(all).toContain("gen_ai.request.model");
    for (const canary of [
      session,
      secret,
      "anar",
      "certain ring",
      "Gadan",
      "example.org",
      // With its dashes: digits alone come about in the ids of spans.
      "-0815-",
      "127.0.0.1",
    ])
      expect(all.includes(canary), canary).toBe(false);
  });
});

describe("a collector", () => {
  it("that never answers disturbs nobody, and a stop does not wait for it", async () => {
    const silent = await startCollector(() => {});
    const slow = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: silent.endpoint, OTEL_BSP_MAX_QUEUE_SIZE: "8" });
    const peer = await Peer.open(slow.ws, { lang: "en", currency: "USD", channel: "agent" });
    await peer.next("welcome");
    for (let n = 0; n < 40; n++) expect((await peer.say({ id: `m${n}`, text: "hello" })).reply).toBeTruthy();
    await silent.until(() => true);
    expect(await slow.stop()).toBe(0);
    await silent.close();
  });

  it("that is gone costs traces and nothing else: the log says so once, and once more when it is back", async () => {
    const port = await new Promise<number>((found) => {
      const taken = createServer().listen(0, "127.0.0.1", () => {
        const { port: free } = taken.address() as { port: number };
        taken.close(() => found(free));
      });
    });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, PARLEY_LOG_LEVEL: "info" };
    const alone = await start({ ...env, OTEL_EXPORTER_OTLP_TIMEOUT: "300" });
    const peer = await Peer.open(alone.ws, { lang: "en", currency: "USD", channel: "agent" });
    await peer.next("welcome");
    const said = (n: number) => peer.say({ id: `m${n}`, text: "hello" });
    let n = 0;
    const until = async (sentence: string) => {
      for (const end = Date.now() + 60_000; !alone.output().includes(sentence) && Date.now() < end; n++) {
        expect((await said(n)).reply).toBeTruthy();
        await new Promise((later) => setTimeout(later, 100));
      }
      expect(alone.output().split(sentence)).toHaveLength(2);
    };
    await until("traces do not arrive");
    const back = await startCollector(undefined, port);
    await until("traces arrive again");
    expect(back.spans.length).toBeGreaterThan(0);
    await back.close();
  });

  it("that nobody named costs nothing: nothing of OpenTelemetry's tracing is loaded", async () => {
    const telling =
      "import{registerHooks as r}from'node:module';r({resolve(s,c,n){console.error('loads '+s);return n(s,c)}})";
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(telling)}` };
    const loaded = async (more: Record<string, string>) => {
      const one = await start({ ...env, ...more });
      // The library of the metrics is asked for by then, and brings the API with it.
      await fetch(`${one.url}/metrics`);
      const ours = /^loads .*(?:opentelemetry.(?!api)|adapters.tracing)/;
      return one
        .output()
        .split("\n")
        .filter((line) => ours.test(line));
    };
    expect(await loaded({})).toEqual([]);
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_SDK_DISABLED: "true" };
    expect(await loaded(off)).toEqual([]);
    expect(await loaded({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })).not.toEqual([]);
  });
});
