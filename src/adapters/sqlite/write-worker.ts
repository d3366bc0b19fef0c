import { parentPort, workerData } from "node:worker_threads";
import { open } from "./database.ts";
import { type Outcome, type Write, writer } from "./writes.ts";

/** Pages after which the writer itself carries the log over and begins it anew: 64 MiB. */
const CHECKPOINT_PAGES = 16_000;

/** A group's outcomes, in its order, or why none of it is on disk. */
export type Written = { readonly outcomes: Outcome[] } | { readonly error: unknown };

const db = open(String(workerData));
db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
const write = writer(db);

parentPort?.on("message", (group: Write[] | null) => {
  if (group === null) {
    db.close();
    parentPort?.close();
    return;
  }
  let written: Written;
  try {
    written = { outcomes: write(group) };
  } catch (error) {
    written = { error };
  }
  parentPort?.postMessage(written);
});
