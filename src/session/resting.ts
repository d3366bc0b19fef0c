import { setTimeout as sleep, setImmediate as turned } from "node:timers/promises";
import { BOUNDS } from "../domain/bounds.ts";
import type { Gateway } from "./gateway.ts";

const ROUND_MS = 1_000;
/** Put away between two turns of the event loop: a few milliseconds of work. */
const AT_ONCE = 8;

/** Puts away what idle sessions remember. */
export interface Resting {
  stop(): Promise<void>;
}

/**
 * A buyer that thinks, or has left its socket open, needs no memory of the talk at hand: a session that nobody has used for
 * a while is kept small, and unfolds when it is next needed. Nothing of it leaves memory, so that nothing is read or claimed
 * again.
 */
export function resting(gateway: Gateway): Resting {
  const stopping = new AbortController();
  const round = async () => {
    const before = performance.now() - BOUNDS.rest_ms;
    let folded = 0;
    for (const session of gateway.loaded()) {
      if (stopping.signal.aborted) return;
      if (!session.rest(before)) continue;
      folded += 1;
      if (folded % AT_ONCE === 0) await turned();
    }
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await round();
      await sleep(ROUND_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
