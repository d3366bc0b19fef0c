import type { DatabaseSync } from "node:sqlite";
import { appending } from "./appending.ts";
import { barring } from "./barring.ts";
import { erasing, truncated } from "./erasing.ts";
import { isFiles } from "./failures.ts";
import { looking } from "./looking.ts";
import { queueing } from "./queue.ts";
import { staffing } from "./staffing.ts";

/** Everything the store can be asked to write. */
export type Writes = ReturnType<typeof writesOf>;
export type Kind = keyof Writes;

/** One of them, as it travels to the writing thread. */
export interface Write<K extends Kind = Kind> {
  readonly kind: K;
  readonly given: Parameters<Writes[K]>;
}

/** What became of one write of a group. */
export type Outcome = { readonly done: unknown } | { readonly error: unknown };

/**
 * Writes a group in one transaction and so one fsync (the handle runs synchronous=FULL), each write behind a savepoint
 * of its own. `committed` is told what each COMMIT took. Throws when the transaction itself fails: then none of the group
 * is acknowledged.
 */
export function writer(
  db: DatabaseSync,
  committed: (seconds: number) => void = () => {},
): (group: readonly Write[]) => Outcome[] {
  const perform = writesOf(db);
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const save = db.prepare("SAVEPOINT one");
  const release = db.prepare("RELEASE one");
  const undo = db.prepare("ROLLBACK TO one");

  const one = ({ kind, given }: Write): Outcome => {
    save.run();
    try {
      const done = (perform[kind] as (...given: unknown[]) => unknown)(...given);
      if (kind === "append" && done !== "appended") undo.run();
      release.run();
      return { done };
    } catch (error) {
      if (isFiles(error)) throw error;
      undo.run();
      release.run();
      return { error };
    }
  };

  return (group) => {
    begin.run();
    let outcomes: Outcome[];
    try {
      outcomes = group.map(one);
      const began = performance.now();
      commit.run();
      committed((performance.now() - began) / 1_000);
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
    if (!group.some(({ kind }) => ERASING.has(kind))) return outcomes;
    try {
      truncated(db);
      return outcomes;
    } catch (error) {
      return outcomes.map((outcome, i) => (ERASING.has(group[i]?.kind ?? "ping") ? { error } : outcome));
    }
  };
}

const ERASING: ReadonlySet<Kind> = new Set<Kind>(["erase", "forget", "dropOrders"]);

function writesOf(db: DatabaseSync) {
  const policy = db.prepare("INSERT OR IGNORE INTO policy (digest, text) VALUES (?, ?)");
  const ping = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('ping', datetime())");
  const { moved, ...staffed } = staffing(db);
  return {
    ...appending(db, { moved }),
    ...staffed,
    ...queueing(db),
    ...barring(db),
    ...erasing(db),
    ...looking(db),
    keepPolicy: (digest: string, text: string): void => void policy.run(digest, text),
    ping: (): void => void ping.run(),
  };
}
