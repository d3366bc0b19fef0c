import { parentPort, workerData } from "node:worker_threads";
import { open } from "./database.ts";

/** Milliseconds between two rounds. */
const EVERY = 250;

/**
 * Carries what was committed over from the log into the database file while the writing goes on, so that the writer,
 * when it does the same itself at a full log (write-worker.ts), has little left to wait for.
 */
const db = open(String(workerData));
const carry = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
const timer = setInterval(() => carry.get(), EVERY);

parentPort?.on("message", () => {
  clearInterval(timer);
  db.close();
  parentPort?.close();
});
