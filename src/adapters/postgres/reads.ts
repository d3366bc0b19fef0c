import type { Call } from "../../domain/question.ts";
import type { Viewer } from "../../ports/search.ts";
import type {
  Chained,
  IntentRecord,
  Overdue,
  SessionRecord,
  Store,
  TurnRecord,
  Walked,
} from "../../ports/store.ts";
import { unwritten, written } from "../lexical/words.ts";
import type { Queries, Row } from "./database.ts";
import { gathering } from "./gathering.ts";

type Reads = Pick<
  Store,
  | "session"
  | "sessions"
  | "sessionsOf"
  | "read"
  | "chain"
  | "head"
  | "walk"
  | "receipt"
  | "claims"
  | "heads"
  | "turns"
  | "calls"
  | "policy"
  | "intent"
  | "intentsOf"
  | "overdue"
  | "awaiting"
  | "used"
  | "revocations"
  | "endedBefore"
>;

/**
 * Every query of the store; rows leave as the port's own shapes. Ids are asked for as they came in, from anybody: with a NUL
 * in one the server would refuse the query, where there is merely no such row.
 */
export function readsOf(sql: Queries): Reads {
  const one = async (text: string, values: readonly unknown[]) => (await sql.query(text, values))[0];
  return {
    session: async (id) => {
      const row = await one(`SELECT ${SESSION} FROM session WHERE id = $1`, [written(id)]);
      return row ? sessionOf(row) : null;
    },
    sessions: async (limit) => {
      const text = `SELECT ${SESSION}, seq FROM session ORDER BY opened_at DESC LIMIT $1`;
      return (await sql.query(text, [limit])).map((row) => ({
        ...sessionOf(row),
        last_seq: Number(row.seq),
      }));
    },
    sessionsOf: async (principal, after, limit) => {
      const text = `SELECT ${SESSION} FROM session WHERE principal = $1 AND id > $2 ORDER BY id LIMIT $3`;
      return (await sql.query(text, [written(principal), after ?? "", limit])).map(sessionOf);
    },
    read: async (session, after, limit) => {
      const text = "SELECT seq, json FROM event WHERE session = $1 AND seq > $2 ORDER BY seq LIMIT $3";
      return (await sql.query(text, [session, after, limit])) as unknown as { seq: number; json: string }[];
    },
    chain: async (session, after, limit) => {
      const text = `SELECT seq, json, salt, digest, chain FROM event WHERE session = $1 AND seq > $2
        ORDER BY seq LIMIT $3`;
      return (await sql.query(text, [session, after, limit])) as unknown as Chained[];
    },
    walk: async (after, limit) => {
      const rows = await sql.query(
        `SELECT s.id, s.seq, e.chain, coalesce(s.erased_at, s.last_at) AS at
         FROM session s JOIN event e ON e.session = s.id AND e.seq = s.seq
         WHERE s.id > $1 ORDER BY s.id LIMIT $2`,
        [after ?? "", limit],
      );
      return rows as unknown as readonly Walked[];
    },
    receipt: async (session) => {
      const row = await one("SELECT receipt FROM erasure WHERE session = $1", [written(session)]);
      return row ? String(row.receipt) : null;
    },
    head: async (session) => {
      const text = "SELECT seq, chain FROM event WHERE session = $1 ORDER BY seq DESC LIMIT 1";
      return ((await one(text, [session])) as { seq: number; chain: string } | undefined) ?? null;
    },
    claims: async (since) => {
      // A number later than all there are comes from another server, whose tables were copied here.
      const rows = await sql.query(
        `SELECT pg_snapshot_xmin(s)::text AS next, c.id, c.term FROM pg_current_snapshot() AS s
         LEFT JOIN session c ON c.claimed >= $1::text::xid8 AND c.claimed < pg_snapshot_xmax(s)`,
        [since],
      );
      const claimed = rows.flatMap(({ id, term }) =>
        id === null ? [] : [[String(id), Number(term)] as const],
      );
      return { claimed, next: String(rows[0]?.next) };
    },
    heads: async (sessions) => {
      if (sessions.length === 0) return {};
      const rows = await sql.query("SELECT id, seq FROM session WHERE id = ANY($1::text[])", [sessions]);
      return Object.fromEntries(rows.map(({ id, seq }) => [String(id), Number(seq)]));
    },
    turns: async (session) => {
      const text = "SELECT staff FROM event WHERE session = $1 AND staff IS NOT NULL ORDER BY seq";
      return (await sql.query(text, [session])).map(({ staff }) => JSON.parse(String(staff)) as TurnRecord);
    },
    calls: async (session) => {
      const rows = await sql.query("SELECT message, json FROM call WHERE session = $1 ORDER BY n", [session]);
      return rows.map(({ message, json }) => ({
        message: Number(message),
        call: JSON.parse(String(json)) as Call,
      }));
    },
    policy: async (digest) => {
      const row = await one("SELECT text FROM policy WHERE digest = $1", [digest]);
      return row ? String(row.text) : null;
    },
    intent: async (id) => {
      const row = await one(`SELECT ${INTENT} FROM intent WHERE id = $1`, [written(id)]);
      return row ? intentOf(row) : null;
    },
    intentsOf: async (session) =>
      (await sql.query(`SELECT ${INTENT} FROM intent WHERE session = $1 ORDER BY id`, [session])).map(
        intentOf,
      ),
    overdue: async (now, after, limit) => {
      const text = `SELECT id, expires_at FROM intent
        WHERE status IN ('pending', 'approval_pending') AND expires_at <= $1 AND (expires_at, id) > ($2, $3)
        ORDER BY expires_at, id LIMIT $4`;
      const from = [after?.expires_at ?? "", after?.id ?? ""];
      return (await sql.query(text, [now, ...from, limit])) as unknown as Overdue[];
    },
    awaiting: async (after, limit) => {
      const text = `SELECT ${INTENT} FROM intent WHERE status = 'approval_pending' AND id > $1 ORDER BY id LIMIT $2`;
      return (await sql.query(text, [written(after ?? ""), limit])).map(intentOf);
    },
    used: usedIn(sql),
    revocations: async () => {
      const rows = await sql.query("SELECT principal, at FROM revocation ORDER BY principal");
      return rows.map(({ principal, at }) => ({ principal: unwritten(String(principal)), at: String(at) }));
    },
    endedBefore: async (instant, after, limit) => {
      const rows = await sql.query(
        `SELECT id FROM session s WHERE opened_at < $1 AND last_at < $1 AND id > $2 AND NOT EXISTS (
           SELECT 1 FROM intent i WHERE i.session = s.id AND i.status IN ('pending', 'approval_pending'))
         ORDER BY id LIMIT $3`,
        [instant, after ?? "", limit],
      );
      return rows.map(({ id }) => String(id));
    },
  };
}

