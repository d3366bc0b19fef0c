import { parentPort, workerData } from "node:worker_threads";
import { open } from "./database.ts";
import { isFatal } from "./failures.ts";
import { type Outcome, type Write, writer } from "./writes.ts";

/** Pages after which the writer itself carries the log over and begins it anew: 64 MiB. */
const CHECKPOINT_PAGES = 16_000;

/** A group's outcomes, in its order, or why none of it may be acknowledged; `lost` when nothing may be any more. */
export type Written =
  | { readonly outcomes: Outcome[]; readonly commit_seconds: number }
  | { readonly error: unknown; readonly lost: boolean };

const db = open(String(workerData));
db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
let commit_seconds = 0;
const write = writer(db, (seconds) => {
  commit_seconds = seconds;
});

parentPort?.on("message", (group: Write[] | null) => {
  if (group === null) {
    db.close();
    parentPort?.close();
    return;
  }
  let written: Written;
  try {
    written = { outcomes: write(group), commit_seconds };
  } catch (error) {
    written = { error, lost: isFatal(error) };
  }
  parentPort?.postMessage(written);
});
