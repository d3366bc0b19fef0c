import { Worker } from "node:worker_threads";

/** The compile cache is each thread's own to enable, before it loads what it runs: else that is compiled every time. */
const BOOT = `require("node:module").enableCompileCache(); void import(process.argv[2]);`;

/**
 * Starts a thread on the module of that name beside `here`, with the same ending as `here`: .ts in the repository, .js in
 * the package. A module that cannot be loaded is an `error` of the thread.
 */
export function startThread(name: string, here: string, workerData: unknown): Worker {
  const script = new URL(`./${name}${here.endsWith(".ts") ? ".ts" : ".js"}`, here);
  return new Worker(BOOT, { eval: true, argv: [script.href], workerData, resourceLimits: YOUNG });
}

/** Of what lives for one message: without a bound of its own each thread takes as much for it as the whole process may. */
const YOUNG = { maxYoungGenerationSizeMb: 12 };
