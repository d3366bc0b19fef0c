import type { DatabaseSync } from "node:sqlite";

/** Does all of `work` or none of it, as the database's one writer meanwhile. Throws what `work` throws. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const done = work();
    db.exec("COMMIT");
    return done;
  } catch (error) {
    // SQLite ends some by itself.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
