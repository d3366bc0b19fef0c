import { Worker } from "node:worker_threads";
import { Fault, type FaultCode } from "../domain/fault.ts";
import type { Clock } from "./agent.ts";
import type { Row } from "./encounter.ts";
import type { Scenario } from "./scenario.ts";

export type { Row } from "./encounter.ts";

/** A round robin: every vendor-side agent against every partner, on every scenario, from both sides, for every seed. */
export interface Contest {
  readonly scenarios: readonly Scenario[];
  /** Names of the roster. */
  readonly vendors: readonly string[];
  readonly partners: readonly string[];
  /** Turns each side has at most. */
  readonly rounds: number;
  /** What agents are shown of time; `published` unless said otherwise. */
  readonly clock?: Clock;
  /** With an odd one the partner begins, with an even one the vendor: as many of each is balanced. */
  readonly seeds: readonly number[];
  /** URL of a module that exports `agentNamed(name)`. */
  readonly roster: string;
}

export interface Results {
  /** By scenario, vendor, partner, side and seed, in the order of the contest, whatever the number of threads. */
  readonly rows: readonly Row[];
  /** Sessions played a second time from their seeds, and how many of them gave the same bytes. */
  readonly replayed: number;
  readonly identical: number;
}

/** A job is one vendor on one scenario: `vendors.length * scenario + vendor`. */
export interface Played extends Results {
  readonly job: number;
}

/** What a thread sends when a job cannot be played. */
export interface Failed {
  readonly code: FaultCode | null;
  readonly message: string;
}

/** Plays every session, and each of them again. Rejects with the `Fault` of the first illegal play or unknown name. */
export async function tournament(contest: Contest, threads = 2): Promise<Results> {
  const jobs = contest.scenarios.length * contest.vendors.length;
  const played: Played[] = [];
  const workers = Array.from(
    { length: Math.min(threads, jobs) },
    () => new Worker(SCRIPT, { workerData: contest }),
  );
  let next = 0;
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            const give = () => (next < jobs ? worker.postMessage(next++) : resolve());
            worker.on("message", (answer: Played | Failed) => {
              if ("message" in answer) return reject(faultOf(answer));
              played.push(answer);
              give();
            });
            worker.on("error", reject);
            give();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  played.sort((one, other) => one.job - other.job);
  return {
    rows: played.flatMap((each) => each.rows),
    replayed: played.reduce((sum, each) => sum + each.replayed, 0),
    identical: played.reduce((sum, each) => sum + each.identical, 0),
  };
}

function faultOf({ code, message }: Failed): Error {
  return code === null ? new Error(message) : new Fault(code, message);
}

/** In the repository the sources run as they are; the package holds what they were compiled to. */
const SCRIPT = new URL(
  `./tournament-worker.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`,
  import.meta.url,
);
