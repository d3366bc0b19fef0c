import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { open } from "../../src/adapters/sqlite/database.ts";
import { sqliteStore } from "../../src/adapters/sqlite/store.ts";
import type { OutboxItem } from "../../src/ports/deliveries.ts";
import type { Delivery, Sink } from "../../src/ports/sink.ts";
import type { Store } from "../../src/ports/store.ts";
import { type Outbox, outbox } from "../../src/session/outbox.ts";
import { commit, opened } from "../contracts/opened.ts";

const START = Date.parse("2030-05-06T07:08:09.000Z");
const SCHEDULE = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const FAILED: Delivery = { outcome: "failed", why: "the receiver answered 500" };
const DELIVERED: Delivery = { outcome: "delivered" };

let home: string;
let store: Store;
let now: number;
let random: number;
let logged: string[];
let counted: string[];
let running: Outbox[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "parley-outbox-"));
  store = sqliteStore(open(join(home, "parley.db")));
  now = START;
  random = 0.5;
  logged = [];
  counted = [];
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await store.close();
  rmSync(home, { recursive: true });
});

/** A sink that answers as it is told to, and keeps what it was given. */
function scripted(answer: (item: OutboxItem) => Delivery | Promise<Delivery>) {
  const given: OutboxItem[] = [];
  const sink: Sink = {
    within_ms: 1_000,
    deliver: async (item) => {
      given.push(item);
      return answer(item);
    },
    close: async () => {},
  };
  return { sink, given };
}

function begin(sinks: Record<string, Sink>): Outbox {
  const note = (_: object, message: string) => void logged.push(message);
  const started = outbox({
    ...{ store, sinks },
    clock: { now: () => new Date(now).toISOString() },
    log: { debug: note, info: note, warn: note, error: note },
    meter: {
      attempt: (sink, outcome) => void counted.push(`${sink} ${outcome}`),
      standing: () => {},
    },
    random: () => random,
  });
  running.push(started);
  return started;
}

async function queue(ids: number, sinks: readonly string[] = ["receiver"]): Promise<string[]> {
  const session = await opened(store);
  const outbox = Array.from({ length: ids }, (_, n) => ({
    ...{ id: `${session}.${n}`, topic: "order.cancelled", body: `{"intent":"int_${n}"}`, sinks },
  }));
  await store.append(commit(session, 1, { at: new Date(now).toISOString(), outbox }));
  return outbox.map(({ id }) => id);
}

/** Seconds until the first is due that waits. */
async function earliest(): Promise<number | null> {
  const at = (await store.sinks())[0]?.earliest ?? null;
  return at === null ? null : (Date.parse(at) - now) / 1_000;
}

describe("a delivery that fails", () => {
  test.each([
    [0, 0.9],
    [0.5, 1],
    [1, 1.1],
  ])(
    "is tried again by the schedule of Standard Webhooks, with the same id (jitter %d)",
    async (drawn, part) => {
      random = drawn;
      const [id] = await queue(1);
      const { sink, given } = scripted(() => FAILED);
      const courier = begin({ receiver: sink });
      for (const [n, seconds] of SCHEDULE.entries()) {
        await expect.poll(earliest).toBeCloseTo(seconds * part, 2);
        expect(given).toHaveLength(n + 1);
        now += seconds * part * 1_000 - 1;
        courier.wake();
        await courier.stop();
        running.pop();
        expect(given).toHaveLength(n + 1);
        now += 2;
        Object.assign(courier, begin({ receiver: sink }));
      }
      await expect.poll(() => store.dead(null, 10)).toMatchObject([{ id, attempts: 10, error: FAILED.why }]);
      expect(given.map((item) => item.id)).toEqual(Array(10).fill(id));
      expect(counted).toEqual([...Array(9).fill("receiver failed"), "receiver given_up"]);
      expect(logged.at(-1)).toContain("outbox resend");
    },
  );

  test("waits as long as the receiver asks, where that is longer, and a day at most", async () => {
    for (const [wait_s, expected] of [
      [3, 5],
      [60, 60],
      [86_400, 86_400],
      [999_999_999, 86_400],
    ] as const) {
      const [id = ""] = await queue(1);
      const courier = begin({ receiver: scripted(() => ({ ...FAILED, wait_s }) as Delivery).sink });
      await expect.poll(earliest).toBeCloseTo(expected, 2);
      await courier.stop();
      await store.delivered(id, "receiver");
    }
  });

  test("may fail by throwing", async () => {
    await queue(1);
    begin({
      receiver: scripted(() => {
        throw new Error("the disk is full");
      }).sink,
    });
    await expect.poll(earliest).toBeCloseTo(5, 2);
  });

  test("that was given up is sent once it is made due again, under the same id", async () => {
    const [id = ""] = await queue(1);
    await store.failed(id, "receiver", null, "refused");
    const { sink, given } = scripted(() => DELIVERED);
    const courier = begin({ receiver: sink });
    expect(await store.revive([id], new Date(now).toISOString())).toBe(1);
    courier.wake();
    await expect.poll(() => store.sinks()).toEqual([]);
    expect(given.map((item) => item.id)).toEqual([id]);
  });
});