const SESSION = "id, secret_hash, principal, opened_at";
const INTENT = "id, session, kind, offer, status, total, currency, jws, payload, lines, decided_by";

function sessionOf({ id, secret_hash, principal, opened_at }: Row): SessionRecord {
  return {
    ...{ id: String(id), secret_hash: String(secret_hash), opened_at: String(opened_at) },
    principal: unwritten(String(principal)),
  };
}

function intentOf({ decided_by, ...row }: Row): IntentRecord {
  const decided = decided_by === null ? {} : { decided_by };
  return { ...row, lines: JSON.parse(String(row.lines)), ...decided } as unknown as IntentRecord;
}

/** Many viewers' questions a round trip. */
function usedIn(sql: Queries): Store["used"] {
  const gathered = gathering<Used, Record<string, number>>(async (asked) => {
    const pairs = asked.flatMap(({ accounts, viewer: { session, now } }, i) =>
      accounts.map((account) => [i, written(account), session, now]),
    );
    const column = (at: number) => pairs.map((pair) => pair[at]);
    const rows = await sql.query(
      `SELECT v.i, v.account, (coalesce(b.spent, 0) + coalesce((SELECT sum(amount) FROM budget_hold h
         WHERE h.account = v.account AND h.session <> v.session AND h.until > v.now), 0))::bigint AS used
       FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS v (i, account, session, now)
         LEFT JOIN budget b ON b.account = v.account`,
      [column(0), column(1), column(2), column(3)],
    );
    const answers = asked.map((): Record<string, number> => ({}));
    for (const { i, account, used } of rows) {
      const answer = answers[Number(i)];
      if (answer) answer[unwritten(String(account))] = Number(used);
    }
    return answers;
  }, 256);
  return async (accounts, viewer) => (accounts.length === 0 ? {} : gathered({ accounts, viewer }));
}

interface Used {
  readonly accounts: readonly string[];
  readonly viewer: Viewer;
}
