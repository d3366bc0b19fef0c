import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openModel } from "../../src/adapters/model/drivers.ts";
import { openPrompts } from "../../src/adapters/prompts/open.ts";
import { asker } from "../../src/asking/ask.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Prompts } from "../../src/ports/prompts.ts";
import type { Store, TurnRecord } from "../../src/ports/store.ts";
import { Connection } from "../../src/session/connection.ts";
import type { House } from "../../src/session/house.ts";
import type { Session } from "../../src/session/session.ts";
import { agent } from "../../src/turn/house-agent.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { somebody } from "./door.ts";
import { type OpenedHouse, openHouse } from "./opened-house.ts";

const PERSON = { principal: "anonymous", kind: "person", tier: "anonymous" } as const;
const CHAT = { lang: "en", channel: "chat", kind: "person" } as const;
const WISH = "I'd like to buy two Gadan Aero Mesh chairs in black.";
const REMARK = "better days for my zebra, a saddle maybe";

let wire: Wire;
let prompts: Prompts;
let house: OpenedHouse;
let slow = false;
let conflict = false;
let refused: TurnRecord | undefined;

beforeAll(async () => {
  wire = await startWire(truthful);
  prompts = await openPrompts(resolve(import.meta.dirname, "../../prompts"), {
    ...{ watch: false, onProblem: () => {}, onChange: () => {} },
  });
  house = await openHouse(reading, await model());
});
afterAll(async () => {
  await house?.close();
  await prompts?.close();
  await wire?.close();
});

/** A store whose history can take a while to read, and where others can be first at the stock. */
function reading(store: Store): Store {
  return {
    ...store,
    append: (commit) => {
      if (!conflict || !commit.turn) return store.append(commit);
      conflict = false;
      refused = commit.turn;
      return Promise.resolve({ short: "CH-AM-BLK" });
    },
    read: async (...args) => {
      const page = await store.read(...args);
      if (slow) await new Promise((done) => setTimeout(done, 150));
      return page;
    },
  };
}

async function model(): Promise<NonNullable<House["model"]>> {
  const one = await openModel(`openai-chat:wire@${wire.url}`);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return { agent, asker: asker({ models: { reading: one, wording: one }, prompts, prices: {}, log }) };
}

function houseIn(user: string): string {
  return JSON.parse(/<data name="house">(.*?)<\/data>/s.exec(user)?.[1] ?? '""') as string;
}

function truthful({ schema, user }: Asked): Step {
  if (schema?.name === "read") return { answer: { lang: "en", acts: [], unclear: "everything" } };
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  return { answer: { text: `Of course. ${houseIn(user)}`, speech: "" }, piece: 24 };
}

async function buyer(gateway = house.gateway) {
  const { session } = await gateway.open(CHAT, PERSON);
  const heard = { events: [] as Event[], said: "" };
  const watcher = {
    streams: true,
    event: (_: number, frame: string) =>
      void heard.events.push((JSON.parse(frame) as { event: Event }).event),
    delta: (_re: number, _n: number, text: string) => {
      heard.said += text;
    },
  };
  session.watch(watcher);
  return { session, heard, watcher, leave: () => session.unwatch(watcher) };
}

function wordsOf(events: readonly Event[]) {
  return events.flatMap((event) => (event.kind === "words" ? [event] : []));
}

const frames: { type: string; concerns?: number; call?: { prompt: string } }[] = [];
function observer(session: Session): Connection {
  const wire = {
    send: (text: string) => void frames.push(JSON.parse(text)),
    close: () => {},
    buffered: () => 0,
  };
  const connection = new Connection(house.gateway, wire, somebody());
  connection.receive(JSON.stringify({ type: "hello", role: "observer", key: "staff", session: session.id }));
  return connection;
}

test("staff get every question once, after its turn, though buyers go on while they come in", async () => {
  const { session, watcher } = await buyer();
  const say = (id: string, text = WISH) => session.submit({ id, text }, watcher);
  await say("m1", REMARK);
  await say("m2");
  slow = true;
  const watching = observer(session);
  await say("m3");
  slow = false;
  await say("m4", REMARK);
  await expect.poll(() => frames.filter(({ type }) => type === "staff").length).toBe(4);
  const staff = frames.filter(({ type }) => type.startsWith("staff"));
  const calls = staff.flatMap(({ call, concerns }) => (call ? [`${call.prompt} ${concerns}`] : []));
  expect(new Set(calls).size).toBe(calls.length);
  expect(calls).toEqual(["read 2", "research 2", "word 2", "word 5", "word 8", "read 11", "word 11"]);
  for (const [at, { type, concerns = 0 }] of staff.entries())
    if (type === "staff_call")
      expect(staff.slice(0, at)).toContainEqual(
        expect.objectContaining({ type: "staff", concerns: concerns + 1 }),
      );
  watching.gone();
});

