import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Broken } from "./floor-session.ts";
import { add, emptyTally, type Tally } from "./floor-tally.ts";
import type { Played, Work } from "./floor-worker.ts";

export interface Run {
  readonly tally: Tally;
  readonly broken: number;
  readonly first: readonly Broken[];
  readonly seconds: number;
}

/** Plays the sessions numbered from 0 in so many threads, with the sources of `root`. */
export async function fuzzed(
  root: string,
  sessions: number,
  threads: number,
  { once = false, matters = "" } = {},
): Promise<Run> {
  const began = performance.now();
  const work: Work = { sessions, next: new SharedArrayBuffer(4), once, matters };
  const played = await Promise.all(Array.from({ length: threads }, () => playedBy(root, work)));
  const tally = emptyTally();
  for (const one of played) add(tally, one.tally);
  return {
    tally,
    broken: played.reduce((sum, one) => sum + one.broken, 0),
    first: played.flatMap((one) => one.first).sort((a, b) => a.session - b.session),
    seconds: (performance.now() - began) / 1_000,
  };
}

function playedBy(root: string, work: Work): Promise<Played> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(root, "bench/floor-worker.ts"), { workerData: work });
    worker.once("message", (played: Played) => resolve(played));
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`a worker of ${root} ended with ${code}`));
    });
  });
}
