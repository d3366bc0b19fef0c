import { Worker } from "node:worker_threads";
import { Fault } from "../../domain/fault.ts";
import type { Appended } from "../../ports/store.ts";
import type { Written } from "./write-worker.ts";
import type { Write } from "./writes.ts";

/** Writes in a thread of its own; a promise resolves once its write is on disk. */
export interface Committer {
  write(write: Write): Promise<Appended>;
  /** After everything asked for before. */
  close(): Promise<void>;
}

/**
 * One group of writes is under way at a time; what arrives meanwhile makes the next group, so the slower the disk, the
 * larger the groups. A thread that dies fails what it held and everything after: nothing is acknowledged any more.
 */
export function committer(path: string): Committer {
  const worker = new Worker(script("write-worker"), { workerData: path });
  let carrier: Worker | null = null;
  // A start does without it: there is nothing yet to carry.
  const later = setTimeout(() => {
    carrier = new Worker(script("checkpoint-worker"), { workerData: path });
    carrier.unref();
    // Without it the writer carries everything itself, only with more waiting.
    carrier.on("error", () => {
      carrier = null;
    });
  }, CARRY_AFTER_MS).unref();
  let waiting: Waiting[] = [];
  let under_way: Waiting[] = [];
  let broken: unknown = null;
  let idle = () => {};

  const send = () => {
    if (under_way.length > 0 || waiting.length === 0) return;
    under_way = waiting;
    waiting = [];
    worker.postMessage(under_way.map(({ write }) => write));
  };

  worker.on("message", (written: Written) => {
    const group = under_way;
    under_way = [];
    send();
    for (const [i, { resolve, reject }] of group.entries()) {
      const outcome = "error" in written ? written : written.outcomes[i];
      if (outcome && "done" in outcome) resolve(outcome.done);
      else reject(outcome?.error);
    }
    if (under_way.length === 0 && waiting.length === 0) idle();
  });
  worker.on("error", (error) => {
    broken = error;
    for (const { reject } of [...under_way, ...waiting]) reject(error);
    under_way = [];
    waiting = [];
    idle();
  });

  return {
    write: (write) => {
      if (broken) {
        return Promise.reject(
          new Fault("unavailable", "the store has stopped; nothing more is accepted", { cause: broken }),
        );
      }
      return new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject });
        // The rest of this moment's messages may join the group.
        if (waiting.length === 1 && under_way.length === 0) setImmediate(send);
      });
    },
    close: async () => {
      if (under_way.length > 0 || waiting.length > 0) {
        await new Promise<void>((done) => {
          idle = done;
        });
      }
      clearTimeout(later);
      await Promise.all([worker, carrier].map((thread) => ended(thread)));
    },
  };
}

interface Waiting {
  readonly write: Write;
  readonly resolve: (outcome: Appended) => void;
  readonly reject: (error: unknown) => void;
}

const CARRY_AFTER_MS = 1_000;

async function ended(thread: Worker | null): Promise<void> {
  if (!thread) return;
  const exit = new Promise((done) => thread.once("exit", done));
  // Nothing else may hold the process any more: an unreferenced thread would be waited for in vain.
  thread.ref();
  thread.postMessage(null);
  await exit;
}

/** In the repository the sources run as they are; the package holds what they were compiled to. */
function script(name: string): URL {
  return new URL(`./${name}.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);
}
