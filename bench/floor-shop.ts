import type { Shop } from "../src/arena/conversation.ts";
import { drawsFor } from "../src/domain/draws.ts";
import type { Bundle, Product } from "../src/domain/entry.ts";
import type { Known } from "../src/domain/evidence.ts";
import { Limits } from "../src/domain/limits.ts";
import { Vendor } from "../src/domain/vendor.ts";
import { checkLimits } from "../src/negotiation/limits-check.ts";
import { STRATEGIES } from "../src/negotiation/strategies/index.ts";
import { type Change, changedShop, money } from "./floor-change.ts";
import { Dice } from "./floor-dice.ts";

/** A shop as it opens, and as it stands after costs, prices, stock or terms have changed. All of them may be sold by. */
export interface FuzzedShop {
  readonly opening: Shop;
  readonly changed: readonly { readonly what: Change; readonly shop: Shop }[];
}

export const CODES = ["FIRST", "SECOND", "COFFEE", "TONIGHT", "OVER", "EARLY"] as const;
export const GIFT = "BAG";
export const REGIONS = ["CA", "OR"] as const;
const TREATMENTS = ["included", "added", "exempt"] as const;
const OBJECTIVES = ["conversion", "balance", "margin"] as const;

const label = (text: string) => ({ en: text, ko: text });
/** Sessions of one shop: drawing one costs as much as a few sessions. */
export const BLOCK = 200;
/** The shop that a session is played in. */
export function shopOf(session: number): FuzzedShop {
  return fuzzedShop(new Dice(session - (session % BLOCK)));
}

/** Tries again where the limits would be refused at load, as `npm start` does. */
function fuzzedShop(dice: Dice): FuzzedShop {
  for (let attempt = 0; attempt < 200; attempt++) {
    const opening = drawn(dice);
    if (!opening) continue;
    const changed = (["costs", "costs", "prices", "stock", "terms"] as const).flatMap((what) => {
      const shop = afterChange(opening, what, dice);
      return shop ? [{ what, shop }] : [];
    });
    return { opening, changed };
  }
  throw new Error("200 shops in a row were refused by checkLimits: the fuzzed shops no longer fit its rules");
}

function afterChange(opening: Shop, what: Change, dice: Dice): Shop | null {
  for (let attempt = 0; attempt < 8; attempt++) {
    const shop = sellable(concealed(changedShop(opening, what, dice)));
    if (shop) return shop;
  }
  return null;
}

function sellable(shop: Shop): Shop | null {
  const products = [...shop.products.values()].map(({ product }) => product);
  return checkLimits(shop.vendor, shop.limits, products, shop.bundles).every(({ odd }) => odd) ? shop : null;
}

/** Many floors lie close under the list: there a code, a gift or a free delivery is all the room there is. */
function floorBp(dice: Dice): number {
  switch (dice.weighted([35, 30, 35])) {
    case 0:
      return 9_600 + dice.below(370);
    case 1:
      return 8_800 + dice.below(800);
    default:
      return 3_000 + dice.below(6_000);
  }
}

function drawn(dice: Dice): Shop | null {
  const products = new Map(goods(dice).map((known) => [known.product.id, known]));
  const bundles: Bundle[] = dice.chance(60) ? [bundle(dice)] : [];
  return sellable(concealed({ vendor: vendor(dice), limits: limits(dice, "v1"), products, bundles }));
}

/** With the limits drawn above its floors, by a key that is as good as any. */
function concealed(shop: Shop): Shop {
  return { ...shop, draws: drawsFor(shop.limits, "the key of the fuzzed shops", 1) };
}

function goods(dice: Dice): Known[] {
  const known = (id: string, category: string, usd: number, more: Partial<Product> = {}): Known => ({
    product: {
      ...{ kind: "product", id, title: label(id), category, price: money(usd), specs: [] },
      source: { name: "products.jsonl" },
      ...more,
    },
    ...{ version: `${id}-1`, live: true, stock: dice.chance(15) ? dice.below(4) : 8 + dice.below(60) },
  });
  const tiers = dice.chance(70)
    ? [
        { from: 3, off_bp: 50 + dice.below(300) },
        { from: 8, off_bp: 300 + dice.below(400) },
      ]
    : [];
  return [
    known("LAP", "computers/laptops", 20_000 + dice.below(130_000)),
    known("MOU", "computers/mice", 900 + dice.below(6_000), { tiers }),
    known("COF", "coffee/beans", 300 + dice.below(3_000), dice.chance(50) ? { tiers } : {}),
    known("FIX", "books", 1_000 + dice.below(9_000), { brand: "Own" }),
    known(GIFT, "bags", 500 + dice.below(4_000)),
  ];
}

function bundle(dice: Dice): Bundle {
  return {
    ...{ kind: "bundle", id: "desk", title: label("Desk set"), source: { name: "bundles.jsonl" } },
    off_bp: 100 + dice.below(900),
    lines: [
      { sku: "LAP", quantity: 1 },
      { sku: "MOU", quantity: 1 + dice.below(2) },
    ],
  };
}

