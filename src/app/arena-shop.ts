import { fileURLToPath } from "node:url";
import { BUYERS } from "../arena/buyers/index.ts";
import { shopContest } from "../arena/shop-contest.ts";
import type { Results } from "../arena/tournament.ts";
import { Fault } from "../domain/fault.ts";
import type { ArenaOptions } from "./arena-options.ts";
import { shopOf } from "./shop.ts";
import { goodsIn } from "./vendor.ts";

/** A source whose sessions are played by the real core, in a shop, for money: no table of outcomes holds those. */
export const IN_SHOP = {
  name: "demo",
  says: "the demo shop, sold to visitors with money of their own; not --buyers",
} as const;

const DEMO = fileURLToPath(new URL("../../fixtures/vendors/demo", import.meta.url));
const OWN = "parley/";
/** As many visitors buy in each way for each seed. */
const EACH = 10;

/** Throws `bad_config` when none of the strategies is Parley's own: others cannot keep a shop. */
export async function playedInShop({ vendors, rounds, seeds, domains }: ArenaOptions): Promise<Results> {
  const strategies = vendors.filter((name) => name.startsWith(OWN)).map((name) => name.slice(OWN.length));
  if (strategies.length === 0)
    throw new Fault(
      "bad_config",
      `--vendors ${vendors.join(", ")}: only Parley's own can sell in a shop: own`,
    );
  const goods = await goodsIn(DEMO);
  const categories = [...new Set(goods.products.map(({ category }) => category))].sort();
  const strange = domains.filter((name) => !categories.includes(name));
  if (strange.length > 0)
    throw new Fault("bad_config", `--domains ${strange.join(", ")}: there are ${categories.join(", ")}`);
  const shop = await shopOf(DEMO, goods, () => undefined);
  const currency = shop.vendor.markets[0]?.currency ?? "USD";
  const visitors = EACH * BUYERS.length;
  const played = seeds.map((seed) => shopContest({ shop, currency, strategies, visitors, rounds, seed }));
  const rows = played
    .flatMap((each) => each.rows)
    .filter(({ family }) => domains.length === 0 || domains.includes(family))
    .map((row) => ({ ...row, vendor: `${OWN}${row.vendor}` }));
  return {
    rows,
    replayed: played.reduce((sum, each) => sum + each.replayed, 0),
    identical: played.reduce((sum, each) => sum + each.identical, 0),
  };
}
