import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NATS, natsIsThere } from "../adapters/nats/server.ts";
import { type Peer, startGateway } from "../harness.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { eventsOf, joined, logOf, numbersOf, opened, type Pair, pairOf, upTo } from "./two-nodes.ts";

const WISH = "I'd like to buy two Gadan Aero Mesh chairs in black.";
const PERSON = { lang: "en", currency: "USD", kind: "person", channel: "chat", stream: true };

/** Says what the house would say, a few characters at a time, for some seconds. */
function slowly({ schema, user }: Asked): Step {
  if (schema?.name === "read") return { answer: { lang: "en", acts: [], unclear: "everything" } };
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  return {
    answer: { text: `Of course. ${house ? JSON.parse(house) : ""}`, speech: "" },
    piece: 6,
    every_ms: 60,
  };
}

/** What the deltas of a connection said of the reply to event `re`. */
const saidOf = ({ frames }: Peer, re: number) =>
  frames.map((frame) => (frame.type === "delta" && frame.re === re ? frame.text : "")).join("");

const wordsOf = (events: ReturnType<typeof eventsOf>) =>
  events.flatMap(({ event }) => (event.kind === "words" ? [event] : []));

describe.runIf(await natsIsThere())("words that a model makes at one of two gateways", () => {
  let wire: Wire;
  let pair: Pair;
  beforeAll(async () => {
    wire = await startWire(slowly);
    const home = mkdtempSync(join(tmpdir(), "parley-nodes-"));
    const env = {
      PARLEY_HOME: home,
      PARLEY_BUS: NATS,
      PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
      PARLEY_MODEL_KEY: "sk-canary-of-this-test-0816",
    };
    pair = await pairOf({
      start: () => startGateway(env),
      remove: async () => rmSync(home, { recursive: true, force: true }),
    });
  });
  afterAll(async () => {
    await pair?.close();
    await wire?.close();
  });

  it("are waited for by what is said at the other, and both tabs are told the same", async () => {
    const { peer, told } = await opened(pair.a, PERSON);
    peer.send({ type: "say", id: "m1", text: WISH });
    await peer.next("delta");
    const other = await joined(pair.b, told);
    other.send({ type: "say", id: "m2", act: { act: "greet" } });
    await expect.poll(() => numbersOf(other).at(-1)).toBe(6);
    const log = await logOf(pair.a, told);
    expect(log.map(({ event }) => event.kind)).toEqual([
      "opened",
      "message",
      "reply",
      "words",
      "message",
      "reply",
    ]);
    const [first] = wordsOf(log);
    expect(first?.words.text).toMatch(/^Of course\. /);
    expect(first?.words.text.startsWith(saidOf(peer, 2))).toBe(true);
    await expect.poll(() => numbersOf(peer)).toEqual(upTo(6, 2));
    expect(numbersOf(other)).toEqual(upTo(6));
    peer.close();
    other.close();
  });

  it("end when they are cut off at the other, and are the house's then: once", async () => {
    const { peer, told } = await opened(pair.a, PERSON);
    peer.send({ type: "say", id: "m1", text: WISH });
    await peer.next("delta");
    const other = await joined(pair.b, told);
    other.send({ type: "cancel", id: "c1", heard: 3 });
    await expect.poll(() => numbersOf(peer).at(-1)).toBe(5);
    const log = await logOf(pair.b, told);
    expect(log.map(({ event }) => event.kind)).toEqual([
      "opened",
      "message",
      "reply",
      "words",
      "interrupted",
    ]);
    expect(wordsOf(log)[0]?.words.text).not.toMatch(/^Of course/);
    const deltas = saidOf(peer, 2);
    await peer.say({ id: "m2", act: { act: "greet" } });
    expect(saidOf(peer, 2)).toBe(deltas);
    expect(numbersOf(peer)).toEqual(upTo(numbersOf(peer).length + 1, 2));
    peer.close();
    other.close();
  });

  it("are the house's when the gateway that makes them is killed, without a word from anybody", async () => {
    const { peer, told } = await opened(pair.a, PERSON);
    peer.send({ type: "say", id: "m1", text: WISH });
    await peer.next("delta");
    await pair.a.kill();
    const back = await joined(pair.b, told);
    await expect.poll(() => numbersOf(back)).toEqual(upTo(4));
    expect(wordsOf(eventsOf(back))).toHaveLength(1);
    back.close();
    pair.a = await pair.again();
  });
});
