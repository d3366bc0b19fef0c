import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, pooled } from "../../../src/adapters/postgres/database.ts";
import { postgresSearch } from "../../../src/adapters/postgres/search.ts";
import { AT, commit, opened } from "../../contracts/opened.ts";
import { isThere } from "./knowledge.ts";
import { type PostgresShelf, postgresShelf } from "./shelf.ts";

/** Whatever a gateway asks of a database: a statement, a transaction, a connection, both kinds of look-up. */
const ASKED: Readonly<Record<string, (sql: Database) => Promise<unknown>>> = {
  "a statement": (sql) => sql.query("SELECT 1"),
  "a transaction": (sql) => sql.begin("READ COMMITTED", (tx) => tx.query("SELECT 1")),
  "a connection": (sql) => sql.alone((client) => client.query("SELECT 1")),
  "goods by their code": (sql) => found(sql, { kind: "products", skus: ["CH-PC"] }),
  "words of a text": (sql) => found(sql, { kind: "passages", text: "returns", lang: "en", limit: 1 }),
};

function found(sql: Database, lookup: Parameters<ReturnType<typeof postgresSearch>["find"]>[0]) {
  return postgresSearch(sql).find(lookup, 5_000, { session: "", now: AT });
}

async function codesOf(sql: Database): Promise<Record<string, string>> {
  const codes = Object.entries(ASKED).map(async ([what, ask]) => {
    const code = await ask(sql).then(
      () => "done",
      (error: { code?: string }) => String(error.code),
    );
    return [what, code] as const;
  });
  return Object.fromEntries(await Promise.all(codes));
}

const ALL_UNAVAILABLE = Object.fromEntries(Object.keys(ASKED).map((what) => [what, "unavailable"]));

/** What a server says that ends a connection, in PostgreSQL's protocol: severity, code and text of an ErrorResponse. */
function fatal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mof a test\0\0`);
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

describe("a server that cannot serve is `unavailable`, whatever is asked of it", () => {
  test.each<[string, (socket: Socket) => unknown]>([
    ["hangs up", (socket) => socket.end()],
    ["resets the connection", (socket) => socket.resetAndDestroy()],
    ["starts up or recovers (57P03)", (socket) => socket.end(fatal("57P03"))],
    ["shuts down (57P01)", (socket) => socket.end(fatal("57P01"))],
    ["crashed (57P02)", (socket) => socket.end(fatal("57P02"))],
    ["has no connection left (53300)", (socket) => socket.end(fatal("53300"))],
    ["lost a connection (08006)", (socket) => socket.end(fatal("08006"))],
  ])("%s", async (_, meet) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => meet(socket));
    });
    await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
    const { port } = server.address() as AddressInfo;
    const sql = pooled(`postgres://nobody@127.0.0.1:${port}/none`);
    expect(await codesOf(sql)).toEqual(ALL_UNAVAILABLE);
    await sql.end();
    await new Promise((down) => server.close(down));
    // And where nobody listens any more.
    const nobody = pooled(`postgres://nobody@127.0.0.1:${port}/none`);
    expect(await codesOf(nobody)).toEqual(ALL_UNAVAILABLE);
    await nobody.end();
  });
});

describe.runIf(await isThere())("on a server", () => {
  let shelf: PostgresShelf;
  let beside: Database;
  beforeAll(async () => {
    shelf = await postgresShelf();
    beside = pooled(shelf.url);
  });
  afterAll(async () => {
    await beside.end();
    await shelf.close();
  });

  const waiting = (like: string) =>
    expect.poll(async () => {
      const rows = await beside.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
           AND wait_event_type = 'Lock' AND query LIKE $1`,
        [like],
      );
      return rows.length;
    });

  test.each(["pg_terminate_backend", "pg_cancel_backend"])(
    "a commit that %s cuts says that nobody knows, and holds when it is sent again",
    async (cut) => {
      const { store } = shelf;
      const id = await opened(store);
      const locking = pooled(shelf.url);
      await locking.begin("READ COMMITTED", async (tx) => {
        await tx.query("SELECT 1 FROM session WHERE id = $1 FOR UPDATE", [id]);
        const lost = store.append(commit(id, 1)).catch((error: unknown) => error);
        await waiting("%FOR NO KEY UPDATE%").toBe(1);
        await beside.query(
          `SELECT ${cut}(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(await lost).toMatchObject({
          code: "unavailable",
          message: expect.stringMatching(/not known.*same id/),
        });
      });
      await locking.end();
      expect(await store.append(commit(id, 1))).toBe("appended");
    },
  );

  test("a statement that runs into another transaction for good is done again", async () => {
    const { store } = shelf;
    const { sql } = shelf;
    for (const id of ["a", "b"])
      await sql.query(
        "INSERT INTO outbox (id, sink, session, topic, body, due_at) VALUES ($1, 'web', 's', 't', '{}', NULL)",
        [id],
      );
    const locking = pooled(shelf.url);
    const lock = "SELECT 1 FROM outbox WHERE id = $1 FOR UPDATE";
    const revived = await locking.begin("READ COMMITTED", async (tx) => {
      // The server looks once for each, so long after it began to wait: the other one is to be the one it ends.
      await tx.query("SET LOCAL deadlock_timeout = '60s'");
      await tx.query(lock, ["b"]);
      const reviving = store.revive(null, AT);
      await waiting("%UPDATE outbox%").toBe(1);
      await tx.query(lock, ["a"]);
      return { reviving };
    });
    await locking.end();
    expect(await revived.reviving).toBe(2);
  });

  test("an erasure waits for nobody for long, changes nothing then, and is done when it is asked for again", async () => {
    const { store } = shelf;
    const id = await opened(store);
    const what = { session: id, term: 1, at: AT, pseudonym: "gone_x", intents: [], receipt: id, outbox: [] };
    const locking = pooled(shelf.url);
    await locking.begin("READ COMMITTED", async (tx) => {
      await tx.query("SELECT 1 FROM session WHERE id = $1 FOR UPDATE", [id]);
      await expect(store.erase(what)).rejects.toMatchObject({ code: "unavailable" });
    });
    await locking.end();
    expect(await store.receipt(id)).toBeNull();
    expect(await store.erase(what)).toEqual({ events: 1, intents: 0 });
  });

  test("a log of many pages is erased and forgotten whole", async () => {
    const { store } = shelf;
    const id = await opened(store);
    await shelf.sql.query(
      `INSERT INTO event (session, seq, json, digest, chain) SELECT $1, n, '{"text":"canary"}', 'd', 'c' FROM generate_series(2, 4500) n`,
      [id],
    );
    await shelf.sql.query("UPDATE session SET seq = 4500 WHERE id = $1", [id]);
    const what = { session: id, term: 1, at: AT, pseudonym: "gone_x", intents: [], receipt: id, outbox: [] };
    expect(await store.erase(what)).toEqual({ events: 4_500, intents: 0 });
    const left = "SELECT count(*)::int AS n FROM event WHERE session = $1 AND json LIKE $2";
    expect(await shelf.sql.query(left, [id, "%canary%"])).toEqual([{ n: 0 }]);
    await store.forget(id);
    expect(await shelf.sql.query(left, [id, "%"])).toEqual([{ n: 0 }]);
  });
});
