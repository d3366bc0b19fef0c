import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CrashBuyer } from "./crash-buyer.ts";
import type { Cluster } from "./crash-cluster.ts";
import type { Tally } from "./crash-tally.ts";
import { type Good, type Served, startGateway } from "./gateway.ts";
import { holdingAt, killedAt } from "./processes.ts";

const BUYERS = 8;
/** A gateway that has not come so far by then is killed where it is. */
const MOST_MS = 6_000;
/** How many sessions of a node that was killed go on at the other one at once. */
const TAKEN_OVER = 24;

/** Where crashes happen: a home with its vendor, on one store. */
export interface Scene {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly goods: readonly Good[];
  readonly random: () => number;
  readonly tally: Tally;
}

function load({ goods, random }: Scene, url: string): CrashBuyer[] {
  return Array.from({ length: BUYERS }, () => new CrashBuyer(url, goods, random));
}

function remembered({ tally }: Scene, buyers: readonly CrashBuyer[]): void {
  for (const buyer of buyers) {
    buyer.leave();
    tally.talks.push(...buyer.conversations);
    tally.faults.push(...buyer.faults);
  }
}

/** As many, from `least` to `most`: small ones as likely as great ones, since a start or a first order is short. */
function drawn({ random }: Scene, least: number, most: number): number {
  return Math.round(least * (most / least) ** random());
}

/** The gateway, time and again, as one of its threads enters its `n`th of these calls, be it at its start or under load. */
export async function gatewayKilledAt(
  scene: Scene,
  { kills, calls, least, most }: { kills: number; calls: string; least: number; most: number },
): Promise<void> {
  const how = `gateway at the nth ${calls.split(",")[0]}`;
  for (let done = 0; done < kills; ) {
    const log = join(scene.folder, `gateway-tracer-${done}.log`);
    const n = drawn(scene, least, most);
    const over = new AbortController();
    const killed = killedAt(n, log, over.signal);
    const gateway = await startGateway(scene.env, [], holdingAt(n, calls, log)).catch((error: unknown) => {
      if (!String(error).includes("ended with null")) throw error;
      return null;
    });
    if (gateway) {
      const buyers = load(scene, gateway.ws);
      await Promise.race([ended(gateway), sleep(MOST_MS, null, { ref: false })]);
      await gateway.kill();
      remembered(scene, buyers);
    }
    over.abort();
    if (!(await killed)) {
      scene.tally.killed("gateway by hand");
      continue;
    }
    scene.tally.killed(gateway ? how : `${how}, starting`);
    done += 1;
    if (done % 25 === 0) process.stdout.write(`${done} x ${how}\n`);
  }
}

function ended({ process: child }: Served): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once("exit", () => done());
  });
}

/** Every so many of them the whole server is killed, too. */
const A_ROUND = 20;
const ROUND_MS = 8_000;
const MOST_FSYNCS = 40;
const BACK_MS = 30_000;

/**
 * Processes of the server, each as it enters its `n`th fsync: the server then ends all others and recovers, while the gateway
 * and its buyers go on.
 */
export async function serverKilledAt(scene: Scene, server: Cluster, kills: number): Promise<void> {
  const gateway = await startGateway(scene.env);
  let buyers = load(scene, gateway.ws);
  for (let done = 0, last = performance.now(); done < kills; ) {
    await sleep(100);
    const killed = await server.killAt(drawn(scene, 1, MOST_FSYNCS), ROUND_MS);
    if (performance.now() - last > BACK_MS)
      throw new Error("the server writes nothing any more: the gateway did not come back to it");
    // One whose hello came while there was no server waits for ever; it is heard out at the end like all others.
    remembered(scene, buyers);
    buyers = load(scene, gateway.ws);
    if (!killed) continue;
    done += 1;
    last = performance.now();
    scene.tally.killed("server at the nth fsync");
    if (done % A_ROUND !== 0 && done < kills) continue;
    await server.kill();
    scene.tally.killed("server, all of it");
    await server.start();
    process.stdout.write(`${done} x server at the nth fsync\n`);
  }
  remembered(scene, buyers);
  await gateway.stop();
}

/** Two gateways under load, either of which is killed at any moment; its sessions go on at the other one at once. */
export async function eitherKilled(scene: Scene, seconds: number): Promise<void> {
  const { env, random, tally } = scene;
  const nodes = [await startGateway(env), await startGateway(env)];
  const loads = nodes.map(({ ws }) => load(scene, ws));
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    await sleep(200 + random() * 1_500);
    const one = random() < 0.5 ? 0 : 1;
    await nodes[one]?.kill();
    tally.killed("either gateway");
    const buyers = loads[one] ?? [];
    remembered(scene, buyers);
    const talks = buyers.flatMap(({ conversations }) => conversations).slice(-TAKEN_OVER);
    const restarted = startGateway(env);
    await tally.check([nodes[1 - one]?.ws ?? ""], talks);
    const node = await restarted;
    nodes[one] = node;
    loads[one] = load(scene, node.ws);
  }
  for (const node of nodes) await node.kill();
  for (const buyers of loads) remembered(scene, buyers);
  process.stdout.write(`${tally.kills["either gateway"]} x either gateway in ${seconds} s\n`);
}
