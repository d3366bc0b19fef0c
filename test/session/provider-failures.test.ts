import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openModel } from "../../src/adapters/model/drivers.ts";
import { openPrompts } from "../../src/adapters/prompts/open.ts";
import { asker } from "../../src/asking/ask.ts";
import type { Asker } from "../../src/asking/asker.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Prompts } from "../../src/ports/prompts.ts";
import { agent } from "../../src/turn/house-agent.ts";
import { failures, startFailing } from "../wire/failures.ts";
import { type OpenedHouse, openHouse } from "./opened-house.ts";

const KEY = "sk-canary-of-this-test-4711";
const PERSON = { principal: "anonymous", kind: "person", tier: "anonymous" } as const;
const CHAT = { lang: "en", channel: "chat", kind: "person" } as const;
/** Words are streamed: what shows only in a whole body cannot happen to them. */
const table = failures().filter((failure) => failure.only !== "whole");

let house: OpenedHouse;
let prompts: Prompts;
let current: Asker;
const logged: string[] = [];

beforeAll(async () => {
  prompts = await openPrompts(resolve(import.meta.dirname, "../../prompts"), {
    watch: false,
    onProblem: () => {},
    onChange: () => {},
  });
  // One house; who is asked changes from failure to failure.
  const changing: Asker = {
    ask: (question, options) => current.ask(question, { ...options, purse: current.purse(NOTHING) }),
    purse: (spent) => current.purse(spent),
  };
  current = await askerOf("openai-chat:none@http://127.0.0.1:9/v1");
  house = await openHouse(undefined, { agent, asker: changing });
});
afterAll(async () => {
  await house.close();
  await prompts.close();
});

const NOTHING = { questions: 0, tokens: 0, micro_usd: 0 };

/** Short where only the deadline ends it, so that a slow machine is no failure of the provider's. */
async function askerOf(line: string, call_ms = 20_000): Promise<Asker> {
  const model = await openModel(line, { key: KEY });
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  return asker({
    models: { reading: model, wording: model },
    prompts,
    prices: {},
    bounds: { call_ms },
    log: { debug: note, info: note, warn: note, error: note },
    sleep: async () => {},
  });
}

describe("whatever a provider does", () => {
  test("the table has the failures there are", () => {
    expect(table.length).toBeGreaterThanOrEqual(20);
  });

  test.each(table.map((failure) => [failure.name, failure] as const))(
    "%s: the conversation goes on, nothing untrue is said, and the log names the cause",
    async (_, failure) => {
      const failing = await startFailing(failure);
      try {
        current = await askerOf(`openai-chat:wire@${failing.url}`, failure.waits ? 400 : undefined);
        logged.length = 0;
        const { session } = await house.gateway.open(CHAT, PERSON);
        const before = session.state.seq;
        await session.submit(
          { id: "m1", text: "I'd like to buy two Gadan Aero Mesh chairs in black." },
          null,
        );
        await session.submit({ id: "m2", text: "Ok, and how long is the warranty on them?" }, null);
        const log = (await house.store.read(session.id, before, 50)).map(
          ({ json }) => JSON.parse(json) as Event,
        );
        const [offer, answer] = log.filter((event) => event.kind === "reply");
        const words = log.filter((event) => event.kind === "words");
        expect(offer?.move.offers[0]?.lines[0]).toMatchObject({ sku: "CH-AM-BLK", quantity: 2 });
        expect(answer?.move.act).toBe("inform");
        expect(words.map((each) => each.interrupted)).toEqual([false, false]);
        // The house says it: its figures, and nothing of what the provider sent.
        expect(words[0]?.words.text).toContain("$704.06");
        expect(words.map((each) => each.words.lang)).toEqual(["en", "en"]);
        const calls = (await house.store.calls(session.id)).map(({ call }) => call);
        expect(calls.map((call) => call.prompt)).toContain("word");
        if (failure.why === "answered") expect(calls.length).toBeGreaterThanOrEqual(2);
        else {
          expect(calls[0]?.outcome).toBe(failure.why);
          expect(logged.join("\n")).toContain(failure.why);
        }
        const told = JSON.stringify([log, calls, logged]);
        expect(told).not.toContain(KEY);
      } finally {
        await failing.close();
      }
    },
  );
});
