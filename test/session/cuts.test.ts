import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Event } from "../../src/domain/event.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { HttpBuyer } from "../transport/http-client.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";

const WISH = "I'd like to buy two Gadan Aero Mesh chairs in black.";
const LINES = [
  WISH,
  "Ok, and how long is the warranty on them?",
  "Could you do 10% less?",
  "누가 그걸 좋대요?",
];
const CUTS = 120;
const AT_ONCE = 20;

let wire: Wire;
let gateway: RunningGateway;
beforeAll(async () => {
  wire = await startWire(truthful);
  gateway = await startGateway({
    PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
    PARLEY_MODEL_KEY: "sk-canary-of-this-test-0816",
  });
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
  await wire?.close();
});
afterEach(() => wire.script(truthful));

/** Says what the house would say, a few characters at a time. */
function truthful({ schema, user, n }: Asked): Step {
  if (schema?.name === "read") return { answer: { lang: "en", acts: [], unclear: "everything" } };
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  const text = house ? (JSON.parse(house) as string) : "";
  return { answer: { text: `Of course. ${text}`, speech: "" }, piece: 24, every_ms: n % 12, first_ms: n % 7 };
}

/** Mulberry32: the same cuts on every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function person(): Promise<{ peer: Peer; resume: { session: string; secret: string; epoch: string } }> {
  const peer = await Peer.open(gateway.ws, {
    lang: "en",
    currency: "USD",
    kind: "person",
    channel: "chat",
    stream: true,
  });
  const { session, secret = "", epoch } = await peer.next("welcome");
  return { peer, resume: { session, secret, epoch } };
}

/** The whole log of a session, read once nothing is under way in it. */
async function settledLog({ session, secret, epoch }: { session: string; secret: string; epoch: string }) {
  const peer = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 0 } });
  peer.send({ type: "say", id: "the-last", act: { act: "greet" } });
  await peer.until(
    (each) =>
      each.type === "event" && each.event.kind === "reply" && each.event.move.act === "greet" && lastOf(peer),
    "the last reply",
  );
  const events = peer.frames.flatMap((frame) => (frame.type === "event" ? [frame] : []));
  peer.close();
  return events;
}

function lastOf(peer: Peer): boolean {
  return peer.frames.some((frame) => frame.type === "ack" && frame.id === "the-last");
}

/** One talk with a cut somewhere: barge-in, leaving, or speaking on before the words are over. */
async function cutAt(random: () => number) {
  const { peer, resume } = await person();
  const line = LINES[Math.floor(random() * LINES.length)] ?? WISH;
  peer.send({ type: "say", id: "m1", text: line });
  if (random() < 0.3) peer.send({ type: "say", id: "m2", text: WISH });
  // Half of the cuts fall while words are on their way, however slow the machine.
  if (random() < 0.5) await pause(random() * 80);
  else {
    await peer.until((each) => each.type === "event" && each.event.kind === "reply", "a reply");
    await pause(random() * 25);
  }
  const how = random();
  if (how < 0.6) {
    peer.send({ type: "cancel", id: "c1", heard: Math.floor(random() * 120) });
    await pause(random() * 30);
  }
  if (how > 0.5) peer.close();
  const log = await settledLog(resume);
  peer.close();
  return { log, heard: peer.frames };
}

