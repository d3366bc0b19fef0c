import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { committer } from "../../../src/adapters/sqlite/committer.ts";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { directStore } from "../../../src/adapters/sqlite/direct.ts";
import { stockFor } from "../../../src/adapters/sqlite/holdings.ts";
import { sqliteStore } from "../../../src/adapters/sqlite/store.ts";
import type { Call } from "../../../src/domain/question.ts";
import type { TurnRecord } from "../../../src/ports/store.ts";
import { AT, commit, event, opened, order } from "../../contracts/opened.ts";
import { storeContract } from "../../contracts/store.ts";

storeContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-store-"));
  const path = join(folder, "parley.db");
  const store = sqliteStore(open(path));
  const beside = open(path);
  return {
    store,
    stock: stockOf(beside),
    free: async (sku, viewer) => stockFor(beside)(sku, viewer),
    close: async () => {
      beside.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

storeContract("SQLite without threads", async () => {
  const db = open(":memory:");
  const store = directStore(db);
  const free = stockFor(db);
  return {
    store,
    stock: stockOf(db),
    free: async (sku, viewer) => free(sku, viewer),
    close: () => store.close(),
  };
});

describe("an erasure in a file", () => {
  const CANARY = "c4n4ry of Kim Young-hee, 12 Sejong-daero";

  test.each(["erased", "forgotten"])(
    "leaves no text of what was %s in any file of the database",
    async (how) => {
      const folder = await mkdtemp(join(tmpdir(), "parley-erased-"));
      const store = sqliteStore(open(join(folder, "parley.db")));
      const found = async () => {
        const names = await readdir(folder);
        const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "latin1")));
        return texts.reduce((sum, text) => sum + text.split(CANARY).length - 1, 0);
      };
      // Long enough for pages of their own, which are freed, and short, which are overwritten where they stand.
      const texts = [CANARY, `${CANARY} ${"x".repeat(9_000)} ${CANARY}`];
      const sessions = await Promise.all(texts.map(() => opened(store, { principal: `person:${CANARY}` })));
      for (const [i, session] of sessions.entries()) {
        const json = JSON.stringify({ text: texts[i] });
        const events = [event(2, json), event(3, json)];
        const turn = { message: 2, reply: 3, now: texts[i] } as unknown as TurnRecord;
        const calls = { message: 2, calls: [{ answer: texts[i] } as unknown as Call] };
        const intents = [order(session, 1, { payload: json, jws: CANARY })];
        const outbox = [{ id: `${session}.1`, topic: "order.bound", body: json, sinks: ["receiver"] }];
        const message = { id: CANARY.slice(0, 40), seq: 2 };
        await store.append(commit(session, 1, { events, turn, calls, intents, outbox, message }));
      }
      expect(await found()).toBeGreaterThan(20);
      for (const session of sessions) {
        if (how === "forgotten") await store.forget(session);
        else {
          const what = { session, term: 1, at: AT, pseudonym: "gone", intents: [], outbox: [] };
          expect(await store.erase({ ...what, receipt: "r" })).toEqual({ events: 3, intents: 1 });
        }
      }
      expect(await found()).toBe(0);
      await store.close();
      expect(await found()).toBe(0);
      await rm(folder, { recursive: true });
    },
  );
});

function stockOf(db: DatabaseSync) {
  return async (sku: string, units?: number) => {
    if (units !== undefined)
      db.prepare("INSERT OR REPLACE INTO stock (sku, on_hand) VALUES (?, ?)").run(sku, units);
    return Number(db.prepare("SELECT on_hand FROM stock WHERE sku = ?").get(sku)?.on_hand);
  };
}

test("a store whose writing thread died accepts nothing more, and closes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-dead-"));
  // A folder is no database: the thread dies of it.
  const { write, close } = committer(folder);
  await expect(write("ping")).rejects.toMatchObject({ code: "unavailable" });
  await expect(write("ping")).rejects.toMatchObject({ code: "unavailable" });
  await close();
  await rm(folder, { recursive: true });
});

test("a log is carried over by a thread that begins once there is enough of it, and ends when nothing more comes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-carried-"));
  const path = join(folder, "parley.db");
  const main = open(path);
  const { write, close } = committer(path, 4);
  const begun: Worker[] = [];
  let ended = 0;
  const seen = (thread: Worker) => {
    begun.push(thread);
    thread.once("exit", () => {
      ended += 1;
    });
  };
  await write("ping");
  process.on("worker", seen);
  try {
    for (let n = 0; n < 250; n++) await write("ping");
    await expect.poll(() => [begun.length, ended]).toEqual([1, 1]);
    for (let n = 0; n < 250; n++) await write("ping");
    await expect.poll(() => begun.length).toBe(2);
  } finally {
    process.off("worker", seen);
    await close();
    main.close();
    await rm(folder, { recursive: true });
  }
  expect(ended).toBe(2);
});
