import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FixtureFile } from "../lab/fixture.ts";
import type { Outcome } from "../lab/outcome.ts";
import type { LabOptions } from "./lab-options.ts";

/** What one round of playing is in the second thread: it takes its fixtures from those that are left, as the first does. */
export interface Round {
  readonly files: readonly FixtureFile[];
  readonly taken: SharedArrayBuffer;
}

/** A second thread that plays, with houses of its own. */
export interface Second {
  /** Plays what it takes until nothing is left: outcomes at the places of their files, holes at the others. */
  play(round: Round): Promise<Outcome[]>;
  /** Nothing is played any more. */
  close(): Promise<void>;
}

/** So many fixtures take longer than a thread takes to begin. */
const WORTH_IT = 24;

/**
 * Begins a second thread where there are many fixtures to play and a processor for it; null where there are not. It
 * reads vendors and prompts while the first thread reads the fixtures, so begin it first.
 */
export function second(options: LabOptions): Second | null {
  const { patterns, mode, root } = options;
  // A model that answers over a network is waited for, which one thread can do.
  if (patterns.length > 0 || mode === "live" || availableParallelism() < 2) return null;
  if (filesIn(join(root, "fixtures/dialogues")) < WORTH_IT) return null;
  // The first thread tells what is wrong with files; nobody wants to read it twice.
  const worker = new Worker(SCRIPT, { workerData: options, stderr: true });
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  failed.catch(() => {});
  return {
    play: (round) => {
      const played = new Promise<Outcome[]>((resolve) => worker.once("message", resolve));
      worker.postMessage(round);
      return Promise.race([played, failed]);
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

function filesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true }).length;
  } catch {
    return 0;
  }
}

/** Beside this file, with this file's own ending: .ts in the repository, .js in the package. */
const SCRIPT = new URL(
  `./lab-second-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`,
  import.meta.url,
);
