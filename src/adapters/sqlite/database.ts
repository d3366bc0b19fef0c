import { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";
import { migrations } from "./migrations.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Opens the one database file, made and brought up to date when needed. Every handle MUST come from here:
 * `synchronous` and `secure_delete` belong to the handle, not to the file. Only FULL makes a WAL commit survive a power
 * cut, and only with zeros in the place of what was deleted is erased text gone.
 * A read-only handle never migrates, so a writing one has to come first.
 * @throws Fault `bad_config` when the file cannot be opened, is no database or comes from a newer version.
 */
export function open(path: string, options: { readonly readonly?: boolean } = {}): DatabaseSync {
  const readOnly = options.readonly ?? false;
  const db = opened(path, readOnly);
  try {
    db.exec(
      `PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON`,
    );
    if (!readOnly) db.exec("PRAGMA journal_mode = WAL");
    if (!readOnly) upgrade(db);
    else if (versionOf(db) !== CURRENT) throw unfit(path, versionOf(db));
    return db;
  } catch (cause) {
    db.close();
    if (cause instanceof Fault) throw cause;
    throw new Fault("bad_config", `${path} cannot be used as Parley's database`, { cause });
  }
}

/** How long a statement waits for another process's write before it fails. */
const BUSY_MS = 5_000;

const CURRENT = migrations.at(-1)?.version ?? 0;

function opened(path: string, readOnly: boolean): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly });
  } catch (cause) {
    throw new Fault("bad_config", `the database ${path} cannot be opened`, { cause });
  }
}

/** IMMEDIATE, and the version read inside: of two processes that start at once, the second finds it done. */
function upgrade(db: DatabaseSync): void {
  if (versionOf(db) === CURRENT) return;
  inTransaction(db, () => {
    const version = versionOf(db);
    if (version > CURRENT) throw unfit(db.location() ?? "the database", version);
    for (const step of migrations.filter((migration) => migration.version > version)) {
      for (const sql of step.sql) db.exec(sql);
      db.exec(`PRAGMA user_version = ${step.version}`);
    }
  });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.user_version);
}

function unfit(path: string, version: number): Fault {
  const relation = version > CURRENT ? "newer than" : "older than";
  return new Fault(
    "bad_config",
    `${path} has schema version ${version}, ${relation} this Parley's ${CURRENT}; ` +
      (version > CURRENT ? "upgrade Parley" : "open it for writing once to upgrade it"),
  );
}
