import type { DatabaseSync } from "node:sqlite";
import type { Limits } from "../../src/domain/limits.ts";

interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** Units sold by what the orders' own texts say, held against the shelves, and budgets against what they may give. */
export interface Ledger {
  /** The stored text of an order that was just bound, whose units are gone from here on; null when there is none. */
  take(intent: string, touched: Set<string>): object | null;
  giveBack(intent: string, touched: Set<string>): void;
  /** On hand and sold make what there was, of these products; of all with null. */
  balance(touched: ReadonlySet<string> | null): void;
}

export function ledgerOf(
  db: DatabaseSync,
  budgets: Limits["budgets"],
  violated: (says: string) => void,
): Ledger {
  const began = new Map(
    db
      .prepare("SELECT sku, on_hand FROM stock")
      .all()
      .map(({ sku, on_hand }) => [String(sku), Number(on_hand)]),
  );
  const text = db.prepare("SELECT payload FROM intent WHERE id = ?");
  const shelf = db.prepare("SELECT on_hand FROM stock WHERE sku = ?");
  const purses = db.prepare("SELECT account, spent FROM budget");
  const sold = new Map<string, number>();
  const orders = new Map<string, readonly Line[]>();
  const move = (lines: readonly Line[], sign: 1 | -1, touched: Set<string>) => {
    for (const { sku, quantity } of lines) {
      sold.set(sku, (sold.get(sku) ?? 0) + sign * quantity);
      touched.add(sku);
    }
  };
  const mostOf = (account: string): number => {
    const parts = account.split("/");
    const budget = budgets.find(({ id }) => id === parts[0]);
    return budget?.amount[parts.at(-1) ?? ""] ?? Number.POSITIVE_INFINITY;
  };
  return {
    take: (intent, touched) => {
      const row = text.get(intent);
      if (!row) return null;
      const payload = JSON.parse(String(row.payload)) as { lines: readonly Line[] };
      orders.set(intent, payload.lines);
      move(payload.lines, 1, touched);
      return payload;
    },
    giveBack: (intent, touched) => {
      move(orders.get(intent) ?? [], -1, touched);
      orders.delete(intent);
    },
    balance: (touched) => {
      for (const sku of touched ?? began.keys()) {
        const on_hand = Number(shelf.get(sku)?.on_hand ?? Number.NaN);
        const had = began.get(sku) ?? 0;
        const gone = sold.get(sku) ?? 0;
        if (on_hand < 0) violated(`${sku}: ${on_hand} on hand`);
        if (on_hand + gone !== had) violated(`${sku}: ${on_hand} on hand and ${gone} sold of ${had}`);
      }
      if (touched?.size === 0) return;
      for (const { account, spent } of purses.all())
        if (Number(spent) > mostOf(String(account))) violated(`${account} gave ${spent}`);
    },
  };
}
