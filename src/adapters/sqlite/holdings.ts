import type { DatabaseSync } from "node:sqlite";
import type { Charge } from "../../domain/decision.ts";
import type { Viewer } from "../../ports/search.ts";
import type { Hold, Units } from "../../ports/store.ts";

const HELD = `coalesce((SELECT sum(quantity) FROM hold WHERE sku = :key AND session <> :session AND until > :now), 0)`;
const CHARGED = `coalesce(
  (SELECT sum(amount) FROM budget_hold WHERE account = :key AND session <> :session AND until > :now), 0)`;

/** Units of a product that are free to sell to the viewer. */
export function stockFor(db: DatabaseSync): (sku: string, viewer?: Viewer) => number {
  const free = db.prepare(`SELECT on_hand - ${HELD} AS units FROM stock WHERE sku = :key`);
  return (sku, viewer = NOBODY) =>
    Math.max(0, Number(free.get({ key: sku, session: viewer.session, now: viewer.now })?.units ?? 0));
}

/** No instant of a hold is later. */
const NOBODY: Viewer = { session: "", now: "~" };

/** Minor units of an account that are spent, or held by sessions other than the viewer's. */
export function usedBy(db: DatabaseSync): (account: string, viewer: Viewer) => number {
  const used = db.prepare(
    `SELECT coalesce((SELECT spent FROM budget WHERE account = :key), 0) + ${CHARGED} AS amount`,
  );
  return (account, { session, now }) => Number(used.get({ key: account, session, now })?.amount);
}

/**
 * What the writer does with stock and budgets. MUST run inside its transaction: what is compared is then still so when
 * it is set.
 */
export function holdings(db: DatabaseSync) {
  const take = db.prepare(
    `UPDATE stock SET on_hand = on_hand - :n WHERE sku = :key AND on_hand - :n >= ${HELD}`,
  );
  const account = db.prepare("INSERT INTO budget (account, spent) VALUES (?, 0) ON CONFLICT DO NOTHING");
  const spend = db.prepare(
    `UPDATE budget SET spent = spent + :n WHERE account = :key AND spent + :n + ${CHARGED} <= :most`,
  );
  const charge = db.prepare("INSERT INTO charge (intent, account, amount) VALUES (?, ?, ?)");
  const restock = db.prepare("UPDATE stock SET on_hand = on_hand + ? WHERE sku = ?");
  const charges = db.prepare("SELECT account, amount FROM charge WHERE intent = ?");
  const refund = db.prepare("UPDATE budget SET spent = spent - ? WHERE account = ?");
  const uncharge = db.prepare("DELETE FROM charge WHERE intent = ?");

  return {
    /** False when not enough is free, and then nothing was taken. */
    take: ({ sku, quantity }: Units, { session, now }: Viewer): boolean =>
      take.run({ key: sku, n: quantity, session, now }).changes > 0,
    /** False when it would pass `most`, and then nothing was spent. */
    spend: (intent: string, { account: key, amount, most }: Charge, { session, now }: Viewer): boolean => {
      account.run(key);
      if (spend.run({ key, n: amount, most, session, now }).changes === 0) return false;
      charge.run(intent, key, amount);
      return true;
    },
    giveBack: (intent: string, units: readonly Units[]): void => {
      for (const { sku, quantity } of units) restock.run(quantity, sku);
      for (const { account: key, amount } of charges.all(intent)) refund.run(Number(amount), String(key));
      uncharge.run(intent);
    },
    hold: holder(db),
  };
}

/** Puts a hold in the place of the one before, whole or not at all. */
function holder(db: DatabaseSync): (hold: Hold | null, viewer: Viewer) => void {
  const drop = db.prepare("DELETE FROM hold WHERE session = ?");
  const dropCharges = db.prepare("DELETE FROM budget_hold WHERE session = ?");
  const tidy = db.prepare("DELETE FROM hold WHERE until <= ?");
  const tidyCharges = db.prepare("DELETE FROM budget_hold WHERE until <= ?");
  const shelf = db.prepare(`SELECT on_hand, ${HELD} AS held FROM stock WHERE sku = :key`);
  const purse = db.prepare(
    `SELECT coalesce((SELECT spent FROM budget WHERE account = :key), 0) AS spent, ${CHARGED} AS held`,
  );
  const keep = db.prepare("INSERT INTO hold (session, sku, quantity, until) VALUES (?, ?, ?, ?)");
  const keepCharge = db.prepare(
    "INSERT INTO budget_hold (session, account, amount, until) VALUES (?, ?, ?, ?)",
  );

  return (hold, { session, now }) => {
    drop.run(session);
    dropCharges.run(session);
    if (hold === null) return;
    tidy.run(now);
    tidyCharges.run(now);
    const { units, charges, until, share_bp } = hold;
    const shared = (whole: number) => Math.floor((whole * share_bp) / 10_000);
    const mayKeep = units.every(({ sku, quantity }) => {
      const row = shelf.get({ key: sku, session, now });
      const [on_hand, held] = [Number(row?.on_hand ?? 0), Number(row?.held ?? 0)];
      if (held === 0 && quantity === 1) return on_hand >= 1;
      return held + quantity <= shared(on_hand);
    });
    const maySpend = charges.every(({ account, amount, most }) => {
      const row = purse.get({ key: account, session, now });
      const [spent, held] = [Number(row?.spent), Number(row?.held)];
      return held + amount <= shared(most - spent);
    });
    if (!mayKeep || !maySpend) return;
    for (const { sku, quantity } of units) keep.run(session, sku, quantity, until);
    for (const { account, amount } of charges) keepCharge.run(session, account, amount, until);
  };
}
