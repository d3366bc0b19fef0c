import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openKeys } from "../src/adapters/keys.ts";
import { noBus } from "../src/adapters/no-bus.ts";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../src/adapters/sqlite/search.ts";
import { sqliteStore } from "../src/adapters/sqlite/store.ts";
import { loadKnowledge, loadVendor } from "../src/app/vendor.ts";
import { drawsFor } from "../src/domain/draws.ts";
import type { Limits } from "../src/domain/limits.ts";
import type { Store } from "../src/ports/store.ts";
import { Gateway } from "../src/session/gateway.ts";
import { UNCOUNTED } from "../src/session/house.ts";
import { type ReplayReport, replay } from "../src/session/replay.ts";
import { temporary } from "./gateway.ts";

/** The demo vendor over the real store on disk, with scarce shelves and small budgets, and a clock of its own. */
export interface ScarceShop {
  readonly goods: readonly { readonly sku: string; readonly price: number }[];
  readonly budgets: Limits["budgets"];
  readonly gifts: Limits["gifts"];
  /** A second handle on the file, for whoever looks from outside. */
  readonly beside: DatabaseSync;
  now(): string;
  /** A new morning: a gateway that remembers nothing, and so many units on every shelf. */
  morning(day: number, units: () => number): Gateway;
  replayed(session: string): Promise<ReplayReport>;
  close(): Promise<void>;
}

const FIRST_DAY = Date.parse("2030-05-06T08:00:00.000Z");
const DAY_MS = 86_400_000;
/** Every look at the clock takes so long, so that sessions live through minutes. */
const LOOK_MS = 300;
const SHELVES = 24;

const BUDGETS: Limits["budgets"] = [
  { id: "day", amount: { USD: 25_000, KRW: 0 }, every: "day", published: false },
  {
    ...{ id: "supplies", match: { category: "consumables" }, amount: { USD: 2_500, KRW: 0 } },
    ...{ every: "week", published: true },
  },
  { id: "season", amount: { USD: 600_000, KRW: 0 }, every: "always", published: true },
];

export async function scarceShop(through: (store: Store) => Store): Promise<ScarceShop> {
  const folder = temporary();
  const demo = resolve(import.meta.dirname, "../fixtures/vendors/demo");
  const stated = await loadVendor(demo);
  const vendor = { ...stated.vendor, rounds: 4 };
  const limits = { ...stated.limits, budgets: BUDGETS };
  const path = join(folder.path, "parley.db");
  const db = open(path);
  await loadKnowledge(demo, sqliteCatalogue(db, 0));
  const store = sqliteStore(db);
  const search = sqliteSearch(db);
  const signer = await openKeys(join(folder.path, "keys"));
  const beside = new DatabaseSync(path);
  beside.exec("PRAGMA busy_timeout = 5000");
  const goods = shelvesOf(beside);
  beside.exec("UPDATE stock SET on_hand = 0");
  let now = FIRST_DAY;
  const policy = { vendor, limits, draws: drawsFor(limits, "the key of this run", 1), policy: stated.digest };
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const house = {
    ...{ store: through(store), search, signer, log: quiet, model: null },
    clock: {
      now: () => {
        now += LOOK_MS;
        return new Date(now).toISOString();
      },
    },
    meter: UNCOUNTED,
    policy: () => policy,
    sinks: [],
    wakeOutbox: () => {},
    bus: noBus(),
    patience_ms: 0,
    search_ms: 300,
    lease_ms: 30_000,
  };
  const fill = beside.prepare("UPDATE stock SET on_hand = ? WHERE sku = ?");
  return {
    ...{ goods, beside, budgets: limits.budgets, gifts: limits.gifts },
    now: () => new Date(now).toISOString(),
    morning: (day, units) => {
      now = FIRST_DAY + day * DAY_MS;
      beside.exec("BEGIN IMMEDIATE");
      for (const { sku } of goods) fill.run(units(), sku);
      for (const { sku } of limits.gifts) fill.run(units(), sku);
      beside.exec("COMMIT");
      return new Gateway(house, `day ${day}`);
    },
    replayed: (session) =>
      replay(session, { ...{ store, search, signer }, agent: null, policy: async () => policy }),
    close: async () => {
      beside.close();
      await search.close();
      await store.close();
      folder.remove();
    },
  };
}

/** What is sold in dollars, every category in turn, a few of each. */
function shelvesOf(db: DatabaseSync): { sku: string; price: number }[] {
  const rows = db
    .prepare(
      `SELECT p.sku AS sku, c.amount AS price,
         row_number() OVER (PARTITION BY p.category ORDER BY p.sku) AS place
       FROM product p JOIN price c ON c.n = p.n WHERE c.currency = 'USD' ORDER BY place, p.sku LIMIT ?`,
    )
    .all(SHELVES);
  return rows.map(({ sku, price }) => ({ sku: String(sku), price: Number(price) }));
}
