import type { Handled, Hindsight, Lack, LackGroup, Looked } from "../../ports/hindsight.ts";
import { unwritten, written } from "../lexical/words.ts";
import type { Database } from "./database.ts";

const OF_LACK = ["seq", "n", "gap", "at", "sku", "lang", "why", "value", "currency", "text"] as const;

/** Texts that others choose are kept as `written()` makes them. */
export function postgresHindsight(sql: Database): Hindsight {
  return {
    behind: async (version, after, limit) => {
      const rows = await sql.query(
        `SELECT s.id, s.erased_at IS NULL AND (h.seq IS DISTINCT FROM s.seq OR h.version <> $1) AS open
         FROM (SELECT * FROM session WHERE id > $2 ORDER BY id LIMIT $3) s
           LEFT JOIN hindsight h ON h.session = s.id ORDER BY s.id`,
        [version, after ?? "", limit],
      );
      const next = rows.length < limit ? null : String(rows.at(-1)?.id);
      return { sessions: rows.filter(({ open }) => open === true).map(({ id }) => String(id)), next };
    },
    put: ({ session, version, seq, opened_at, figures, lacks }) =>
      sql.begin("READ COMMITTED", async (tx) => {
        // An erasure waits for this, or this for it.
        const known = await tx.query("SELECT 1 FROM session WHERE id = $1 AND erased_at IS NULL FOR SHARE", [
          session,
        ]);
        if (known.length === 0) return false;
        await tx.query(
          `INSERT INTO hindsight VALUES ($1, $2, $3, $4, $5) ON CONFLICT (session) DO UPDATE
             SET version = excluded.version, seq = excluded.seq, figures = excluded.figures`,
          [session, version, seq, opened_at, written(figures)],
        );
        await tx.query("DELETE FROM lack WHERE session = $1", [session]);
        if (lacks.length > 0)
          await tx.query(
            `INSERT INTO lack (session, ${OF_LACK.join(", ")}) SELECT $1, * FROM unnest($2::int[], $3::int[],
               $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::text[])`,
            [session, ...OF_LACK.map((name) => lacks.map((lack) => stored(name, lack[name])))],
          );
        return true;
      }),
    figures: async ({ from, to }, after, limit) => {
      const rows = await sql.query(
        `SELECT session, version, seq, opened_at, figures FROM hindsight
         WHERE opened_at >= $1 AND opened_at < $2 AND (opened_at, session) > ($3, $4)
         ORDER BY opened_at, session LIMIT $5`,
        [from, to, after?.opened_at ?? "", after?.session ?? "", limit],
      );
      return rows.map((row) => ({ ...row, figures: unwritten(String(row.figures)) }) as Looked);
    },
    groups: async (lang) => {
      const rows = await sql.query(
        `SELECT gap, min(sku) AS sku, currency, sum(times)::bigint AS times, count(*) AS sessions,
           sum(value)::bigint AS value, max(at) AS last_at
         FROM (SELECT gap, min(sku) AS sku, currency, count(*) AS times, max(value) AS value, max(at) AS at
               FROM lack WHERE $1::text IS NULL OR lang = $1 GROUP BY gap, session, currency) one
         GROUP BY gap, currency ORDER BY gap, currency`,
        [lang],
      );
      return rows.map(
        (row) => ({ ...row, sku: row.sku === null ? null : unwritten(String(row.sku)) }) as LackGroup,
      );
    },
    whys: async () =>
      (await sql.query("SELECT gap, why, count(*) AS times FROM lack GROUP BY gap, why")) as unknown as {
        gap: string;
        why: string;
        times: number;
      }[],
    examples: async (gaps, limit) => {
      const rows = await sql.query(
        `SELECT session, ${OF_LACK.join(", ")} FROM (
           SELECT *, row_number() OVER (PARTITION BY gap, lang ORDER BY at DESC, session, seq, n) AS place,
             array_position($1::text[], gap) AS nth
           FROM lack WHERE gap = ANY($1::text[])) one
         WHERE place <= $2 ORDER BY nth, at DESC, session, seq, n`,
        [gaps, limit],
      );
      return rows.map((row) => {
        const sku = row.sku === null ? null : unwritten(String(row.sku));
        return { ...row, sku, text: unwritten(String(row.text)) } as unknown as Lack & { session: string };
      });
    },
    exemplars: async (sku, prefix, limit) => {
      const rows = await sql.query(
        `SELECT gap, max(text) AS text, max(at) AS at FROM lack
         WHERE sku IS NOT DISTINCT FROM $1 AND gap >= $2 AND gap < $2 || '~' GROUP BY gap ORDER BY at DESC LIMIT $3`,
        [sku === null ? null : written(sku), prefix, limit],
      );
      return rows.map(({ gap, text }) => ({ gap: String(gap), text: unwritten(String(text)) }));
    },
    handled: async () => {
      const rows = await sql.query("SELECT id AS gap, revision, body FROM gap ORDER BY id");
      return rows.map(({ body, ...row }) => ({ ...row, body: unwritten(String(body)) }) as Handled);
    },
    handle: async ({ gap, revision, body }) => {
      const text =
        revision === 1
          ? "INSERT INTO gap VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1"
          : "UPDATE gap SET revision = $2, body = $3 WHERE id = $1 AND revision = $2::int - 1 RETURNING 1";
      return (await sql.query(text, [gap, revision, written(body)])).length > 0;
    },
  };
}

function stored(name: (typeof OF_LACK)[number], value: string | number | null): string | number | null {
  return typeof value === "string" && (name === "sku" || name === "text") ? written(value) : value;
}
