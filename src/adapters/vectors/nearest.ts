import type { Worker } from "node:worker_threads";
import { startThread } from "../thread.ts";
import type { Answer, Near, Sought } from "./nearest-worker.ts";

/** Nearest products, found in a thread of its own: to go through all vectors takes too long for the event loop. */
export interface Nearest {
  /** Null when there are no vectors of that model, when the deadline passed first, or once it is closed. */
  to(sought: Omit<Sought, "number">, deadline_ms: number): Promise<readonly Near[] | null>;
  close(): Promise<void>;
}

/** `path` is the database file; `onProblem` is told why there is no answer where there should be one. */
export function nearest(path: string, onProblem: (problem: string) => void): Nearest {
  const waiting = new Map<number, (near: readonly Near[] | null) => void>();
  let number = 0;
  let closed = false;
  let worker: Worker | null = start();

  function start(): Worker {
    const started = startThread("nearest-worker", import.meta.url, path);
    started.unref();
    started.on("message", ({ number: open, near, problem }: Answer) => {
      if (problem !== undefined) onProblem(problem);
      settle(open, near);
    });
    // Only the next search begins another, or a thread that cannot begin would spin.
    started.on("error", (error) => {
      worker = null;
      onProblem(String(error));
      for (const open of [...waiting.keys()]) settle(open, null);
    });
    return started;
  }

  function settle(open: number, near: readonly Near[] | null): void {
    waiting.get(open)?.(near);
    waiting.delete(open);
  }

  return {
    to: (sought, deadline_ms) => {
      if (closed || deadline_ms <= 0) return Promise.resolve(null);
      return new Promise((resolve) => {
        const own = ++number;
        const timer = setTimeout(() => settle(own, null), deadline_ms);
        waiting.set(own, (near) => {
          clearTimeout(timer);
          resolve(near);
        });
        worker ??= start();
        worker.postMessage({ ...sought, number: own } satisfies Sought);
      });
    },
    close: async () => {
      closed = true;
      for (const open of [...waiting.keys()]) settle(open, null);
      await worker?.terminate();
    },
  };
}
