import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { PLANTS } from "./simulation/plants.ts";
import { BUYERS, NODES, type Played, played } from "./simulation/play.ts";
import { openShop } from "./simulation/shop.ts";
import type { Counts } from "./simulation/trace.ts";
import type { Done, Task } from "./simulation/worker.ts";
import { rounded } from "./statistics.ts";

const SEEDS = 200;

/**
 * Gateways of one vendor and their buyers in simulated time: the real session layer, turn, store and client over a network,
 * a store, a bus, a model and a receiver that fail by chance, and chance that follows from a seed. Every seed is played
 * twice and both traces must be the same; bugs planted around the sources must be found. Argument: one seed, with its trace.
 */
export async function run(args: string[]): Promise<object> {
  const [seed] = args.map(Number);
  return seed === undefined ? simulated(SEEDS, Math.min(4, availableParallelism())) : one(seed);
}

/** Plays the seeds from 1 on in so many threads. */
export async function simulated(seeds: number, threads: number): Promise<Simulated> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const first = new Map<number, Played>();
  const planted: Record<string, number | null> = {};
  const failures: string[] = [];
  const counts: Counts = {};
  const sum = { runs: 0, steps: 0, violations: 0, differences: 0 };
  // Both runs of a seed one after the other, so mostly in two threads.
  const each = Array.from({ length: 2 * seeds }, (_, n) => ({ seed: Math.floor(n / 2) + 1 }));
  const plants = Object.keys(PLANTS).map((plant) => ({ plant, most: seeds }));
  await shared([...plants, ...each], threads, (done) => {
    if ("plant" in done) {
      planted[done.plant] = done.says === null ? null : done.seeds;
      if (done.says === null) failures.push(`${done.plant} was not found in ${seeds} seeds`);
      process.stdout.write(`planted ${done.plant}: seed ${done.seeds}: ${done.says?.slice(0, 120)}\n`);
      return;
    }
    const { seed, played } = done;
    sum.runs += 1;
    const before = first.get(seed);
    if (before) {
      if (seed % 20 === 0) process.stdout.write(`${seed} seeds: ${sum.violations} violations\n`);
      if (before.digest === played.digest) return;
      sum.differences += 1;
      failures.push(`seed ${seed} went another way the second time`);
      return;
    }
    first.set(seed, played);
    sum.steps += played.steps;
    sum.violations += played.violations.length;
    for (const [name, n] of Object.entries(played.counts)) counts[name] = (counts[name] ?? 0) + n;
    for (const violation of played.violations) {
      failures.push(`seed ${seed}, step ${violation.step}: ${violation.says}`);
      process.stdout.write(`${violation.before.join("\n")}\nseed ${seed}, step ${violation.step}\n`);
    }
  });
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...{ seeds, nodes: NODES.length, most_buyers: seeds < BUYERS.every ? BUYERS.usual : BUYERS.many, ...sum },
    ...{ planted_found: Object.values(planted).filter((n) => n !== null).length, planted },
    ...{
      seconds: rounded((performance.now() - began) / 1_000),
      cpu_seconds: rounded((user + system) / 1e6),
      counts: sorted(counts),
      failures,
    },
  };
}

export interface Simulated {
  readonly seeds: number;
  readonly nodes: number;
  /** Of one seed. */
  readonly most_buyers: number;
  readonly runs: number;
  readonly steps: number;
  readonly violations: number;
  readonly differences: number;
  readonly planted_found: number;
  /** After how many seeds each was found. */
  readonly planted: Readonly<Record<string, number | null>>;
  readonly seconds: number;
  /** Of all threads: what it takes of a machine that others use, too. */
  readonly cpu_seconds: number;
  readonly counts: Counts;
  readonly failures: readonly string[];
}

async function one(seed: number): Promise<object> {
  const shop = await openShop();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const { digest, steps, counts, violations } = await played(shop, seed, { print });
  const same = (await played(shop, seed)).digest === digest;
  const failures = violations.map(({ step, says }) => `step ${step}: ${says}`);
  if (!same) failures.push("it went another way the second time");
  return { seed, steps, digest, violations: violations.length, same, counts: sorted(counts), failures };
}

/** Each thread takes the next task when it is done with one. */
async function shared(tasks: readonly Task[], threads: number, done: (done: Done) => void): Promise<void> {
  const waiting = [...tasks];
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(join(import.meta.dirname, "simulation/worker.ts"));
      const failed = new Promise<never>((_, reject) => worker.once("error", reject));
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const told = new Promise<Done>((resolve) => worker.once("message", resolve));
        worker.postMessage(task);
        done(await Promise.race([told, failed]));
      }
      await worker.terminate();
    }),
  );
}

function sorted(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
