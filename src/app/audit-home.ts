import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileJournal } from "../adapters/file-journal.ts";
import { openKeys } from "../adapters/keys.ts";
import { CHECKPOINT_TYP } from "../domain/checkpoint.ts";
import { ERASURE_TYP } from "../domain/erasure.ts";
import { Fault } from "../domain/fault.ts";
import type { Journal } from "../ports/journal.ts";
import type { Signer } from "../ports/signer.ts";

/** What of a home proves its history; none of it holds anything a person said. */
export interface AuditHome {
  readonly heads: Journal;
  readonly checkpoints: Journal;
  readonly erasures: Journal;
  /** The folder of the keys that signed. */
  readonly keys: string;
  readonly signs: { readonly checkpoints: Signer; readonly erasures: Signer };
  /** Of all processes of this home one at a time. Throws `bad_config` when another is at it. */
  locked<T>(work: () => Promise<T>): Promise<T>;
}

/** Its folder in a home. */
export const AUDIT = "audit";

export async function openAudit(home: string): Promise<AuditHome> {
  const folder = join(home, AUDIT);
  const keys = join(home, "keys");
  return {
    heads: fileJournal(join(folder, "heads.jsonl")),
    checkpoints: fileJournal(join(folder, "checkpoints.jsonl")),
    erasures: fileJournal(join(folder, "erasures.jsonl")),
    keys,
    signs: {
      checkpoints: await openKeys(keys, CHECKPOINT_TYP),
      erasures: await openKeys(keys, ERASURE_TYP),
    },
    locked: async (work) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const lock = taken(join(folder, "lock.db"));
      try {
        return await work();
      } finally {
        lock.close();
      }
    },
  };
}

/**
 * A lock of the operating system on an empty file, by way of SQLite: whoever holds it loses it with its life. A process id
 * in a file would not do: in containers every gateway is process 1, and so is the one that comes after it.
 */
function taken(path: string): DatabaseSync {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: unknown }).errcode !== BUSY) throw cause;
    throw new Fault("bad_config", "another process is making a checkpoint of this home; try again");
  }
}

/** SQLITE_BUSY */
const BUSY = 5;
