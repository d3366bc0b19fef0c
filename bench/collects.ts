import { isMainThread } from "node:worker_threads";

/**
 * Loaded into a server before its own code (`--import`, with `--expose-gc`): SIGUSR2 has it collect garbage as thoroughly as V8
 * can, and say so. Threads of its own are left to V8.
 */
if (isMainThread) {
  process.on("SIGUSR2", () => {
    for (let n = 0; n < 3; n++) globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
    process.stdout.write(`${JSON.stringify({ collected: process.memoryUsage() })}\n`);
  });
}
