import { canonical, digest } from "../domain/hash.ts";
import { Limits } from "../domain/limits.ts";
import type { Buyer } from "./buyers/buyer.ts";
import { drawWant, goodsOf } from "./buyers/draw.ts";
import { BUYERS } from "./buyers/index.ts";
import type { Want } from "./buyers/want.ts";
import { replayDifferences, type Shop } from "./conversation.ts";
import type { Row } from "./encounter.ts";
import { ledgerOf } from "./ledger.ts";
import { seeded } from "./random.ts";
import { shopping, type Visited } from "./shopping.ts";
import type { Results } from "./tournament.ts";
import { type Gains, type Zone, zoneOf } from "./zone.ts";

/** Strategies of the real core in a real shop, each met by the very same visitors, who bargain for money. */
export interface ShopContest {
  readonly shop: Shop;
  readonly currency: string;
  /** Names of registered strategies. */
  readonly strategies: readonly string[];
  readonly visitors: number;
  readonly rounds: number;
  readonly seed: number;
}

/** Any instant; the same for all. */
const OPENS = "2026-03-02T09:00:00.000Z";
/** Levels of the vendor's gain on which the frontier of each visit is looked at. */
const LEVELS = 30;

/**
 * Rows as a tournament has them. A visitor is a scenario and a category of goods a family; utilities are gains in money
 * as shares of the most that side could have of any deal on the frontier, 0 without one; `outcome` is the place on the
 * frontier, best for the vendor first, nearest to what was agreed. Floors are bargained down to as they stand: what is
 * kept back above them is measured elsewhere. Every session is played twice and decided again.
 */
export function shopContest(contest: ShopContest): Results {
  const { shop, currency, visitors, seed } = contest;
  const { draws: _, ...open } = shop;
  const goods = goodsOf(open, currency);
  const shops = contest.strategies.map((name) => [name, sellingBy(open, name)] as const);
  const rows: Row[] = [];
  let identical = 0;
  for (let visitor = 0; visitor < visitors && goods.length > 0; visitor++) {
    const random = seeded("shop contest", seed, visitor);
    const { buyer } = BUYERS[visitor % BUYERS.length] as (typeof BUYERS)[number];
    const drawn = drawWant(open, goods, currency, random);
    const want = drawn && (buyer.shaped?.(drawn, random) ?? drawn);
    const zone = want && zoneOf(open, want, LEVELS);
    if (!want || !zone) continue;
    for (const [vendor, own] of shops) {
      const come = () => visit(own, want, buyer, visitor, contest);
      const [seen, again] = [come(), come()];
      const transcript = digestOf(seen);
      if (transcript === digestOf(again) && replayDifferences(seen.talk) === 0) identical += 1;
      const category = open.products.get(want.lines[0]?.sku ?? "")?.product.category ?? "";
      rows.push({
        ...{ scenario: `visitor ${visitor}`, family: category, vendor, partner: buyer.name },
        ...{ side: 0, seed, rounds: contest.rounds, begins: "partner", r3: null, digest: transcript },
        ended: seen.deal ? "accepted" : "left",
        by: "partner",
        ...measured(zone, seen, own),
      });
    }
  }
  return { rows, replayed: rows.length, identical };
}

/** The same shop with one strategy for everybody and everything. */
function sellingBy(shop: Shop, strategy: string): Shop {
  const rules = shop.limits.rules.map(({ strategy: _, ...rule }) => rule);
  const limits = Limits.parse({ ...shop.limits, rules, strategy: { machine: strategy, person: strategy } });
  return { ...shop, limits };
}

function visit(shop: Shop, want: Want, buyer: Buyer, visitor: number, contest: ShopContest): Visited {
  const { rounds, seed } = contest;
  const known = { session: `visitor-${visitor}`, kind: "machine", now: OPENS } as const;
  return shopping(shop, { ...known, want, buyer, rounds }, seeded("luck", seed, visitor));
}

function digestOf({ talk }: Visited): string {
  return digest(canonical(talk.turns.map(({ input, move }) => [input.reading.acts, move])));
}

function measured(zone: Zone, { deal, surplus, rounds }: Visited, shop: Shop) {
  const best = { vendor: most(zone, "vendor"), buyer: most(zone, "buyer") };
  const share = (gains: Gains): Gains => ({
    vendor: gains.vendor / best.vendor,
    buyer: gains.buyer / best.buyer,
  });
  const frontier = zone.frontier.filter(({ vendor, buyer }) => vendor >= 0 && buyer >= 0).map(share);
  const agreed = deal !== null;
  const got = deal
    ? share({ vendor: ledgerOf(deal, shop).value - zone.reserve, buyer: surplus })
    : { vendor: 0, buyer: 0 };
  const gaps = frontier.map((one) => distance(one, got));
  const nearest = gaps.length === 0 ? null : Math.min(...gaps);
  const nash = frontier.toSorted((a, b) => b.vendor * b.buyer - a.vendor * a.buyer)[0];
  return {
    ...{ agreed, used: rounds, missed: !agreed && zone.open },
    outcome: agreed && nearest !== null ? gaps.indexOf(nearest) : null,
    ...{ utility: got.vendor, advantage: got.vendor },
    ...{ partner_utility: got.buyer, partner_advantage: got.buyer, welfare: got.vendor + got.buyer },
    pareto_distance: agreed ? nearest : null,
    nash_distance: agreed && nash ? distance(nash, got) : null,
  };
}

/** The most one side can gain while the other loses nothing; 1 minor unit where there is nothing to gain. */
function most({ frontier }: Zone, side: keyof Gains): number {
  const other = side === "vendor" ? "buyer" : "vendor";
  return Math.max(1, ...frontier.filter((one) => one[other] >= 0).map((one) => one[side]));
}

function distance(a: Gains, b: Gains): number {
  return Math.hypot(a.vendor - b.vendor, a.buyer - b.buyer);
}