function vendor(dice: Dice): Vendor {
  const tax = () => ({ name: "Tax", treatment: dice.pick(TREATMENTS), rate_bp: dice.below(2_500) });
  const usd = { ...tax(), regions: { OR: 0, CA: dice.below(2_000) } };
  const longer = (id: string, days: number) => ({ id, label: label(id), days, fee_bp: dice.below(300) });
  return Vendor.parse({
    ...{ id: "shop", name: label("Shop"), seller: "Shop Ltd.", greeting: label("Hello") },
    languages: ["en", "ko"],
    markets: [
      { country: "US", currency: "USD", tax: usd, zones: [{ id: "far", postal_prefixes: ["99"] }] },
      { country: "MX", currency: "USD", tax: tax() },
      { country: "KR", currency: "KRW", tax: tax(), zones: [{ id: "isle", postal_prefixes: ["63"] }] },
    ],
    default_ship_to: { USD: { country: "US" }, KRW: { country: "KR" } },
    terms: {
      delivery: [
        {
          ...{ id: "standard", label: label("Standard"), days_min: 2, days_max: 5 },
          ...{ fee: money(dice.below(1_200)), free_from: money(20_000 + dice.below(100_000)) },
          zone_fee: { far: { USD: dice.below(2_000) }, isle: { KRW: dice.below(6_000) } },
        },
        {
          ...{ id: "express", label: label("Express"), days_min: 1, days_max: 1 },
          fee: money(500 + dice.below(2_500)),
        },
      ],
      warranty: [
        { id: "w12", label: label("12 months"), months: 12, fee_bp: 0 },
        { id: "w24", label: label("24 months"), months: 24, fee_bp: dice.below(600) },
      ],
      payment: [{ id: "now", label: label("Now"), days: 0, fee_bp: 0 }, longer("net30", 30)],
      returns: [{ id: "r14", label: label("14 days"), days: 14, fee_bp: 0 }, longer("r30", 30)],
      subscription: [
        {
          ...{ id: "monthly", label: label("Monthly"), every_months: 1, commitment: 2 + dice.below(10) },
          off_bp: dice.below(1_200),
        },
      ],
    },
    subscribable: ["coffee"],
    ...{ rounds: dice.chance(92) ? 2 + dice.below(4) : 6 + dice.below(8), offer_minutes: 15 },
    confirm: dice.chance(20) ? "always" : "words",
    ...{ default_stock: 20, max_quantity: 12 + dice.below(40) },
    contact: { email: "help@shop.example", hours: label("9-18") },
  });
}

function limits(dice: Dice, version: string): Limits {
  const cost = (most: number) => (dice.chance(50) ? dice.below(300) : money(dice.below(most)));
  const least = money(dice.below(40_000));
  const name = () => STRATEGIES[dice.weighted(STRATEGIES.map(weight))]?.name ?? "";
  const rest = floorBp(dice);
  const off = () => (dice.chance(70) ? 50 + dice.below(1_200) : dice.below(6_000));
  return Limits.parse({
    version,
    objective: dice.pick(OBJECTIVES),
    strategy: { machine: name(), person: name() },
    rules: [
      { match: { brand: "Own" }, floor_bp: floorBp(dice), negotiable: false },
      dice.chance(30)
        ? { match: { sku: "LAP" }, floor: money(5_000 + dice.below(60_000)) }
        : { match: { sku: "LAP" }, floor_bp: floorBp(dice) },
      {
        ...{ match: { category: "computers/mice" }, floor_bp: floorBp(dice) },
        ...(dice.chance(50)
          ? { strategy: { machine: name(), person: name() }, objective: dice.pick(OBJECTIVES) }
          : {}),
      },
      { match: {}, floor_bp: rest, negotiable: dice.chance(90) },
    ],
    conceal_bp: dice.pick([0, 2_500, 2_500, 6_000]),
    term_costs: {
      delivery: { standard: cost(1_500), express: cost(3_000) },
      warranty: { w12: dice.chance(70) ? 0 : cost(600), w24: cost(1_500) },
      payment: { now: 0, net30: cost(800) },
      returns: { r14: dice.chance(70) ? 0 : cost(400), r30: cost(800) },
    },
    renewal_value_bp: dice.chance(60) ? dice.below(2_500) : 0,
    acquisition_value: dice.chance(30) ? money(dice.below(2_000)) : {},
    codes: [
      { code: "FIRST", off_bp: off(), min_goods: least },
      { code: "SECOND", off_bp: Math.floor(((10_000 - rest) * (50 + dice.below(50))) / 100) },
      { code: "COFFEE", off_bp: off(), match: { category: "coffee" } },
      { code: "TONIGHT", off_bp: off(), until: "2026-03-01T23:45:00Z" },
      { code: "OVER", off_bp: 1_000, until: "2026-01-01T00:00:00Z" },
      { code: "EARLY", off_bp: 1_000, from: "2030-01-01T00:00:00Z" },
    ],
    gifts: [{ sku: GIFT, min_goods: money(dice.below(60_000)), cost: money(200 + dice.below(3_000)) }],
    budgets: budgets(dice),
    approval_above: money(dice.chance(70) ? 900_000 : dice.below(80_000)),
  });
}

/** Fewer of those that hardly move in so few rounds, more of those that end where the counterpart would. */
function weight({ name, closes }: (typeof STRATEGIES)[number]): number {
  if (name === "fixed" || name === "micro") return 1;
  return closes ? 8 : 3;
}

function budgets(dice: Dice): object[] {
  const every = ["day", "week", "month", "always"] as const;
  const drawn = (id: string, match: object) => ({
    ...{ id, match, amount: money(500 + dice.below(30_000)) },
    ...{ every: dice.pick(every), published: dice.chance(40) },
  });
  return [
    ...(dice.chance(35) ? [drawn("all", {})] : []),
    ...(dice.chance(15) ? [drawn("coffee", { category: "coffee" })] : []),
  ];
}
