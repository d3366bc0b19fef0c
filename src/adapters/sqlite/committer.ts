import type { Worker } from "node:worker_threads";
import { Fault } from "../../domain/fault.ts";
import { type Group, groups } from "../groups.ts";
import { startThread } from "../thread.ts";
import type { Carrying } from "./checkpoint-worker.ts";
import { unwritten } from "./failures.ts";
import type { Written } from "./write-worker.ts";
import type { Kind, Write, Writes } from "./writes.ts";

/** Performs writes; a promise resolves once its write is on disk. */
export interface Committer {
  write<K extends Kind>(kind: K, ...given: Parameters<Writes[K]>): Promise<ReturnType<Writes[K]>>;
  /** After everything asked for before. */
  close(): Promise<void>;
}

/**
 * One group of writes is under way at a time; what arrives meanwhile makes the next group, so the slower the disk, the
 * larger the groups. A thread that dies, or a disk that fails once, fails what was waiting and everything after: nothing
 * is acknowledged any more.
 */
export function committer(path: string, quiet_rounds = QUIET_ROUNDS): Committer {
  const worker = startThread("write-worker", import.meta.url, path);
  let carrier: Worker | null = null;
  let uncarried = 0;
  let waiting: Waiting[] = [];
  let under_way: Waiting[] = [];
  let broken: Fault | null = null;
  let idle = () => {};

  const send = () => {
    if (under_way.length > 0 || waiting.length === 0) return;
    under_way = waiting;
    waiting = [];
    worker.postMessage(under_way.map(({ write }) => write));
    uncarried += 1;
    if (!carrier && uncarried >= CARRY_AFTER) begin();
  };

  /** Ends by itself when nothing is written for a while. */
  const begin = () => {
    uncarried = 0;
    const begun = startThread("checkpoint-worker", import.meta.url, {
      path,
      quiet_rounds,
    } satisfies Carrying);
    carrier = begun;
    begun.unref();
    // Without it the writer carries everything itself, only with more waiting.
    begun.on("error", () => {});
    begun.on("exit", () => {
      carrier = null;
    });
  };

  const stop = (cause: unknown) => {
    broken = new Fault("unavailable", "the store has stopped; nothing more is accepted", { cause });
    for (const { reject } of [...under_way, ...waiting]) reject(broken);
    under_way = [];
    waiting = [];
    idle();
  };

  worker.on("message", (written: Written) => {
    if ("error" in written && written.lost) return stop(written.error);
    const group = under_way;
    under_way = [];
    send();
    if ("outcomes" in written && groups.hasSubscribers)
      groups.publish({ writes: group.length, seconds: written.commit_seconds } satisfies Group);
    for (const [i, { resolve, reject }] of group.entries()) {
      const outcome = "error" in written ? { error: unwritten(written.error) } : written.outcomes[i];
      if (outcome && "done" in outcome) resolve(outcome.done);
      else reject(outcome?.error);
    }
    if (under_way.length === 0 && waiting.length === 0) idle();
  });
  worker.on("error", stop);

  return {
    write: <K extends Kind>(kind: K, ...given: Parameters<Writes[K]>) => {
      if (broken) return Promise.reject(broken);
      return new Promise<ReturnType<Writes[K]>>((resolve, reject) => {
        waiting.push({ write: { kind, given }, resolve: resolve as (done: unknown) => void, reject });
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
      await Promise.all([worker, carrier].map((thread) => ended(thread)));
    },
  };
}

interface Waiting {
  readonly write: Write;
  readonly resolve: (done: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Groups of writes that are worth a thread to carry them over. */
const CARRY_AFTER = 200;
/** Of the thread that carries, some 10 s: it takes some 10 MB. */
const QUIET_ROUNDS = 40;

async function ended(thread: Worker | null): Promise<void> {
  // One that died says nothing any more.
  if (!thread || thread.threadId === -1) return;
  const exit = new Promise((done) => thread.once("exit", done));
  // Nothing else may hold the process any more: an unreferenced thread would be waited for in vain.
  thread.ref();
  thread.postMessage(null);
  await exit;
}
