import { Worker } from "node:worker_threads";
import type { ByWords } from "./hits.ts";
import type { Hits } from "./ranking.ts";
import type { Question, Result } from "./search-worker.ts";

/** Searches in a thread of their own. */
export interface Searcher {
  /** Null when the deadline passed first: the thread is then ended and another begun. */
  search(lookup: ByWords, deadline_ms: number): Promise<Hits | null>;
  close(): Promise<void>;
}

/** `path` is the database file. The thread starts at once, so that the first search finds it ready. */
export function searcher(path: string): Searcher {
  const waiting = new Map<number, Waiting>();
  let number = 0;
  let closed = false;
  let ended: Promise<unknown> = Promise.resolve();
  let worker: Worker | null = start();

  function start(): Worker {
    const started = new Worker(SCRIPT, { workerData: path });
    started.unref();
    started.on("message", (result: Result) => {
      if ("hits" in result) settle(result.number)?.resolve(result.hits);
      else settle(result.number)?.reject(result.error);
    });
    // A thread that failed fails what waits for it; only the next search tries again, or it might spin.
    started.on("error", (error) => {
      if (started !== worker) return;
      worker = null;
      for (const open of [...waiting.keys()]) settle(open)?.reject(error);
    });
    return started;
  }

  function settle(open: number): Waiting | undefined {
    const asked = waiting.get(open);
    waiting.delete(open);
    clearTimeout(asked?.timer);
    return asked;
  }

  /** SQLite gives way only between rows, so the late thread may linger; it answers nobody any more. */
  function restart(): void {
    end();
    worker = start();
    for (const { question } of waiting.values()) worker.postMessage(question);
  }

  function end(): void {
    worker?.removeAllListeners("message");
    ended = Promise.all([ended, worker?.terminate()]);
    worker = null;
  }

  return {
    search: (lookup, deadline_ms) => {
      if (closed || deadline_ms <= 0) return Promise.resolve(null);
      return new Promise<Hits | null>((resolve, reject) => {
        const question: Question = { number: ++number, lookup };
        const timer = setTimeout(() => {
          settle(question.number)?.resolve(null);
          restart();
        }, deadline_ms);
        waiting.set(question.number, { question, timer, resolve, reject });
        worker ??= start();
        worker.postMessage(question);
      });
    },
    close: async () => {
      closed = true;
      for (const open of [...waiting.keys()]) settle(open)?.resolve(null);
      end();
      await ended;
    },
  };
}

interface Waiting {
  readonly question: Question;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (hits: Hits | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Beside this file, with this file's own ending: .ts in the repository, .js in the package. */
const SCRIPT = new URL(`./search-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);
