import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { LabOptions } from "./lab-options.ts";
import type { Round } from "./lab-second.ts";

module.enableCompileCache();
const { benchFor } = await import("./lab-bench.ts");

const options = workerData as LabOptions;
const bench = benchFor(options);
parentPort?.on("message", async ({ files, taken }: Round) => {
  parentPort?.postMessage(await bench.play(files, { taken }));
});
