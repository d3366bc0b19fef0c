import type { DatabaseSync } from "node:sqlite";

/** Who and what may not come in again: nonces that were named, principals whose rights were taken away. */
export function barring(db: DatabaseSync) {
  const once = db.prepare(
    `INSERT INTO nonce (nonce, until) VALUES (:nonce, :until)
     ON CONFLICT (nonce) DO UPDATE SET until = excluded.until WHERE nonce.until <= :now`,
  );
  const sweep = db.prepare(
    `DELETE FROM nonce WHERE nonce IN (SELECT nonce FROM nonce WHERE until <= ? ORDER BY until LIMIT ${SWEPT})`,
  );
  const revoke = db.prepare("INSERT OR REPLACE INTO revocation (principal, at) VALUES (?, ?)");
  const reinstate = db.prepare("DELETE FROM revocation WHERE principal = ?");

  return {
    once: (nonce: string, until: string, now: string): boolean => {
      const first = once.run({ nonce, until, now }).changes > 0;
      sweep.run(now);
      return first;
    },
    revoke: (principal: string, at: string): void => void revoke.run(principal, at),
    reinstate: (principal: string): void => void reinstate.run(principal),
  };
}

/** More than one is put in at a time, so that the table shrinks; few enough to hold nobody up. */
const SWEPT = 16;
