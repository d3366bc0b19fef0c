import type { DatabaseSync } from "node:sqlite";
import type { Handled, Hindsight, Lack, LackGroup, Looked } from "../../ports/hindsight.ts";
import type { Committer } from "./committer.ts";

/** Reads through `db`; what is written goes the way of every write. */
export function sqliteHindsight(db: DatabaseSync, { write }: Pick<Committer, "write">): Hindsight {
  const behind = db.prepare(
    `SELECT s.id, h.version, h.seq, s.erased_at, (SELECT max(seq) FROM event WHERE session = s.id) AS last
     FROM session s LEFT JOIN hindsight h ON h.session = s.id WHERE s.id > ? ORDER BY s.id LIMIT ?`,
  );
  const figures = db.prepare(
    `SELECT session, version, seq, opened_at, figures FROM hindsight
     WHERE opened_at >= ? AND opened_at < ? AND (opened_at, session) > (?, ?) ORDER BY opened_at, session LIMIT ?`,
  );
  const groups = db.prepare(
    `SELECT gap, min(sku) AS sku, currency, sum(times) AS times, count(*) AS sessions, sum(value) AS value,
       max(at) AS last_at
     FROM (SELECT gap, min(sku) AS sku, currency, count(*) AS times, max(value) AS value, max(at) AS at FROM lack
           WHERE ?1 IS NULL OR lang = ?1 GROUP BY gap, session, currency)
     GROUP BY gap, currency ORDER BY gap, currency`,
  );
  const whys = db.prepare("SELECT gap, why, count(*) AS times FROM lack GROUP BY gap, why");
  const examples = db.prepare(
    `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY lang ORDER BY at DESC, session, seq, n) AS place
       FROM lack WHERE gap = ?)
     WHERE place <= ? ORDER BY at DESC, session, seq, n`,
  );
  const exemplars = db.prepare(
    `SELECT gap, max(text) AS text, max(at) AS at FROM lack WHERE sku IS ?1 AND gap >= ?2 AND gap < ?2 || '~' GROUP BY gap
     ORDER BY at DESC LIMIT ?3`,
  );
  const handled = db.prepare("SELECT id AS gap, revision, body FROM gap ORDER BY id");

  return {
    behind: async (version, after, limit) => {
      const rows = behind.all(after ?? "", limit);
      const open = rows.filter(
        (row) => row.erased_at === null && (row.version !== version || row.seq !== row.last),
      );
      const next = rows.length < limit ? null : String(rows.at(-1)?.id);
      return { sessions: open.map(({ id }) => String(id)), next };
    },
    put: (looked) => write("look", looked),
    figures: async ({ from, to }, after, limit) =>
      figures.all(from, to, after?.opened_at ?? "", after?.session ?? "", limit) as unknown as Looked[],
    groups: async (lang) => groups.all(lang) as unknown as LackGroup[],
    whys: async () => whys.all() as unknown as { gap: string; why: string; times: number }[],
    examples: async (gaps, limit) =>
      gaps.flatMap((gap) =>
        examples.all(gap, limit).map(({ place: _, ...row }) => row as unknown as Lack & { session: string }),
      ),
    exemplars: async (sku, prefix, limit) =>
      exemplars.all(sku, prefix, limit).map(({ gap, text }) => ({ gap: String(gap), text: String(text) })),
    handled: async () => handled.all() as unknown as Handled[],
    handle: (one) => write("handle", one),
  };
}
