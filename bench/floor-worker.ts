import { parentPort, workerData } from "node:worker_threads";
import { type Broken, playSession } from "./floor-session.ts";
import { BLOCK, shopOf } from "./floor-shop.ts";
import { emptyTally, type Tally } from "./floor-tally.ts";

/** What went wrong is told of so many sessions; the rest is counted. */
const TOLD = 20;

export interface Work {
  readonly sessions: number;
  /** The next block to play, shared by all workers of a run. */
  readonly next: SharedArrayBuffer;
  /** Ends with the first session that goes wrong. */
  readonly once: boolean;
  /** What is wrong counts when it begins so. */
  readonly matters: string;
}

export interface Played {
  readonly tally: Tally;
  readonly broken: number;
  readonly first: readonly Broken[];
}

function played({ sessions, next, once, matters }: Work): Played {
  const tally = emptyTally();
  const first: Broken[] = [];
  let broken = 0;
  const at = new Int32Array(next);
  for (let from = 0; from < sessions; ) {
    from = Atomics.add(at, 0, 1) * BLOCK;
    if (from >= sessions) break;
    const shop = shopOf(from);
    for (let session = from; session < Math.min(sessions, from + BLOCK); session++) {
      const wrong = playSession(shop, session, tally, { matters });
      if (!wrong) continue;
      broken++;
      if (first.length < TOLD) first.push(wrong);
      if (once) return { tally, broken, first };
    }
  }
  return { tally, broken, first };
}

// Refusals are thrown by the thousand and nobody reads where.
Error.stackTraceLimit = 0;
parentPort?.postMessage(played(workerData as Work));
