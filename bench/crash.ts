import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Cluster, cluster } from "./crash-cluster.ts";
import { eitherKilled, gatewayKilledAt, type Scene, serverKilledAt } from "./crash-kills.ts";
import { type OrderSink, orderSink } from "./crash-sink.ts";
import { Tally } from "./crash-tally.ts";
import { GATEWAY, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { rounded, seeded } from "./statistics.ts";

const KILLS = 200;
const SECONDS = 60;
/** What a dead node had leased for delivery is out of reach for 25 s, and then tried again. */
const DRAIN_MS = 60_000;

/**
 * Pulls the plug on either store. Gateways die as they enter their nth fsync (SQLite) or send (PostgreSQL, whose own
 * processes die as they enter their nth fsync), then either of two under load at any moment. At the end every session is
 * resumed and its log held against what its buyer was told, the vendor's system against the logs, and all of it audited.
 * Arguments: kills at an fsync for each store, seconds of random kills, and the seed of all choices.
 */
export async function run(args: string[]): Promise<object> {
  const [kills = KILLS, seconds = SECONDS, seed = randomInt(2 ** 31)] = args.map(Number);
  process.stdout.write(`seed ${seed}\n`);
  const began = performance.now();
  // Side by side: most of the time of a kill is a gateway's start, or a server's recovery.
  const [sqlite, pg] = await Promise.all([
    crashed("sqlite", seed, (scene) => onSqlite(scene, kills, seconds)),
    crashed("pg", seed, (scene, server) => onPostgres(scene, server, kills, seconds)),
  ]);
  const both = [sqlite, pg].flatMap((one) => ("skipped" in one ? [] : [one]));
  const sum = (of: "lost" | "doubled" | "orphans" | "gaps" | "turns" | "acked" | "orders") =>
    both.reduce((all, one) => all + one[of], 0);
  return {
    kills: both.flatMap((one) => Object.values(one.kills)).reduce((a, b) => a + b, 0),
    ...{ lost: sum("lost"), doubled: sum("doubled"), orphans: sum("orphans"), gaps: sum("gaps") },
    ...{ turns: sum("turns"), acked: sum("acked"), orders: sum("orders") },
    ...{ sqlite: without(sqlite), pg: without(pg) },
    ...{ seed, seconds: rounded((performance.now() - began) / 1_000) },
    failures: both.flatMap(({ store, failures }) => failures.map((what) => `${store}: ${what}`)),
  };
}

function without(one: object): object {
  const { failures: _, ...rest } = one as { failures?: unknown };
  return rest;
}

async function onSqlite(scene: Scene, kills: number, seconds: number): Promise<void> {
  await gatewayKilledAt(scene, { kills, calls: "fsync,fdatasync", least: 2, most: 150 });
  await eitherKilled(scene, seconds);
}

async function onPostgres(scene: Scene, server: Cluster | null, kills: number, seconds: number) {
  if (!server) return;
  await serverKilledAt(scene, server, kills);
  const sends = { calls: "write,writev,sendto,sendmsg", least: 60, most: 3_000 };
  await gatewayKilledAt(scene, { kills: Math.ceil(kills / 4), ...sends });
  await eitherKilled(scene, seconds);
}

/** A home and, for PostgreSQL, a cluster of its own; `work` is where things die in it. */
async function crashed(
  store: "sqlite" | "pg",
  seed: number,
  work: (scene: Scene, server: Cluster | null) => Promise<void>,
) {
  const folder = temporary();
  const server = store === "pg" ? await cluster(folder.path) : null;
  if (server && "skipped" in server) {
    folder.remove();
    process.stdout.write(`PostgreSQL is not measured: ${server.skipped}\n`);
    return server;
  }
  const sink = await orderSink();
  const tally = new Tally();
  try {
    await server?.start();
    const env = {
      PARLEY_HOME: join(folder.path, "home"),
      PARLEY_VENDOR: join(folder.path, "vendor"),
      PARLEY_STORE: server?.url ?? "",
      PARLEY_WEBHOOK_URL: sink.url,
      PARLEY_WEBHOOK_ALLOW: "127.0.0.1",
      PARLEY_MESSAGES_PER_MINUTE: "10000000",
      PARLEY_LOG_LEVEL: "silent",
    };
    const goods = stockedVendor(env.PARLEY_VENDOR);
    await work({ env, folder: folder.path, goods, random: seeded(seed), tally }, server);
    const began = performance.now();
    const gateway = await startGateway(env);
    await tally.check([gateway.ws], tally.talks);
    await drained(sink, tally);
    await gateway.stop();
    const broken = await audited(env);
    process.stdout.write(`${store} checked in ${rounded((performance.now() - began) / 1_000)} s\n`);
    return { store, ...tally.summary(sink.orders, broken) };
  } finally {
    await sink.close();
    await server?.kill();
    folder.remove();
  }
}

/** Every order has reached the vendor's system, or the time is up. */
async function drained(sink: OrderSink, tally: Tally): Promise<void> {
  const ends = performance.now() + DRAIN_MS;
  while (tally.intents.some(({ id }) => !sink.orders.has(id)) && performance.now() < ends) await sleep(200);
}

/** What `audit verify` finds broken in the chains of all logs and in all orders. */
async function audited(env: Readonly<Record<string, string>>): Promise<string[]> {
  const child = spawn(process.execPath, [GATEWAY, "audit", "verify"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const code = await new Promise((done) => child.once("close", done));
  return code === 0 ? [] : said.split("\n").filter(Boolean).slice(0, 20);
}
