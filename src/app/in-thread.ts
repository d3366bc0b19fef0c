import { parentPort, Worker, workerData } from "node:worker_threads";
import { FAULTS, Fault, type FaultCode } from "../domain/fault.ts";

interface Failed {
  readonly code: FaultCode;
  readonly message: string;
}

/**
 * Has a file beside this one do a piece of work in a thread of its own, one at a time for each `Threads`: whoever comes
 * meanwhile is refused as `queue_full`. What takes longer than `ms` ends there, as `unavailable`.
 */
export function threads(what: string) {
  let working: Worker | null = null;
  return {
    run: async <T>(file: string, given: unknown, ms: number): Promise<T> => {
      if (working) throw new Fault("queue_full", `${what} is under way already; wait for it`);
      const kind = import.meta.url.endsWith(".ts") ? "ts" : "js";
      const worker = new Worker(new URL(`./${file}.${kind}`, import.meta.url), { workerData: given });
      working = worker;
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<T>((resolve, reject) => {
          timer = setTimeout(() => {
            reject(
              new Fault("unavailable", `${what} took longer than ${Math.round(ms / 1_000)} s and was ended`),
            );
          }, ms);
          worker.on("message", (done: { readonly done: T } | { readonly failed: Failed }) => {
            if ("done" in done) resolve(done.done);
            else reject(new Fault(done.failed.code, done.failed.message));
          });
          worker.on("error", reject);
          worker.on("exit", () => reject(new Fault("unavailable", `${what} was ended`)));
        });
      } finally {
        clearTimeout(timer);
        working = null;
        await worker.terminate();
      }
    },
    stop: async (): Promise<void> => void (await working?.terminate()),
  };
}

/** The thread's side: does its work once and tells what came of it. */
export async function answer<G, T>(work: (given: G) => Promise<T>): Promise<void> {
  try {
    parentPort?.postMessage({ done: await work(workerData as G) });
  } catch (error) {
    if (!(error instanceof Fault) || !(error.code in FAULTS)) throw error;
    parentPort?.postMessage({ failed: { code: error.code, message: error.message } satisfies Failed });
  }
}
