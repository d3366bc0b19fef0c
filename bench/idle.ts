import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BOUNDS } from "../src/domain/bounds.ts";
import { GATEWAY, type Served, serve, stockedVendor, temporary } from "./gateway.ts";
import { crowd } from "./idle-crowd.ts";
import { cpuOf } from "./processes.ts";
import { rounded } from "./statistics.ts";

const SESSIONS = 10_000;
const TURNS = 5;
const CONNECTED = 15_000;
const HELD_SECONDS = 60;
const MOST_KIB = 16;
/** For the gateway to see that they are idle. */
const SETTLING_MS = 10_000;
/** Bytes of a message to and of an answer of the echo server, about those of the gateway. */
const ECHO = ["200", "1500"];
/** As `npm start` runs the gateway; the echo runs with it, too. */
const FLAGS = [
  "--max-semi-space-size=64",
  "--expose-gc",
  "--import",
  join(import.meta.dirname, "collects.ts"),
];

/**
 * Memory of sessions that are idle after five turns each, their sockets open: resident memory of the gateway beyond that
 * of a bare ws server with as many connections, both after garbage collection. Then more connections, held for a minute.
 * Arguments: how many sessions, how many connections, and for how many seconds.
 */
export async function run(args: string[]): Promise<object> {
  const [sessions = SESSIONS, connected = CONNECTED, seconds = HELD_SECONDS] = args.map(Number);
  const folder = temporary();
  const env = {
    PARLEY_HOME: join(folder.path, "home"),
    PARLEY_VENDOR: join(folder.path, "vendor"),
    PARLEY_STORE: "",
    PARLEY_PORT: "0",
    PARLEY_LOG_LEVEL: "warn",
  };
  stockedVendor(env.PARLEY_VENDOR);
  try {
    const echo = await serve(join(import.meta.dirname, "echo-server.ts"), ECHO, {}, FLAGS);
    const raw = await settledMemory(echo, sessions, true).finally(() => echo.stop());
    process.stdout.write(`ws ${said(raw)}\n`);
    // As every start but a machine's first: what was compiled while that one ran lies in the compile cache.
    const first = await serve(GATEWAY, ["start"], env, FLAGS);
    await collected(first).finally(() => first.stop());
    const gateway = await serve(GATEWAY, ["start"], env, FLAGS);
    try {
      const ours = await settledMemory(gateway, sessions, false, { connected, seconds });
      process.stdout.write(`gateway ${said(ours)}\n`);
      return figuresOf(sessions, raw, ours);
    } finally {
      await gateway.stop();
    }
  } finally {
    folder.remove();
  }
}

interface Memory {
  /** KiB resident, before anybody came and with everybody idle. */
  readonly empty: number;
  readonly idle: number;
  /** KiB of V8's heap in use then. */
  readonly heap: number;
  readonly opened_s: number;
  readonly held: Held | null;
}

interface Held {
  readonly connected: number;
  readonly alive: number;
  readonly lost: readonly string[];
  readonly seconds: number;
  /** Processor time of the gateway meanwhile, as a share of one core. */
  readonly cpu: number;
  readonly kib: number;
}

async function settledMemory(
  server: Served,
  sessions: number,
  raw: boolean,
  more?: { readonly connected: number; readonly seconds: number },
): Promise<Memory> {
  const clients = crowd(server.ws, raw);
  try {
    const empty = await collected(server);
    const began = performance.now();
    const open = await clients.open(sessions, TURNS);
    const opened_s = (performance.now() - began) / 1_000;
    if (!raw) await sleep(BOUNDS.rest_ms + SETTLING_MS);
    if (open !== sessions) throw new Error(`${open} of ${sessions} connections are open`);
    const idle = await collected(server);
    let held: Held | null = null;
    if (more) {
      await clients.open(more.connected - sessions, 0);
      const pid = server.process.pid ?? 0;
      const before = cpuOf(pid);
      await sleep(more.seconds * 1_000);
      const cpu = (cpuOf(pid) - before) / (more.seconds * 1e6);
      const { open: alive, lost } = await clients.alive();
      held = { ...more, alive, lost, cpu, kib: (await collected(server)).rss };
    }
    return { empty: empty.rss, idle: idle.rss, heap: idle.heap, opened_s, held };
  } finally {
    clients.leave();
  }
}

/** KiB after garbage collection, resident as the system counts it. */
async function collected(server: Served): Promise<{ rss: number; heap: number }> {
  const said = () => [...server.output().matchAll(/\{"collected":\{.*?\}\}/g)].map(([text]) => text);
  // What a connection's end or a turn leaves to be done later is done.
  await sleep(3_000);
  const before = said().length;
  server.process.kill("SIGUSR2");
  while (said().length === before) await sleep(50);
  await sleep(1_000);
  const { collected: memory } = JSON.parse(said().at(-1) ?? "") as { collected: { heapUsed: number } };
  return { rss: residentOf(server.process.pid ?? 0), heap: memory.heapUsed / 1_024 };
}

/** proc(5): VmRSS, in KiB. */
function residentOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib);
}

function said({ empty, idle, heap, opened_s }: Memory): string {
  const mib = (kib: number) => `${Math.round(kib / 1_024)} MiB`;
  return `empty ${mib(empty)}, idle ${mib(idle)} (heap ${mib(heap)}), opened in ${rounded(opened_s)} s`;
}

function figuresOf(sessions: number, raw: Memory, ours: Memory): object {
  const each = (kib: number) => rounded(kib / sessions, 1);
  const kib_per_session = each(ours.idle - raw.idle);
  const { held } = ours;
  const failures = [
    ...(kib_per_session > MOST_KIB
      ? [`${kib_per_session} KiB a session, at most ${MOST_KIB} is wanted`]
      : []),
    ...(held && held.alive < held.connected
      ? [`${held.connected - held.alive} of ${held.connected} connections were lost: ${held.lost.join(", ")}`]
      : []),
  ];
  return {
    kib_per_session,
    // Of the same, without what either process takes with nobody there.
    kib_per_session_grown: each(ours.idle - ours.empty - (raw.idle - raw.empty)),
    ...{ sessions, turns: TURNS },
    gateway: { empty_mib: mib(ours.empty), idle_mib: mib(ours.idle), heap_mib: mib(ours.heap) },
    ws: { empty_mib: mib(raw.empty), idle_mib: mib(raw.idle), heap_mib: mib(raw.heap) },
    ...(held
      ? {
          ...{ connected: held.connected, alive: held.alive, held_s: held.seconds },
          ...{ held_cpu: rounded(held.cpu, 2), held_mib: mib(held.kib) },
        }
      : {}),
    failures,
  };
}

function mib(kib: number): number {
  return rounded(kib / 1_024);
}