describe("words cut off at any moment", () => {
  it(`leave a log that holds together, what was heard in it (${CUTS} cuts)`, async () => {
    const random = dice(20_260_101);
    // However slow the machine, a cut finds some words half said.
    wire.script((asked) => ({ ...truthful(asked), ...(asked.n % 3 === 0 ? { every_ms: 120 } : {}) }));
    const before = wire.requests.length;
    for (let done = 0; done < CUTS; done += AT_ONCE) {
      const talks = await Promise.all(Array.from({ length: AT_ONCE }, () => cutAt(random)));
      for (const { log, heard } of talks) {
        // The message of the one who reads the log is acked there.
        const seqs = log.map(({ seq }) => seq);
        expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
        expect(new Set(seqs).size).toBe(seqs.length);
        for (const { seq, event } of log) if (event.kind === "reply") worded(seq, event, log, heard);
      }
    }
    const asked = wire.requests.slice(before);
    expect(asked.length).toBeGreaterThan(CUTS / 2);
    const ends = await Promise.all(asked.map(({ ended }) => ended));
    expect(ends.filter((end) => end === "aborted").length).toBeGreaterThan(10);
    expect(gateway.output()).not.toMatch(/Unhandled|words could not be made|MaxListeners/);
  });

  it("with the request at the model ended when its HTTP sender goes", async () => {
    wire.script([{ stall: "request" }]);
    const buyer = await HttpBuyer.open(gateway.url, { kind: "person", channel: "chat" });
    const leaving = new AbortController();
    const url = `${gateway.url}/v1/sessions/${buyer.welcome.session}/messages`;
    const headers = { ...buyer.headers, "content-type": "application/json", "idempotency-key": "m1" };
    const sent = fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ text: WISH }),
      signal: leaving.signal,
    });
    const request = await wire.next();
    leaving.abort();
    await expect(sent).rejects.toThrow();
    expect(await request.ended).toBe("aborted");
    const again = await fetch(url, { method: "POST", headers, body: JSON.stringify({ text: WISH }) });
    const { events } = (await again.json()) as { events: { event: Event }[] };
    expect(events.map(({ event }) => event.kind)).toEqual(["reply", "words"]);
  });

  it("or before their turn began: nobody is asked for one who has left", async () => {
    wire.script([{ stall: "request" }]);
    const { peer, resume } = await person();
    peer.send({ type: "say", id: "m1", text: WISH });
    peer.send({ type: "say", id: "m2", text: WISH });
    const request = await wire.next();
    const asked = wire.requests.length;
    peer.close();
    expect(await request.ended).toBe("aborted");
    // Read without a connection: nobody is back yet.
    const url = `${gateway.url}/v1/sessions/${resume.session}/events`;
    const worded = async () => {
      const page = await fetch(url, { headers: { authorization: `Bearer ${resume.secret}` } });
      const { events } = (await page.json()) as { events: { event: Event }[] };
      return events.filter(({ event }) => event.kind === "reply").length;
    };
    await expect.poll(worded).toBe(2);
    expect(wire.requests.length).toBe(asked);
  });

  it("by the end of the process: the house words the reply, as of its own time", async () => {
    wire.script((asked) => ({ ...truthful(asked), every_ms: 60 }));
    const { peer, resume } = await person();
    peer.send({ type: "say", id: "m1", text: WISH });
    await peer.next("delta");
    const { home } = gateway;
    await gateway.kill();
    gateway = await startGateway({ PARLEY_HOME: home, PARLEY_MODEL: `openai-chat:wire@${wire.url}` });
    const back = await Peer.open(gateway.ws, { resume: { ...resume, seq: 1 } });
    const frame = await back.until((each) => each.type === "event" && each.event.kind === "words", "words");
    const replied = back.frames.find((each) => each.type === "event" && each.event.kind === "reply");
    if (frame.type !== "event" || replied?.type !== "event") throw new Error("unreachable");
    expect(frame.event).toMatchObject({ interrupted: false, at: replied.event.at });
    back.close();
  });

  it("and come out byte-identical when they are decided again", async () => {
    const main = resolve(import.meta.dirname, "../../src/app/main.ts");
    const run = promisify(execFile)(process.execPath, [main, "replay", "all"], {
      env: { ...process.env, PARLEY_HOME: gateway.home },
    });
    const { stdout } = await run.catch((failed: { stdout: string }) => failed);
    const verdicts = stdout.trim().split("\n").slice(0, -1);
    expect(verdicts.length).toBeGreaterThanOrEqual(CUTS);
    expect(verdicts.filter((each) => !each.endsWith(": identical"))).toEqual([]);
  });
});

/** A reply without words has them once, and they begin with what its deltas said, as far as it was heard. */
function worded(
  seq: number,
  reply: Extract<Event, { kind: "reply" }>,
  log: readonly { seq: number; event: Event }[],
  heard: Peer["frames"],
): void {
  // The one whose sender reads the log may still be without.
  if (reply.words || reply.move.act === "greet") return;
  const words = log.flatMap(({ event }) => (event.kind === "words" && event.of === seq ? [event] : []));
  expect(words).toHaveLength(1);
  const said = heard
    .map((frame) => (frame.type === "delta" && frame.re === reply.re ? frame.text : ""))
    .join("");
  const [{ words: { text = "" } = {}, interrupted } = {}] = words;
  if (interrupted) expect(said.startsWith(text)).toBe(true);
  else expect(text.startsWith(said)).toBe(true);
}
