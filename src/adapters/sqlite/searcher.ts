import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import type { Hits } from "../lexical/hits.ts";
import { startThread } from "../thread.ts";
import { unread } from "./failures.ts";
import type { ByWords } from "./hits.ts";
import type { Question, Result } from "./search-worker.ts";

/** Searches in a thread of their own. */
export interface Searcher {
  /** Null when the deadline passed first: a thread that was at nothing else is then ended and another begun. */
  search(lookup: ByWords, deadline_ms: number): Promise<Hits | null>;
  /** Searches that have not been answered. */
  waiting(): number;
  close(): Promise<void>;
}

/** As many threads as are busy at once, the first of them at once and for good; no more than `most`. */
export function searchers(
  path: string,
  most = Math.min(THREADS, availableParallelism()),
  spare_ms = SPARE_MS,
): Omit<Searcher, "waiting"> {
  const threads = [searcher(path)];
  let ended: Promise<unknown> = Promise.resolve();
  const calm = setTimeout(() => {
    if (threads.some((thread) => thread.waiting() > 0)) return void calm.refresh();
    const spare = threads.splice(1);
    ended = Promise.all([ended, ...spare.map((thread) => thread.close())]);
  }, spare_ms).unref();
  return {
    search: (lookup, deadline_ms) => {
      const idlest = threads.reduce((a, b) => (b.waiting() < a.waiting() ? b : a));
      // It gets ready meanwhile; whoever comes next finds it.
      if (idlest.waiting() > 0 && threads.length < most) threads.push(searcher(path));
      if (threads.length > 1) calm.refresh();
      return idlest.search(lookup, deadline_ms);
    },
    close: async () => {
      clearTimeout(calm);
      await Promise.all([ended, ...threads.map((thread) => thread.close())]);
    },
  };
}

const THREADS = 2;
/** Milliseconds without a search after which all but the first end: each takes some 10 MB. */
const SPARE_MS = 10_000;

/** `path` is the database file. The thread starts at once, so that the first search finds it ready. */
function searcher(path: string): Searcher {
  const waiting = new Map<number, Waiting>();
  let number = 0;
  let closed = false;
  /** Whether the thread has read what it needs, and when it was last heard of or given something to do. */
  let ready = false;
  let heard = 0;
  let ended: Promise<unknown> = Promise.resolve();
  let worker: Worker | null = start();

  function start(): Worker {
    ready = false;
    const started = startThread("search-worker", import.meta.url, path);
    started.unref();
    started.on("message", (result: Result) => {
      heard = performance.now();
      if ("ready" in result) ready = true;
      else if ("hits" in result) settle(result.number)?.resolve(result.hits);
      else settle(result.number)?.reject(result.file ? unread(result.error) : result.error);
    });
    // A thread that failed fails what waits for it; only the next search tries again, or it might spin.
    started.on("error", (error) => {
      if (started !== worker) return;
      worker = null;
      for (const open of [...waiting.keys()]) settle(open)?.reject(unread(error));
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
    heard = performance.now();
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
        const until = Date.now() + deadline_ms * IN_TIME;
        const question: Question = { number: ++number, until, lookup };
        const timer = setTimeout(() => {
          settle(question.number)?.resolve(null);
          // One that answers others meanwhile has only too much to do, and knows what it is too late for; one that is not
          // ready yet would only begin anew.
          if (ready && performance.now() - heard >= deadline_ms * GIVEN_UP) restart();
        }, deadline_ms * GIVEN_UP);
        if (waiting.size === 0) heard = performance.now();
        waiting.set(question.number, { question, timer, resolve, reject });
        worker ??= start();
        worker.postMessage(question);
      });
    },
    waiting: () => waiting.size,
    close: async () => {
      closed = true;
      for (const open of [...waiting.keys()]) settle(open)?.resolve(null);
      end();
      await ended;
    },
  };
}

/**
 * The share of its time after which a search answers with the best so far, and the share after which it is not waited for:
 * what is left is for handing it over and for an event loop that is busy.
 */
const IN_TIME = 0.8;
const GIVEN_UP = 0.9;

interface Waiting {
  readonly question: Question;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (hits: Hits | null) => void;
  readonly reject: (error: unknown) => void;
}