test("a cancel while a message is being read is about the reply before it", async () => {
  const { session, heard, watcher } = await buyer();
  await session.submit({ id: "m1", text: WISH }, watcher);
  const first = session.state.replied;
  wire.script((asked) => ({ ...truthful(asked), first_ms: asked.schema?.name === "read" ? 300 : 0 }));
  const second = session.submit({ id: "m2", text: REMARK }, watcher);
  await wire.next();
  await session.cancel(undefined, 7);
  await second;
  wire.script(truthful);
  expect(heard.events.filter(({ kind }) => kind === "interrupted")).toMatchObject([{ of: first, heard: 7 }]);
  expect(wordsOf(heard.events).map(({ interrupted }) => interrupted)).toEqual([false, false]);
});

test("words that grow past their bound end with the house's, behind what was said", async () => {
  const { session, heard, watcher } = await buyer();
  wire.script((asked) => {
    if (asked.schema?.name !== "word") return truthful(asked);
    const lines = Array.from(
      { length: 14 },
      (_, i) => `${"Of course, ".repeat(1 + (i % 3))}${houseIn(asked.user)}`,
    );
    return { answer: { text: lines.join("\n"), speech: "" }, piece: 200 };
  });
  await session.submit({ id: "m1", text: WISH }, watcher);
  wire.script(truthful);
  const [done] = wordsOf(heard.events);
  expect(heard.said).not.toBe("");
  expect(done?.words.text.startsWith(heard.said)).toBe(true);
  expect(done?.words.text.length).toBe(heard.said.length);
});

test("a gateway that drains asks no model any more, for what waits neither", async () => {
  const leaving = house.again();
  const { session, heard, watcher } = await buyer(leaving);
  wire.script([{ stall: "request" }]);
  const first = session.submit({ id: "m1", text: WISH }, watcher);
  const second = session.submit({ id: "m2", text: WISH }, watcher);
  const request = await wire.next();
  const asked = wire.requests.length;
  leaving.drain();
  await Promise.all([first, second]);
  wire.script(truthful);
  expect(await request.ended).toBe("aborted");
  expect(wire.requests.length).toBe(asked);
  expect(wordsOf(heard.events)).toHaveLength(2);
});

test("a turn decided again after a conflict, with look-ups a model asked for, is replayed to the same bytes", async () => {
  const { session, watcher } = await buyer();
  const topics = ["weight", "colour", "assembly", "noise", "armrests", "wheels"];
  wire.script((asked) => {
    if (asked.schema?.name !== "research") return truthful(asked);
    const asks = ["CH-TS", "CH-AM-BLK", "CH-DR"].map((sku) => ({
      look: "ask",
      sku,
      question: topics.shift(),
    }));
    return {
      answer: { look_ups: [...asks, { look: "search", query: `chair ${asked.n}`, price_max: null }] },
    };
  });
  conflict = true;
  const text =
    "Which chairs have the best reviews, are they good for tall people, and does the warranty cover spills?";
  await session.submit({ id: "m1", text }, watcher);
  wire.script(truthful);
  expect(conflict).toBe(false);
  const calls = await house.store.calls(session.id);
  expect(calls.map(({ call }) => call.prompt)).toContain("research");
  const [turn] = await house.store.turns(session.id);
  expect(turn?.lookups).toEqual(refused?.lookups);
  expect(await house.replayed(session.id)).toMatchObject({ turns: 1, differences: [] });
});

test("a yes that only a model heard binds nothing, however often it is heard", async () => {
  const { session, heard, watcher } = await buyer();
  const place = { country: "US", postal_code: "45501", lines: ["1 Main Street"], city: "Springfield" };
  const details = { name: "Ada Kim", ...place };
  const payer = { name: "Ada Kim", email: "ada@example.com" };
  await session.submit({ id: "m0", act: { act: "inform", details: { ship_to: details, payer } } }, watcher);
  await session.submit({ id: "m1", text: WISH }, watcher);
  wire.script((asked) =>
    asked.schema?.name === "read"
      ? { answer: { lang: "en", acts: [{ act: "agree" }], unclear: null } }
      : truthful(asked),
  );
  const moves: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { seq } = await session.submit(
      { id: `y${i}`, text: "that does have a certain ring to it" },
      watcher,
    );
    const reply = heard.events.find((event) => event.kind === "reply" && event.re === seq);
    if (reply?.kind === "reply") moves.push(reply.move.act);
  }
  wire.script(truthful);
  expect(moves).toContain("readback");
  expect(moves).not.toContain("accepted");
  expect(session.state.intents).toEqual([]);
});
