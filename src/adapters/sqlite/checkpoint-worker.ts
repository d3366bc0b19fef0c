import { parentPort, workerData } from "node:worker_threads";
import { open } from "./database.ts";

/** Milliseconds between two rounds. */
const EVERY = 250;

/** The database file, and after how many rounds that found nothing new it ends. */
export interface Carrying {
  readonly path: string;
  readonly quiet_rounds: number;
}

/**
 * Carries what was committed over from the log into the database file while the writing goes on, so that the writer,
 * when it does the same itself at a full log (write-worker.ts), has little left to wait for.
 */
const { path, quiet_rounds } = workerData as Carrying;
const db = open(path);
const carry = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
let quiet = 0;
let frames = 0;
const timer = setInterval(() => {
  const { log, checkpointed } = carry.get() as { log: number; checkpointed: number };
  quiet = log === frames && checkpointed === log ? quiet + 1 : 0;
  frames = log;
  if (quiet === quiet_rounds) end();
}, EVERY);

parentPort?.on("message", end);

function end(): void {
  clearInterval(timer);
  db.close();
  parentPort?.close();
}
