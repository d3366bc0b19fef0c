import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres, pooled } from "../../../src/adapters/postgres/database.ts";
import { postgresSearch } from "../../../src/adapters/postgres/search.ts";
import { postgresStore } from "../../../src/adapters/postgres/store.ts";
import { AT, commit, event, opened, order } from "../../contracts/opened.ts";
import { storeContract } from "../../contracts/store.ts";
import { isThere, postgresDatabase } from "./knowledge.ts";
import { type PostgresShelf, postgresShelf } from "./shelf.ts";

describe.runIf(await isThere())("on a server", () => {
  storeContract("PostgreSQL", postgresShelf);

  describe("PostgreSQL: two nodes", () => {
    let shelf: PostgresShelf;
    let nodes: [PostgresShelf["store"], PostgresShelf["store"]];
    beforeAll(async () => {
      shelf = await postgresShelf();
      nodes = [shelf.store, await shelf.beside()];
    });
    afterAll(() => shelf.close());
    const [first, second] = [() => nodes[0], () => nodes[1]];

    test("the one that claims a session fences the other, which sees what was appended since", async () => {
      const id = await opened(first());
      expect(await first().append(commit(id, 1))).toBe("appended");
      expect(await second().claim(id)).toBe(2);
      expect(await first().append(commit(id, 2))).toBe("fenced");
      expect(await second().append(commit(id, 2, { term: 2 }))).toBe("appended");
      expect(await first().heads([id])).toEqual({ [id]: 3 });
    });

    test("a claim that was begun before others and is durable after them is named all the same", async () => {
      const [slow, quick] = [await opened(first()), await opened(first())];
      const { next: start } = await first().claims(null);
      const next = await shelf.sql.begin("READ COMMITTED", async (tx) => {
        await tx.query("UPDATE session SET term = term + 1, claimed = pg_current_xact_id() WHERE id = $1", [
          slow,
        ]);
        await second().claim(quick);
        const { claimed, next } = await first().claims(start);
        expect(claimed.filter(([id]) => id === slow || id === quick)).toEqual([[quick, 2]]);
        return next;
      });
      expect((await first().claims(next)).claimed).toContainEqual([slow, 2]);
    });

    test("a claim at either comes before or behind an append, never into it", async () => {
      for (let round = 0; round < 30; round++) {
        const id = await opened(first());
        const [outcome, seen] = await Promise.all([
          first().append(commit(id, 1)),
          second()
            .claim(id)
            .then(() => second().head(id)),
        ]);
        expect(seen?.seq).toBe(outcome === "appended" ? 2 : 1);
        expect((await first().head(id))?.seq).toBe(seen?.seq);
      }
    });

    test("what 200 buyers at both took, were charged and left held comes to what was there, over and over", async () => {
      for (let round = 0; round < 5; round++) {
        const [sku, account] = [`last ${round}`, `purse ${round}`];
        await shelf.stock(sku, 10);
        const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => opened(nodes[n % 2] ?? first())));
        const buy = (id: string, n: number) =>
          (nodes[n % 2] ?? first()).append(
            commit(id, 1, {
              take: [{ sku, quantity: 1 }],
              intents: [order(id, 1, { lines: [{ sku, quantity: 1 }] })],
              spend: { intent: `${id}.1`, charges: [{ account, amount: 7, most: 1_000 }] },
              hold: { until: "9", units: [{ sku, quantity: 1 }], charges: [], share_bp: 5_000 },
            }),
          );
        const outcomes = await Promise.all(ids.map(buy));
        const sold = outcomes.filter((outcome) => outcome === "appended").length;
        const short = outcomes.filter((outcome) => typeof outcome === "object" && "short" in outcome).length;
        expect(sold + short).toBe(200);
        const left = await shelf.stock(sku);
        expect(sold).toBe(10 - left);
        expect(await first().used([account], { session: "", now: AT })).toEqual({ [account]: 7 * sold });
      }
    });

    test("of 200 buyers at both for 10 units exactly 10 get one", async () => {
      await shelf.stock("ten", 10);
      const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => opened(nodes[n % 2] ?? first())));
      const take = [{ sku: "ten", quantity: 1 }];
      const outcomes = await Promise.all(
        ids.map((id, n) => (nodes[n % 2] ?? first()).append(commit(id, 1, { take }))),
      );
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(10);
      expect(await shelf.stock("ten")).toBe(0);
    });

    test("groups that want the same goods in opposite orders all come through", async () => {
      const skus = Array.from({ length: 12 }, (_, n) => `crossed ${n}`);
      for (const sku of skus) await shelf.stock(sku, 1_000);
      const ids = await Promise.all(Array.from({ length: 60 }, (_, n) => opened(nodes[n % 2] ?? first())));
      const outcomes = await Promise.all(
        ids.map((id, n) => {
          const take = (n % 2 ? skus : skus.toReversed()).map((sku) => ({ sku, quantity: 1 }));
          return (nodes[n % 2] ?? first()).append(commit(id, 1, { take }));
        }),
      );
      expect(new Set(outcomes)).toEqual(new Set(["appended"]));
      for (const sku of skus) expect(await shelf.stock(sku)).toBe(940);
    });
  });

  describe("PostgreSQL: what goes wrong", () => {
    let shelf: PostgresShelf;
    beforeAll(async () => {
      shelf = await postgresShelf();
    });
    afterAll(() => shelf.close());

    const cut = async () => {
      const beside = pooled(shelf.url);
      await beside.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
      await beside.end();
    };

    test("one write that cannot be made fails alone, whoever came with it", async () => {
      const { store } = shelf;
      const ids = await Promise.all(Array.from({ length: 6 }, () => opened(store)));
      const [odd] = ids as [string];
      // The same client's id twice in one session: what the session layer never asks for.
      await store.append(commit(odd, 1, { message: { id: "same", seq: 2 } }));
      const outcomes = await Promise.allSettled(
        ids.map((id) =>
          store.append(id === odd ? commit(id, 2, { message: { id: "same", seq: 3 } }) : commit(id, 1)),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(["rejected", ...Array(5).fill("fulfilled")]);
      expect(await store.heads(ids)).toEqual(Object.fromEntries(ids.map((id) => [id, 2])));
    });

    test("cut off again and again, it acknowledges only what is stored and stores each append once", async () => {
      const { store } = shelf;
      await shelf.stock("cut", 100_000);
      const told = { stored: 0, unknown: 0 };
      let cutting = true;
      const cuts = (async () => {
        for (let i = 0; i < 12; i++) {
          await cut();
          await new Promise((later) => setTimeout(later, 40));
        }
        cutting = false;
      })();
      const buyers = Array.from({ length: 20 }, async () => {
        let id: string | null = null;
        while (id === null) id = await opened(store).catch(() => null);
        let taken = 0;
        while (cutting) {
          const after = (await store.head(id).catch(() => null))?.seq;
          if (after === undefined) continue;
          const outcome = await store
            .append(commit(id, after, { take: [{ sku: "cut", quantity: 1 }] }))
            .catch((error: { code?: string }) => error.code);
          if (outcome === "appended") taken += 1;
          expect(["appended", "unavailable"]).toContain(outcome);
          if (outcome === "unavailable") told.unknown += 1;
        }
        told.stored += taken;
        return { id, taken };
      });
      const ends = await Promise.all(buyers);
      await cuts;
      await expect
        .poll(() =>
          store.ping().then(
            () => "up",
            () => "down",
          ),
        )
        .toBe("up");
      let events = 0;
      for (const { id, taken } of ends) {
        const seq = (await store.head(id))?.seq ?? 0;
        expect((await store.read(id, 0, 100_000)).map((one) => one.seq)).toEqual(
          Array.from({ length: seq }, (_, i) => i + 1),
        );
        expect(seq - 1).toBeGreaterThanOrEqual(taken);
        events += seq - 1;
      }
      expect(await shelf.stock("cut")).toBe(100_000 - events);
      expect(told.unknown).toBeGreaterThan(0);
      expect(told.stored).toBeGreaterThan(0);
    });

    test("erasing many sessions at once leaves connections to buyers, however long the server takes to clean up", async () => {
      const { store } = shelf;
      const gone = await Promise.all(Array.from({ length: 24 }, () => opened(store)));
      const buyer = await opened(store);
      const [locking, looking] = [pooled(shelf.url), pooled(shelf.url)];
      const erasing = await locking.alone(async (beside) => {
        // As whoever builds an index or cleans the table: the server's own cleaning waits for it.
        await beside.query("BEGIN; LOCK TABLE event IN SHARE UPDATE EXCLUSIVE MODE");
        const erased = gone.map((session) => {
          const left = { pseudonym: "gone_x", intents: [], receipt: session, outbox: [] };
          return store.erase({ session, term: 1, at: AT, ...left }).then(() => store.forget(session));
        });
        const waiting =
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'VACUUM%' AND wait_event_type = 'Lock'";
        await expect.poll(async () => (await looking.query(waiting)).length).toBeGreaterThan(0);
        await expect.poll(() => store.receipt(gone.at(-1) ?? "")).not.toBeNull();
        expect(await store.append(commit(buyer, 1))).toBe("appended");
        expect((await store.head(buyer))?.seq).toBe(2);
        await beside.query("COMMIT");
        return { done: Promise.allSettled(erased) };
      });
      expect(new Set((await erasing.done).map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
      await Promise.all([locking.end(), looking.end()]);
      expect(await store.heads(gone)).toEqual({});
    });

    test("a server that goes silent is given up, and the next one asked, without a restart", async () => {
      const server = new URL(shelf.url);
      let silent = false;
      const ends: Socket[] = [];
      const proxy = createServer((near) => {
        const far = connect(Number(server.port || 5432), server.hostname);
        ends.push(near, far);
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          const mute = silent;
          // What a machine that is gone leaves behind: no byte, and no end of the connection either.
          from.on("data", (bytes) => silent === mute && to.write(bytes));
          from.on("error", () => {});
          from.on("close", () => silent === mute && to.destroy());
        }
      });
      await new Promise<void>((up) => proxy.listen(0, "127.0.0.1", up));
      const at = new URL(shelf.url);
      at.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const sql = pooled(at.href);
      const store = await postgresStore(sql);
      const finding = pooled(at.href);
      const search = postgresSearch(finding, sql);
      const wanted = { kind: "passages", text: "returns", lang: "en", limit: 1 } as const;
      const find = () => search.find(wanted, 1_000, { session: "", now: AT });
      const id = await opened(store);
      // As many as there are connections, so that all of them are in use.
      const reading = () => Array.from({ length: 10 }, () => store.head(id));
      const searching = () => Array.from({ length: 10 }, find);
      await Promise.all([...reading(), ...searching()]);
      silent = true;
      expect((await Promise.all(searching())).map(({ partial }) => partial)).toEqual(Array(10).fill(true));
      const lost = await Promise.allSettled([store.append(commit(id, 1)), ...reading()]);
      expect(lost.map((one) => (one.status === "rejected" ? one.reason.code : one.value))).toEqual(
        Array(11).fill("unavailable"),
      );
      expect((await store.head(id))?.seq).toBe(1);
      expect(await store.append(commit(id, 1))).toBe("appended");
      await expect.poll(async () => (await find()).partial).toBe(false);
      await store.close();
      await Promise.all([sql.end(), finding.end()]);
      for (const end of ends) end.destroy();
      proxy.close();
    });

    test.each(["fsync", "synchronous_commit"])(
      "a server that may lose what it acknowledges is refused: %s off",
      async (name) => {
        // `fsync` belongs to the server; what a session is told it is can be feigned.
        const sql = await openPostgres(shelf.url);
        const feigned = {
          ...sql,
          query: async (text: string, values?: readonly unknown[]) =>
            (await sql.query(text, values)).map((row) => (name in row ? { ...row, [name]: "off" } : row)),
        };
        await expect(postgresStore(feigned)).rejects.toMatchObject({
          code: "bad_config",
          message: expect.stringContaining(`set ${name} = on`),
        });
        await sql.end();
      },
    );

    test("tables of the first version are brought up to date with what is in them, of a newer one refused", async () => {
      const { schema } = await import("../../../src/adapters/postgres/schema.ts");
      const database = await postgresDatabase();
      const before = pooled(database.url);
      await before.query(schema);
      await before.query(
        "CREATE TABLE parley_schema (version integer NOT NULL); INSERT INTO parley_schema VALUES (1)",
      );
      await before.query("INSERT INTO stock VALUES ('old', 3)");
      const sql = await openPostgres(database.url);
      const store = await postgresStore(sql);
      const id = await opened(store);
      expect(
        await store.append(commit(id, 1, { events: [event(2)], take: [{ sku: "old", quantity: 3 }] })),
      ).toBe("appended");
      await before.query("UPDATE parley_schema SET version = 99");
      await expect(openPostgres(database.url)).rejects.toThrow(/version 99.*upgrade Parley/);
      await store.close();
      await Promise.all([sql.end(), before.end()]);
      await database.drop();
    });
  });
});
