import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, pooled } from "../../src/adapters/postgres/database.ts";
import { isThere, postgresDatabase } from "../adapters/postgres/knowledge.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { buyerAt, newId, offered, taking } from "../session/buying.ts";

describe.runIf(await isThere())("gateways on one PostgreSQL database", () => {
  const home = mkdtempSync(join(tmpdir(), "parley-shared-"));
  let database: Awaited<ReturnType<typeof postgresDatabase>>;
  let beside: Database;
  let env: Record<string, string>;
  let first: RunningGateway;
  let second: RunningGateway;
  beforeAll(async () => {
    database = await postgresDatabase();
    beside = pooled(database.url);
    env = { PARLEY_STORE: database.url, PARLEY_HOME: home, PARLEY_API_KEYS: "acme=key-of-acme-0123456789" };
    first = await startGateway(env);
    second = await startGateway(env);
  });
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await beside.end();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  const command = (...args: string[]) =>
    spawnSync(process.execPath, [resolve(import.meta.dirname, "../../src/app/main.ts"), ...args], {
      env: { ...process.env, ...env },
      encoding: "utf8",
    });

  it("share goods, stock and sessions: what one sold the other has no more, and a session goes on at either", async () => {
    await beside.query("UPDATE stock SET on_hand = 3 WHERE sku = 'DS-L120'");
    const [here, there] = [await Peer.open(first.ws), await buyerAt(second.ws)];
    const { session, secret, epoch } = await here.next("welcome");
    const offer = await offered(here, "DS-L120", 3);
    const { reply } = await here.say({ id: newId(), act: taking(offer) });
    expect(reply?.move.intents[0]?.status).toBe("pending");
    expect(await beside.query("SELECT on_hand FROM stock WHERE sku = 'DS-L120'")).toEqual([{ on_hand: 0 }]);
    await expect(offered(there, "DS-L120")).rejects.toThrow(/no offer/);
    const seq = Math.max(...here.frames.map((frame) => (frame.type === "event" ? frame.seq : 0)));
    const resume = { session, secret: secret ?? "", epoch, seq };
    const moved = await Peer.open(second.ws, { resume });
    expect(await moved.next("welcome")).toMatchObject({ resumed: true, session });
    const { reply: last } = await moved.say({ id: newId(), act: { act: "greet" } });
    expect(last?.move.act).toBe("greet");
  });

  it("answer and are ready again after every connection to the server was cut", async () => {
    const peer = await buyerAt(first.ws);
    expect((await peer.say({ id: newId(), act: { act: "greet" } })).reply?.move.act).toBe("greet");
    await beside.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await expect.poll(async () => (await fetch(`${first.url}/readyz`)).status).toBe(200);
    const { reply } = await peer.say({ id: newId(), act: { act: "greet" } });
    expect(reply?.move.act).toBe("greet");
    expect(first.output()).not.toContain("uncaught");
  });

  it("turn away at both whom the command turns away in that database", async () => {
    const nodes = [first, second];
    const key = "key-of-acme-0123456789";
    const peers = await Promise.all(nodes.map(({ ws }) => Peer.open(ws, { key })));
    await Promise.all(peers.map((peer) => peer.next("welcome")));
    expect(command("identity", "revoke", "key:acme").stdout).toContain("turned away");
    for (const peer of peers) expect((await peer.closed).code).toBe(4403);
    expect(command("identity").stdout).toMatch(/^key:acme {2}\d{4}-/);
    expect(command("identity", "reinstate", "key:acme").status).toBe(0);
    expect(command("identity").stdout).toBe("nobody is turned away\n");
    for (const { ws } of nodes)
      await expect
        .poll(
          async () => {
            const back = await Peer.open(ws, { key });
            const frame = await back.until(() => true, "an answer");
            back.close();
            return frame.type;
          },
          { timeout: 60_000 },
        )
        .toBe("welcome");
  });

  it("decide stored conversations again as they were", () => {
    const { stdout, status } = command("replay", "all");
    expect(stdout).toMatch(/identical, 0 different/);
    expect(status).toBe(0);
  });

  it("say how their orders leave, and send again what was given up", async () => {
    const at = "2020-01-01T00:00:00.000Z";
    const lost = [
      "int_lost",
      "stream",
      "order.expired",
      JSON.stringify({ intent: "int_lost", at }),
      "refused",
    ];
    await beside.query("INSERT INTO outbox (id, sink, topic, body, error) VALUES ($1, $2, $3, $4, $5)", lost);
    expect(command("outbox", "list").stdout).toMatch(/^int_lost {2}stream {2}order\.expired {2}.*refused/);
    expect(command("outbox", "resend", "int_lost").stdout).toBe("1 delivery is due again\n");
    expect(command("outbox", "status").stdout).toMatch(/stream {2}1 delivery waits, .*0 given up/);
  });

  it("take new goods at once, and say what a backup of theirs is made with", async () => {
    const goods = resolve(import.meta.dirname, "../../fixtures/ingest");
    expect(command("ingest", goods).stdout).toMatch(/added/);
    const { stderr, status } = command("backup", join(home, "copy"));
    expect([status, stderr]).toEqual([1, expect.stringContaining("pg_dump")]);
    expect(command("restore", "anything").stderr).toContain("pg_restore");
  });

  it.each([
    ["PARLEY_STORE", "mysql://127.0.0.1/x", "postgres://"],
    ["PARLEY_SEARCH", "opensearch://127.0.0.1:9200/x", "goes with the embedded store"],
    ["PARLEY_STORE", "postgres://postgres@127.0.0.1:1/x", "127.0.0.1:1/x cannot be used"],
  ])("refuse to start with %s=%s", (name, value, why) => {
    const started = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, "../../src/app/main.ts"), "start"],
      {
        env: { ...process.env, ...env, [name]: value },
        encoding: "utf8",
      },
    );
    expect([started.status, started.stderr]).toEqual([1, expect.stringContaining(why)]);
  });
});
