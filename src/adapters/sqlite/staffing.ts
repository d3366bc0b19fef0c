import type { DatabaseSync } from "node:sqlite";
import type { Latest, Lease, Note } from "../../ports/staffing.ts";
import type { Commit } from "../../ports/store.ts";

/** When each session last changed, who of staff holds which, what they told the agent, and who watches. */
export const staffingSchema: readonly string[] = [
  "ALTER TABLE session ADD COLUMN last_at TEXT",
  `UPDATE session SET last_at = coalesce(
     (SELECT json ->> '$.at' FROM event WHERE session = session.id ORDER BY seq DESC LIMIT 1), opened_at)`,
  "CREATE INDEX session_latest ON session (last_at, id) WHERE erased_at IS NULL",
  `CREATE TABLE lease (
     session TEXT PRIMARY KEY, seq INTEGER NOT NULL, operator TEXT NOT NULL, until TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX lease_until ON lease (until)",
  `CREATE TABLE note (
     n INTEGER PRIMARY KEY, session TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (session, id)
   ) STRICT`,
  "CREATE TABLE attendance (name TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT, WITHOUT ROWID",
];

/** Write side. */
export function staffing(db: DatabaseSync) {
  const moved = db.prepare("UPDATE session SET last_at = ? WHERE id = ?");
  const take = db.prepare("INSERT OR REPLACE INTO lease (session, seq, operator, until) VALUES (?, ?, ?, ?)");
  const leave = db.prepare("DELETE FROM lease WHERE session = ?");
  const renew = db.prepare("UPDATE lease SET until = ? WHERE session = ? AND seq = ?");
  const note = db.prepare("INSERT OR IGNORE INTO note (session, id, json) VALUES (?, ?, ?)");
  const attend = db.prepare("INSERT OR REPLACE INTO attendance (name, until) VALUES (?, ?)");
  return {
    /** For the transaction that appends. */
    moved: (session: string, at: string, lease: Commit["lease"]): void => {
      moved.run(at, session);
      if (lease === null) leave.run(session);
      else if (lease) take.run(session, lease.seq, lease.operator, lease.until);
    },
    renew: (session: string, seq: number, until: string): boolean =>
      renew.run(until, session, seq).changes > 0,
    note: (session: string, { id, ...rest }: Note): boolean =>
      note.run(session, id, JSON.stringify(rest)).changes > 0,
    attend: (name: string, until: string): void => void attend.run(name, until),
  };
}

/** Read side. */
export function staffingIn(db: DatabaseSync) {
  const latest = db.prepare(
    `SELECT id, last_at AS at, (SELECT max(seq) FROM event WHERE session = session.id) AS seq FROM session
     WHERE erased_at IS NULL AND (last_at, id) < (?, ?) ORDER BY last_at DESC, id DESC LIMIT ?`,
  );
  const held = db.prepare("SELECT session, seq, operator, until FROM lease WHERE session = ?");
  const lapsed = db.prepare(
    "SELECT session, seq, operator, until FROM lease WHERE until <= ? ORDER BY session LIMIT ?",
  );
  const waits = db.prepare(
    "SELECT session, seq, operator, until FROM lease WHERE operator = '' ORDER BY session LIMIT ?",
  );
  const notes = db.prepare("SELECT id, json FROM note WHERE session = ? ORDER BY n");
  const attended = db.prepare("SELECT 1 FROM attendance WHERE until > ? LIMIT 1");
  return {
    latest: (after: Pick<Latest, "at" | "id"> | null, limit: number) =>
      latest.all(after?.at ?? BEHIND_ALL, after?.id ?? "", limit) as unknown as readonly Latest[],
    held: (session: string) => (held.get(session) as unknown as Lease | undefined) ?? null,
    lapsed: (now: string, limit: number) => lapsed.all(now, limit) as unknown as readonly Lease[],
    waits: (limit: number) => waits.all(limit) as unknown as readonly Lease[],
    notes: (session: string) =>
      notes
        .all(session)
        .map(({ id, json }) => ({ id: String(id), ...JSON.parse(String(json)) }) as unknown as Note),
    attended: (now: string) => attended.get(now) !== undefined,
  };
}

/** Later than any year of four digits. */
const BEHIND_ALL = "~";