describe("several sinks", () => {
  test("are delivered to each by itself: one that fails or never answers holds up and doubles nothing of another", async () => {
    const ids = await queue(40, ["receiver", "stream", "hanging"]);
    const hanging = scripted(() => new Promise(() => {}));
    const failing = scripted(() => FAILED);
    const taking = scripted(() => DELIVERED);
    begin({ receiver: taking.sink, stream: failing.sink, hanging: hanging.sink });
    await expect.poll(() => taking.given.length).toBe(40);
    await expect.poll(() => failing.given.length).toBe(40);
    expect(taking.given.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    now += 6_000;
    for (const one of running) one.wake();
    await expect.poll(() => failing.given.length).toBe(80);
    expect(taking.given).toHaveLength(40);
    await expect
      .poll(() => store.sinks())
      .toMatchObject([{ sink: "hanging" }, { sink: "stream", waiting: 40 }]);
    expect(hanging.given).toHaveLength(16);
    // It would be waited for.
    running = [];
  });

  test("of two nodes share the work: every item is delivered once", async () => {
    const ids = await queue(60);
    const { sink, given } = scripted(() => DELIVERED);
    begin({ receiver: sink });
    begin({ receiver: sink });
    await expect.poll(() => store.sinks()).toEqual([]);
    expect(given.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  test("that are configured no more are named in the log while anything waits for them", async () => {
    await queue(1, ["receiver", "stream"]);
    begin({ receiver: scripted(() => DELIVERED).sink });
    await expect.poll(() => logged).toContainEqual(expect.stringContaining("no longer configured"));
  });
});

describe("a receiver that is gone (410)", () => {
  test("is sent nothing more, after a restart either, and everything once it is enabled", async () => {
    await queue(3);
    const { sink, given } = scripted(() => ({ outcome: "gone", why: "the receiver answered 410" }));
    const first = begin({ receiver: sink });
    await expect
      .poll(() => store.sinks())
      .toMatchObject([{ waiting: 3, dead: 0, disabled: { why: "the receiver answered 410" } }]);
    await first.stop();
    expect(logged).toContainEqual(expect.stringContaining("outbox enable receiver"));
    const tried = given.length;
    const again = scripted(() => DELIVERED);
    const second = begin({ receiver: again.sink });
    const [later = ""] = await queue(1);
    second.wake();
    await second.stop();
    expect([given.length, again.given.length]).toEqual([tried, 0]);
    await store.enable("receiver");
    const third = begin({ receiver: again.sink });
    await expect.poll(() => store.sinks()).toEqual([]);
    expect(again.given).toHaveLength(4);
    expect(again.given.map(({ id }) => id)).toContain(later);
    await third.stop();
  });
});
