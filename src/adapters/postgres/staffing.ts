import type { Latest, Lease, Note, Staffing } from "../../ports/staffing.ts";
import { unwritten, written } from "../lexical/words.ts";
import type { Queries, Row } from "./database.ts";

export function staffing(sql: Queries): Staffing {
  return {
    latest: async (after, limit) => {
      const rows = await sql.query(
        `SELECT id, last_at AS at, seq FROM session
         WHERE erased_at IS NULL AND (last_at, id) < ($1, $2) ORDER BY last_at DESC, id DESC LIMIT $3`,
        [after?.at ?? BEHIND_ALL, after?.id ?? "", limit],
      );
      return rows.map(({ id, at, seq }): Latest => ({ id: String(id), at: String(at), seq: Number(seq) }));
    },
    held: async (session) => {
      const [row] = await sql.query(`SELECT ${LEASE} FROM lease WHERE session = $1`, [written(session)]);
      return row ? leaseOf(row) : null;
    },
    renew: async (session, seq, until) => {
      const text = "UPDATE lease SET until = $3 WHERE session = $1 AND seq = $2 RETURNING 1";
      return (await sql.query(text, [written(session), seq, until])).length > 0;
    },
    lapsed: async (now, limit) => {
      const text = `SELECT ${LEASE} FROM lease WHERE until <= $1 ORDER BY session LIMIT $2`;
      return (await sql.query(text, [now, limit])).map(leaseOf);
    },
    waits: async (limit) => {
      const text = `SELECT ${LEASE} FROM lease WHERE operator = '' ORDER BY session LIMIT $1`;
      return (await sql.query(text, [limit])).map(leaseOf);
    },
    note: async (session, { id, ...rest }) => {
      const text =
        "INSERT INTO note (session, id, json) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1";
      return (await sql.query(text, [session, written(id), JSON.stringify(rest)])).length > 0;
    },
    notes: async (session) => {
      const rows = await sql.query("SELECT id, json FROM note WHERE session = $1 ORDER BY n", [session]);
      return rows.map(
        ({ id, json }) => ({ id: unwritten(String(id)), ...JSON.parse(String(json)) }) as unknown as Note,
      );
    },
    attend: async (name, until) => {
      await sql.query(
        "INSERT INTO attendance VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET until = excluded.until",
        [written(name), until],
      );
    },
    attended: async (now) =>
      (await sql.query("SELECT 1 FROM attendance WHERE until > $1 LIMIT 1", [now])).length > 0,
  };
}

const LEASE = "session, seq, operator, until";
/** Later than any year of four digits. */
const BEHIND_ALL = "~";

function leaseOf({ session, seq, operator, until }: Row): Lease {
  return {
    ...{ session: String(session), seq: Number(seq), until: String(until) },
    operator: unwritten(String(operator)),
  };
}
