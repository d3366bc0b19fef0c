import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { Appended, Commit, Store } from "../src/ports/store.ts";
import { type Heard, nothingHeard, visit } from "./floor-store-buyers.ts";
import { type BudgetCount, countBudgets, countDay, type DayCount, shelves } from "./floor-store-oracle.ts";
import { type ScarceShop, scarceShop } from "./floor-store-shop.ts";
import { rounded, seeded } from "./statistics.ts";

const SESSIONS = 20_000;
const A_DAY = 500;
/** Sessions under way at a time. */
const LANES = 100;
const REPLAYED_A_DAY = 5;
const SEED = 20_300_506;

/** What the store was asked for, and what it said. */
interface Ledger {
  conflicts_stock: number;
  conflicts_budget: number;
  holds_asked: number;
  holds_made: number;
  holds_expired: number;
  /** Instants at which sessions together held more units of something than there are. */
  held_beyond: number;
  /** Sessions that hold, and until when. */
  readonly held: Map<string, string>;
}

/**
 * Sessions of the real session layer over the real store on disk, a hundred at a time, after shelves and budgets that do
 * not suffice for all. At the end of each day and of the run everything sold and given away is counted anew from the
 * stored orders, by code that shares nothing with what sold it. `failures` is empty when every promise held and the run
 * put them to the test.
 */
export async function storeFloor(sessions = SESSIONS, seed = SEED): Promise<object> {
  const ledger: Ledger = {
    ...{ conflicts_stock: 0, conflicts_budget: 0, holds_asked: 0, holds_made: 0, holds_expired: 0 },
    ...{ held_beyond: 0, held: new Map() },
  };
  let beside: DatabaseSync | null = null;
  const shop = await scarceShop((store) => watched(store, ledger, () => beside));
  beside = shop.beside;
  const heard = nothingHeard();
  const began = performance.now();
  try {
    const days: DayCount[] = [];
    let differences = 0;
    for (let day = 0, left = sessions; left > 0; day++, left -= A_DAY) {
      const played = await playDay(shop, day, Math.min(A_DAY, left), seed, heard, days);
      lapse(ledger, shop.now());
      differences += await replayed(shop, played.slice(-REPLAYED_A_DAY));
    }
    const seconds = rounded((performance.now() - began) / 1_000);
    return report(sessions, { seed, days, heard, ledger, differences, seconds, budgets: countBudgets(shop) });
  } finally {
    await shop.close();
  }
}

