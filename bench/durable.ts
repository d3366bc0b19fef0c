import { join } from "node:path";
import { type Kept, postgres, sqlite } from "./durable-stores.ts";
import { type Good, type Served, staffToken, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { loadGenerator } from "./load.ts";
import { candidatesSeen } from "./observer.ts";
import { countFsyncs, cpuOf } from "./processes.ts";
import { profileClock, profiled, stationShares } from "./profile.ts";
import { median, rounded, spread } from "./statistics.ts";
import {
  bargaining,
  CONNECTIONS,
  MESSAGES_PER_MINUTE,
  mirroring,
  perSecond,
  type Round,
  said,
} from "./turn-rounds.ts";

const ROUNDS = 5;
const SECONDS = 6;
/** The gateway runs through so much code that it takes V8 this long to compile it; the echo is given as long. */
const WARM_SECONDS = 12;
/** As `npm start` runs the gateway; the echo runs with it, too. */
const FLAGS = ["--max-semi-space-size=64"];
const TRACED_SECONDS = 2;
const SETTLING_SECONDS = 1;
const LEAST: Readonly<Record<Kept["name"], number>> = { sqlite: 0.2, pg: 0.08 };

/**
 * The turns of `turn`, by the same rules, made durable in either store: rounds of the bare echo and of a gateway on each
 * store take turns. Then fsyncs are counted from outside, and a gateway of its own is profiled. Argument: seconds a round.
 */
export async function run(args: string[]): Promise<object> {
  const seconds = Number(args[0] ?? SECONDS);
  const folder = temporary();
  const goods = stockedVendor(join(folder.path, "vendor"));
  const load = loadGenerator();
  const shared = await postgres();
  if ("skipped" in shared) process.stdout.write(`PostgreSQL is not measured: ${shared.skipped}\n`);
  const sides: Side[] = [];
  let echo: Served | undefined;
  try {
    const found: Found = { folder: folder.path, goods, load };
    for (const store of "skipped" in shared ? [sqlite] : [sqlite, shared])
      sides.push(await begun(store, found));
    const warm: Round[] = [];
    for (const { round } of sides) warm.push(await round(WARM_SECONDS));
    const like = warm[0]?.load;
    if (!like) throw new TypeError("there is no store");
    const mirror = await mirroring(load, like, FLAGS);
    echo = mirror.server;
    await mirror.round(WARM_SECONDS);
    const echoes: Round[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      echoes.push(await mirror.round(seconds));
      for (const side of sides) side.rounds.push(await beside(side, seconds));
      const parts = sides.map(({ store, rounds }) => said(store.name, rounds[i] as Round));
      process.stdout.write(`${[said("echo", echoes[i] as Round), ...parts].join("   ")}\n`);
    }
    const figures: Figures[] = [];
    for (const side of sides) figures.push(await figuresOf(side, echoes, found, seconds));
    return {
      ratio_sqlite: null,
      ratio_pg: null,
      ...Object.fromEntries(figures.map(({ store, ratio }) => [`ratio_${store}`, ratio])),
      echo_per_s: Math.round(median(echoes.map((round) => perSecond(round.load)))),
      echo_cpu_us: median(echoes.map(({ cpu_us }) => cpu_us)),
      ...("skipped" in shared ? { pg_skipped: shared.skipped } : {}),
      ...{ connections: CONNECTIONS, products: goods.length, warm_seconds: WARM_SECONDS },
      ...Object.fromEntries(figures.map(({ store, failures: _, ...figure }) => [store, figure])),
      failures: figures.flatMap(({ store, failures }) => failures.map((what) => `${store}: ${what}`)),
    };
  } finally {
    load.stop();
    await echo?.stop();
    for (const side of sides) await side.gateway.stop();
    if (!("skipped" in shared)) await shared.close();
    folder.remove();
  }
}

interface Found {
  readonly folder: string;
  readonly goods: readonly Good[];
  readonly load: ReturnType<typeof loadGenerator>;
}

/** A gateway on a store, and what was seen of it. */
interface Side {
  readonly store: Kept;
  readonly home: string;
  gateway: Served;
  readonly round: ReturnType<typeof bargaining>;
  readonly rounds: (Round & { readonly server_us: number })[];
}

async function begun(store: Kept, { folder, goods, load }: Found): Promise<Side> {
  const home = join(folder, store.name);
  const gateway = await gatewayOn(store, home, folder);
  return { store, home, gateway, round: bargaining(load, gateway, goods), rounds: [] };
}

function gatewayOn(store: Kept, home: string, folder: string, flags: readonly string[] = []) {
  const env = {
    PARLEY_HOME: home,
    PARLEY_VENDOR: join(folder, "vendor"),
    PARLEY_MESSAGES_PER_MINUTE: String(MESSAGES_PER_MINUTE),
  };
  return startGateway({ ...env, ...store.env }, [...FLAGS, ...flags]);
}

/** A round, with the processor time of what writes for the gateway, of processes that were there from end to end. */
async function beside({ store, round }: Side, seconds: number) {
  const before = new Map((await store.writers()).map((pid) => [pid, cpuOf(pid)]));
  const done = await round(seconds);
  const used = (await store.writers()).map((pid) => cpuOf(pid) - (before.get(pid) ?? cpuOf(pid)));
  const all = used.reduce((sum, each) => sum + each, 0);
  return { ...done, server_us: rounded(all / Math.max(1, done.load.turns)) };
}

type Figures = Awaited<ReturnType<typeof figuresOf>>;

async function figuresOf(side: Side, echoes: readonly Round[], found: Found, seconds: number) {
  const { store, rounds, gateway, home } = side;
  const ratios = rounds.map((round, i) => perSecond(round.load) / perSecond((echoes[i] as Round).load));
  const ratio = rounded(median(ratios), 3);
  const crowd = await traced(side, CONNECTIONS, true);
  const alone = await traced(side, 1, false);
  const sample = rounds.at(-1)?.load.sessions ?? [];
  const candidates_min = Math.min(...(await candidatesSeen(gateway.ws, staffToken(home), sample)));
  const faults = new Map<string, number>();
  for (const { load } of [...rounds, ...echoes]) {
    for (const [what, n] of Object.entries(load.faults)) faults.set(what, (faults.get(what) ?? 0) + n);
  }
  return {
    ...{ store: store.name, ratio, ratios: spread(ratios, 3) },
    turns_per_s: Math.round(median(rounds.map(({ load }) => perSecond(load)))),
    p50_ms: median(rounds.map(({ load }) => load.p50_ms)),
    p99_ms: median(rounds.map(({ load }) => load.p99_ms)),
    cpu_us_per_turn: median(rounds.map(({ cpu_us }) => cpu_us)),
    server_cpu_us_per_turn: median(rounds.map(({ server_us }) => server_us)),
    ...{ crowd, alone, candidates_min },
    shares: await sharesOf(side, found, seconds),
    failures: [
      ...(ratio < LEAST[store.name] ? [`ratio ${ratio}, at least ${LEAST[store.name]} is wanted`] : []),
      ...[...faults].map(([what, n]) => `${n} x ${what}`),
      ...(candidates_min >= 500 ? [] : [`a turn looked at ${candidates_min} candidate offers only`]),
      ...[crowd, alone].flatMap(({ fsyncs, groups_least }) =>
        fsyncs !== null && fsyncs < groups_least
          ? [`${fsyncs} fsyncs for ${groups_least} acknowledged groups or more`]
          : [],
      ),
    ],
  };
}

/**
 * Fsyncs of a round, counted from outside: of the gateway's threads, or of the server's processes that work for it. One peer
 * waits for each answer, so that each of its turns is a group of its own; of several each has one turn under way, so that
 * a group holds as many turns as there are peers at most.
 */
async function traced({ store, gateway, round }: Side, connections: number, orders: boolean) {
  // Connections that were closed for want of work are open again after it.
  await round(SETTLING_SECONDS, connections, orders);
  const writers = await store.writers();
  const pids = writers.length > 0 ? writers : [gateway.process.pid ?? 0];
  const seen = await countFsyncs(pids, () => round(TRACED_SECONDS, connections, orders));
  if (!seen) process.stdout.write("strace is not there or may not attach: fsyncs were not counted\n");
  const turns = seen?.of.load.turns ?? 0;
  return { fsyncs: seen?.fsyncs ?? null, turns, groups_least: Math.ceil(turns / connections) };
}

/** Where the time of a gateway of its own went, in a round that counts for nothing else. */
async function sharesOf(side: Side, { folder, goods, load }: Found, seconds: number) {
  const profiles = join(folder, `${side.store.name}-profiles`);
  await side.gateway.stop();
  side.gateway = await gatewayOn(side.store, side.home, folder, profiled(profiles));
  const round = bargaining(load, side.gateway, goods);
  await round(WARM_SECONDS);
  const from = profileClock();
  await round(seconds);
  const to = profileClock();
  await side.gateway.stop();
  return stationShares(profiles, from, to);
}
