import type { Charge } from "../../domain/decision.ts";
import type { Viewer } from "../../ports/search.ts";
import type { Hold, Units } from "../../ports/store.ts";

/** What is left of a product or an account, and what sessions hold of it, as read behind a lock. */
export interface Balance {
  /** On hand of a product, null where there is none of that name; spent of an account. */
  amount: number | null;
  readonly held: Map<string, { readonly amount: number; readonly until: string }>;
}

/**
 * Stock and budgets in memory while one group of commits is decided, one after another, by the rules of ports/store.ts.
 * `undo` takes back what was done since the last `keep`.
 */
export function balances(stock: ReadonlyMap<string, Balance>, budgets: ReadonlyMap<string, Balance>) {
  let undoing: (() => void)[] = [];
  const changed = {
    stock: new Set<string>(),
    budgets: new Set<string>(),
    holds: new Map<string, Hold | null>(),
  };

  const set = (balance: Balance, amount: number) => {
    const before = balance.amount;
    balance.amount = amount;
    undoing.push(() => {
      balance.amount = before;
    });
  };
  const held = ({ held: all }: Balance, { session, now }: Viewer) => {
    let sum = 0;
    for (const [by, one] of all) if (by !== session && one.until > now) sum += one.amount;
    return sum;
  };
  const put = (balance: Balance, session: string, one: { amount: number; until: string } | undefined) => {
    const before = balance.held.get(session);
    if (one) balance.held.set(session, one);
    else balance.held.delete(session);
    undoing.push(() => {
      if (before) balance.held.set(session, before);
      else balance.held.delete(session);
    });
  };

  return {
    take: ({ sku, quantity }: Units, viewer: Viewer): boolean => {
      const shelf = stock.get(sku);
      if (!shelf || shelf.amount === null || shelf.amount - quantity < held(shelf, viewer)) return false;
      set(shelf, shelf.amount - quantity);
      changed.stock.add(sku);
      return true;
    },
    spend: ({ account, amount, most }: Charge, viewer: Viewer): boolean => {
      const purse = budgets.get(account);
      const spent = purse?.amount ?? 0;
      if (!purse || spent + amount + held(purse, viewer) > most) return false;
      set(purse, spent + amount);
      changed.budgets.add(account);
      return true;
    },
    giveBack: (units: readonly Units[], charges: readonly { account: string; amount: number }[]): void => {
      for (const { sku, quantity } of units) {
        const shelf = stock.get(sku);
        if (!shelf || shelf.amount === null) continue;
        set(shelf, shelf.amount + quantity);
        changed.stock.add(sku);
      }
      for (const { account, amount } of charges) {
        const purse = budgets.get(account);
        if (!purse) continue;
        set(purse, (purse.amount ?? 0) - amount);
        changed.budgets.add(account);
      }
    },
    hold: (hold: Hold | null, viewer: Viewer): void => {
      const { session } = viewer;
      for (const balance of [...stock.values(), ...budgets.values()])
        if (balance.held.has(session)) put(balance, session, undefined);
      const [known, before] = [changed.holds.has(session), changed.holds.get(session) ?? null];
      undoing.push(() => {
        if (known) changed.holds.set(session, before);
        else changed.holds.delete(session);
      });
      changed.holds.set(session, null);
      if (hold === null) return;
      const shared = (whole: number) => Math.floor((whole * hold.share_bp) / 10_000);
      const mayKeep = hold.units.every(({ sku, quantity }) => {
        const shelf = stock.get(sku) ?? NOTHING;
        const [on_hand, others] = [shelf.amount ?? 0, held(shelf, viewer)];
        if (others === 0 && quantity === 1) return on_hand >= 1;
        return others + quantity <= shared(on_hand);
      });
      const maySpend = hold.charges.every(({ account, amount, most }) => {
        const purse = budgets.get(account) ?? NOTHING;
        return held(purse, viewer) + amount <= shared(most - (purse.amount ?? 0));
      });
      if (!mayKeep || !maySpend) return;
      const keep = (balance: Balance | undefined, amount: number) =>
        balance && put(balance, session, { amount, until: hold.until });
      for (const { sku, quantity } of hold.units) keep(stock.get(sku), quantity);
      for (const { account, amount } of hold.charges) keep(budgets.get(account), amount);
      changed.holds.set(session, hold);
    },
    keep: (): void => {
      undoing = [];
    },
    undo: (): void => {
      for (const step of undoing.reverse()) step();
      undoing = [];
    },
    changed,
    of: { stock, budgets },
  };
}
export type Balances = ReturnType<typeof balances>;

const NOTHING: Balance = { amount: 0, held: new Map() };
