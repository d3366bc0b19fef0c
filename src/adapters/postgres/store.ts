import { Fault } from "../../domain/fault.ts";
import type { Appended, Store } from "../../ports/store.ts";
import { written } from "../lexical/words.ts";
import { committer } from "./committer.ts";
import { type Database, patient, type Queries } from "./database.ts";
import { dropped, erased, forgotten, tidying } from "./erasing.ts";
import { queueing } from "./queue.ts";
import { readsOf } from "./reads.ts";
import { staffing } from "./staffing.ts";

/**
 * The store on PostgreSQL, for as many nodes as there are. What sessions append goes in groups (committer.ts), everything
 * else in a statement of its own. `sql` stays the caller's to end.
 * @throws Fault `bad_config` for a server that would acknowledge what is not on its disk.
 */
export async function postgresStore(sql: Database): Promise<Store> {
  await mustBeDurable(sql);
  const [meta] = await sql.query("SELECT value FROM meta WHERE key = 'epoch'");
  const { write, close } = committer(sql);
  const ready = patient(sql);
  const done = async (written: Promise<unknown>) => void (await written);
  const tidied = tidying(sql);

  return {
    epoch: String(meta?.value),
    ...readsOf(ready),
    open: async (session, opened) => (await write({ kind: "open", session, opened })) === true,
    append: async (commit) => (await write({ kind: "append", commit })) as Appended,
    delivered: (id, sink) => done(write({ kind: "delivered", id, sink })),
    claim: async (session) => {
      const text = `UPDATE session SET term = term + 1, claimed = pg_current_xact_id() WHERE id = $1
        RETURNING term`;
      const [row] = await ready.query(text, [session]);
      return row === undefined ? null : Number(row.term);
    },
    keepPolicy: (digest, text) =>
      done(ready.query("INSERT INTO policy VALUES ($1, $2) ON CONFLICT DO NOTHING", [digest, text])),
    ...queueing(ready),
    ...staffing(ready),
    once: async (nonce, until, now) => {
      const rows = await ready.query(
        `INSERT INTO nonce AS n VALUES ($1, $2) ON CONFLICT (nonce) DO UPDATE SET until = excluded.until
         WHERE n.until <= $3 RETURNING 1`,
        [written(nonce), until, now],
      );
      await ready.query(
        `DELETE FROM nonce WHERE nonce IN
           (SELECT nonce FROM nonce WHERE until <= $1 ORDER BY until LIMIT 16 FOR UPDATE SKIP LOCKED)`,
        [now],
      );
      return rows.length > 0;
    },
    revoke: (principal, at) =>
      done(
        ready.query(
          "INSERT INTO revocation VALUES ($1, $2) ON CONFLICT (principal) DO UPDATE SET at = excluded.at",
          [written(principal), at],
        ),
      ),
    reinstate: (principal) =>
      done(ready.query("DELETE FROM revocation WHERE principal = $1", [written(principal)])),
    erase: (what) => erased(sql, what, tidied),
    forget: (session) => forgotten(sql, session, tidied),
    dropOrders: (...which) => dropped(sql, which, tidied),
    ping: () =>
      done(
        ready.query(
          "INSERT INTO meta VALUES ('ping', now()::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        ),
      ),
    close,
  };
}

async function mustBeDurable(sql: Queries): Promise<void> {
  const [row] = await sql.query(
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
       current_setting('synchronous_commit') AS synchronous_commit, pg_is_in_recovery() AS standby`,
  );
  if (row?.standby === true)
    throw new Fault(
      "bad_config",
      "PARLEY_STORE names a standby: sessions are read and written on the primary",
    );
  for (const name of ["fsync", "full_page_writes", "synchronous_commit"])
    if (row?.[name] === "off")
      throw new Fault(
        "bad_config",
        `the server of PARLEY_STORE has ${name} off, so that what it acknowledges may be lost; set ${name} = on in postgresql.conf, for this database and for its role`,
      );
}
