import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openPrompts } from "../../src/adapters/prompts/open.ts";
import { sqliteCatalogue } from "../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { directSearch, directStore, forked } from "../../src/adapters/sqlite/direct.ts";
import { keptBodies } from "../../src/adapters/sqlite/reader.ts";
import { loadKnowledge, loadVendor } from "../../src/app/vendor.ts";
import { drawsFor } from "../../src/domain/draws.ts";
import type { Product } from "../../src/domain/entry.ts";
import type { Known } from "../../src/domain/evidence.ts";
import type { Limits } from "../../src/domain/limits.ts";
import type { Prompts } from "../../src/ports/prompts.ts";
import type { Search } from "../../src/ports/search.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Policy } from "../../src/session/house.ts";

/** The demo vendor with scarce shelves and small budgets, in memory: read once, begun anew for each run. */
export interface Shop {
  readonly policy: Policy;
  readonly prompts: Prompts;
  readonly products: ReadonlyMap<string, Known>;
  /** Few of each are left, and everybody wants them. */
  readonly scarce: readonly string[];
  fresh(): { readonly db: DatabaseSync; readonly store: Store; readonly search: Search };
}

export const BUDGETS: Limits["budgets"] = [
  { id: "day", amount: { USD: 30_000, KRW: 0 }, every: "day", published: false },
  { id: "season", amount: { USD: 900_000, KRW: 0 }, every: "always", published: true },
];
const SCARCE = ["NB-14A-BLK", "CM-ES1-SLV", "MN-34W", "SL-14", "DM-90", "SH-HUB"];
const LEFT = 12;
const ROOT = resolve(import.meta.dirname, "../..");

export async function openShop(): Promise<Shop> {
  const folder = resolve(ROOT, "fixtures/vendors/demo");
  const stated = await loadVendor(folder);
  const vendor = { ...stated.vendor, answer_hours: 1, rounds: 6 };
  const limits = { ...stated.limits, budgets: BUDGETS, approval_above: { USD: 150_000, KRW: 2_000_000 } };
  const first = open(":memory:");
  await loadKnowledge(folder, sqliteCatalogue(first, vendor.default_stock));
  await directStore(first).keepPolicy(stated.digest, JSON.stringify({ vendor, limits }));
  first.exec("UPDATE meta SET value = 'simulated' WHERE key = 'epoch'");
  for (const sku of SCARCE) first.prepare("UPDATE stock SET on_hand = ? WHERE sku = ?").run(LEFT, sku);
  const image = first.serialize();
  const rows = first.prepare("SELECT id, version, body FROM entry WHERE kind = 'product'").all();
  const products = new Map(
    rows.map(({ id, version, body }): [string, Known] => [
      String(id),
      { product: JSON.parse(String(body)) as Product, version: String(version), stock: 0, live: true },
    ]),
  );
  first.close();
  const bodies = keptBodies();
  const ignored = { onProblem: () => {}, onChange: () => {} };
  return {
    policy: {
      vendor,
      limits,
      draws: drawsFor(limits, "the key of the simulation", 1),
      policy: stated.digest,
    },
    prompts: await openPrompts(resolve(ROOT, "prompts"), { watch: false, ...ignored }),
    products,
    scarce: SCARCE,
    fresh: () => {
      const db = forked(image);
      return { db, store: directStore(db), search: directSearch(db, bodies) };
    },
  };
}
