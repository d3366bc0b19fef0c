import type { DatabaseSync } from "node:sqlite";
import type { Handled, Looked } from "../../ports/hindsight.ts";

/** What is written of what sessions came to (ports/hindsight.ts), for the thread that writes. */
export function looking(db: DatabaseSync) {
  const sql = {
    known: db.prepare("SELECT 1 FROM session WHERE id = ? AND erased_at IS NULL"),
    put: db.prepare(
      "INSERT OR REPLACE INTO hindsight (session, version, seq, opened_at, figures) VALUES (?, ?, ?, ?, ?)",
    ),
    clear: db.prepare("DELETE FROM lack WHERE session = ?"),
    lack: db.prepare(
      `INSERT INTO lack (session, seq, n, gap, at, sku, lang, why, value, currency, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    first: db.prepare("INSERT OR IGNORE INTO gap (id, revision, body) VALUES (?, ?, ?)"),
    next: db.prepare("UPDATE gap SET revision = ?, body = ? WHERE id = ? AND revision = ?"),
  };
  return {
    look: ({ session, version, seq, opened_at, figures, lacks }: Looked): boolean => {
      if (!sql.known.get(session)) return false;
      sql.put.run(session, version, seq, opened_at, figures);
      sql.clear.run(session);
      for (const { seq: at_seq, n, gap, at, sku, lang, why, value, currency, text } of lacks)
        sql.lack.run(session, at_seq, n, gap, at, sku, lang, why, value, currency, text);
      return true;
    },
    handle: ({ gap, revision, body }: Handled): boolean =>
      Number(
        revision === 1
          ? sql.first.run(gap, revision, body).changes
          : sql.next.run(revision, body, gap, revision - 1).changes,
      ) > 0,
  };
}