async function playDay(
  shop: ScarceShop,
  day: number,
  sessions: number,
  seed: number,
  heard: Heard,
  days: DayCount[],
): Promise<string[]> {
  const dice = seeded(seed + day);
  const gateway = shop.morning(day, () => Math.floor(dice() * 20));
  const [since, before] = [shop.now(), shelves(shop.beside)];
  const played: string[] = [];
  let begun = 0;
  const lane = async () => {
    while (begun < sessions) {
      const own = seeded(seed + day * A_DAY + begun);
      begun += 1;
      played.push(await visit(shop, gateway, own, heard));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  days.push(countDay(shop.beside, since, before));
  return played;
}

async function replayed(shop: ScarceShop, sessions: readonly string[]): Promise<number> {
  let differences = 0;
  for (const session of sessions) differences += (await shop.replayed(session)).differences.length;
  return differences;
}

/** The store, with every hold and every refusal noted down, and looked at from outside. */
function watched(store: Store, ledger: Ledger, beside: () => DatabaseSync | null): Store {
  const append = async (commit: Commit): Promise<Appended> => {
    const outcome = await store.append(commit);
    if (typeof outcome === "object") {
      if ("short" in outcome) ledger.conflicts_stock += 1;
      else ledger.conflicts_budget += 1;
    }
    const db = beside();
    if (outcome === "appended" && db && commit.hold !== undefined) noteHold(db, commit, ledger);
    return outcome;
  };
  return { ...store, append };
}

function noteHold(db: DatabaseSync, { session, hold, at }: Commit, ledger: Ledger): void {
  const before = ledger.held.get(session);
  if (before !== undefined && before <= at) ledger.holds_expired += 1;
  ledger.held.delete(session);
  if (!hold) return;
  ledger.holds_asked += 1;
  const row = db.prepare("SELECT until FROM hold WHERE session = ? LIMIT 1").get(session);
  if (row === undefined) return;
  ledger.holds_made += 1;
  ledger.held.set(session, String(row.until));
  const beyond = db
    .prepare(
      `SELECT count(*) AS n FROM stock s WHERE s.on_hand <
         (SELECT total(quantity) FROM hold h WHERE h.sku = s.sku AND h.until > ?)`,
    )
    .get(at);
  if (Number(beyond?.n) > 0) ledger.held_beyond += 1;
}

/** Holds that ended by the clock alone. */
function lapse(ledger: Ledger, now: string): void {
  for (const [session, until] of ledger.held) {
    if (until > now) continue;
    ledger.holds_expired += 1;
    ledger.held.delete(session);
  }
}

interface Played {
  readonly seed: number;
  readonly days: readonly DayCount[];
  readonly heard: Heard;
  readonly ledger: Ledger;
  readonly differences: number;
  readonly seconds: number;
  readonly budgets: BudgetCount;
}

function report(sessions: number, played: Played): object {
  const { seed, days, heard, ledger, differences, seconds, budgets } = played;
  const sum = (of: (day: DayCount) => number) => days.reduce((all, day) => all + of(day), 0);
  const { held: _, ...counts } = ledger;
  const figures = {
    ...{ sessions, seed, days: days.length, turns: heard.turns, lanes: LANES, seconds },
    ...{ oversold: sum((day) => day.oversold), negative_stock: sum((day) => day.negative) },
    ...{
      overspent: budgets.overspent,
      stock_adrift: sum((day) => day.adrift),
      budgets_adrift: budgets.adrift,
    },
    ...{ held_beyond_stock: ledger.held_beyond, replay_differences: differences },
    accepts: (heard.acts.get("accepted") ?? 0) + (heard.acts.get("approval_pending") ?? 0),
    ...{ orders_kept: sum((day) => day.orders), units_sold: sum((day) => day.units) },
    ...{ cancelled: heard.cancelled, rejected: heard.rejected },
    ...counts,
    accounts: budgets.accounts,
    accounts_nearly_spent: budgets.nearly_spent,
    refused: Object.fromEntries([...heard.faults].sort()),
    declined_out_of_stock: [...heard.acts]
      .filter(([what]) => what.startsWith("decline") && what.includes("out_of_stock"))
      .reduce((all, [, n]) => all + n, 0),
  };
  return { ...figures, failures: failuresIn(figures) };
}

const NONE = [
  ...["oversold", "negative_stock", "overspent", "stock_adrift", "budgets_adrift", "held_beyond_stock"],
  "replay_differences",
];
const SOME = [
  ...["accepts", "units_sold", "cancelled", "rejected", "conflicts_stock", "conflicts_budget"],
  ...["holds_made", "holds_expired", "accounts_nearly_spent", "declined_out_of_stock"],
];

function failuresIn(figures: object): string[] {
  const counts = figures as Readonly<Record<string, number>>;
  return [
    ...NONE.filter((name) => counts[name] !== 0).map((name) => `${name} is ${counts[name]}, not 0`),
    ...SOME.filter((name) => !((counts[name] ?? 0) > 0)).map((name) => `the run had no ${name}`),
  ];
}

/** Alone: `node bench/floor-store.ts [sessions] [seed]`. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [sessions = SESSIONS, seed = SEED] = process.argv.slice(2).map(Number);
  const result = (await storeFloor(sessions, seed)) as { failures: readonly string[] };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.failures.length > 0) process.exitCode = 1;
}
