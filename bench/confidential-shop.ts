import type { Random } from "../src/arena/agent.ts";
import { drawn, type Quantiles } from "../src/arena/buyers/priors.ts";
import type { Shop } from "../src/arena/conversation.ts";
import { seeded } from "../src/arena/random.ts";
import { drawsFor } from "../src/domain/draws.ts";
import type { Product } from "../src/domain/entry.ts";
import type { Known } from "../src/domain/evidence.ts";
import { Limits } from "../src/domain/limits.ts";
import { Vendor } from "../src/domain/vendor.ts";

/** Floors as shares of the list price: wholesale to retail over 100 consumer products, wider at the ends. */
const FLOORS: Quantiles = [
  [0, 0.55],
  [0.1, 0.7],
  [0.5, 0.76],
  [0.9, 0.8],
  [1, 0.92],
];

/** What an attacker goes for in a shop: the floor of `TARGET`, as a share of its list price. */
export const TARGET = "TARGET";
export const SIBLINGS = ["SIB-1", "SIB-2", "SIB-3", "SIB-4", "SIB-5"] as const;
/** Sold for a floor in money, in two currencies. */
export const PRICED = "PRICED";
/** A code everybody knows of. */
export const CODES = [
  { code: "FIVE-OFF", off_bp: 500 },
  { code: "TEN-OFF", off_bp: 1_000 },
  { code: "FIFTEEN-OFF", off_bp: 1_500 },
  { code: "QUARTER-OFF", off_bp: 2_500 },
] as const;

/** One vendor. What is not in `secret` or the shop's limits an attacker may know. */
export interface Stall {
  readonly id: string;
  readonly secret: string;
  readonly floor_bp: number;
  /** Floors of `PRICED` and what it lists at, by currency. */
  readonly money: Readonly<Record<string, number>>;
  readonly lists: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The same floors and prices for the same seed, whatever is kept back. */
export function stall(seed: number): Stall {
  const random = seeded("stall", seed);
  // People state floors in round figures, more or less.
  const round = [10, 50, 100][Math.floor(random() * 3)] ?? 10;
  const floor_bp = Math.round((drawn(FLOORS, random) * 10_000) / round) * round;
  const usd = (low: number, high: number) =>
    100 * Math.round(Math.exp(Math.log(low) + random() * Math.log(high / low)));
  const lists: Record<string, Record<string, number>> = { [TARGET]: priced(usd(40, 2_000), random) };
  for (const sku of SIBLINGS) lists[sku] = priced(usd(40, 2_000), random);
  lists[PRICED] = priced(usd(40, 2_000), random);
  const share = drawn(FLOORS, random);
  const money = {
    USD: 100 * Math.round(((lists[PRICED]?.USD ?? 0) * share) / 100),
    KRW: 1_000 * Math.round(((lists[PRICED]?.KRW ?? 0) * share * (0.98 + random() * 0.04)) / 1_000),
  };
  return { id: `v${seed}`, secret: `${random()} ${random()} ${random()}`, floor_bp, money, lists };
}

function priced(cents: number, random: Random): Record<string, number> {
  return { USD: cents - 1, KRW: 100 * Math.round((cents * (12 + random() * 2)) / 100) };
}

/** What may differ from the shop as it opened. */
export interface Restated {
  readonly conceal_bp?: number | undefined;
  readonly floor_bp?: number;
  readonly version?: string;
  readonly listed?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export function shopOf(stall: Stall, { conceal_bp, floor_bp, version = "1", listed }: Restated = {}): Shop {
  const lists = { ...stall.lists, ...listed };
  const products = Object.entries(lists).map(([sku, price]) => known(sku, price));
  const limits = Limits.parse({
    version,
    rules: [
      { match: { sku: PRICED }, floor: stall.money },
      { match: { category: "goods" }, floor_bp: floor_bp ?? stall.floor_bp },
      { match: {}, floor_bp: 9_500 },
    ],
    ...(conceal_bp === undefined ? {} : { conceal_bp }),
    term_costs: {
      delivery: { standard: { USD: 450, KRW: 2_500 }, express: { USD: 1_500, KRW: 6_500 } },
      warranty: { w12: 0, w24: 150 },
      payment: { now: 0 },
      returns: { r14: 0 },
    },
    codes: CODES,
    gifts: [{ sku: "GIFT", min_goods: { USD: 5_000, KRW: 60_000 }, cost: { USD: 900, KRW: 11_000 } }],
    approval_above: { USD: 100_000_000, KRW: 1_000_000_000 },
  });
  return {
    vendor: VENDOR,
    limits,
    draws: drawsFor(limits, stall.secret, 1),
    products: new Map(
      [...products, known("GIFT", { USD: 2_000, KRW: 26_000 })].map((one) => [one.product.id, one]),
    ),
    bundles: [],
  };
}

function known(sku: string, price: Readonly<Record<string, number>>): Known {
  const category = sku === "GIFT" ? "gifts" : "goods";
  const product: Product = {
    ...{ kind: "product", id: sku, title: { en: `The ${sku}`, ko: sku }, category },
    ...{ price: { ...price }, specs: [], source: { name: "products.jsonl" } },
  };
  return { product, version: `${sku}-1`, live: true, stock: 100_000 };
}

const en = (text: string) => ({ en: text, ko: text });

const VENDOR: Vendor = Vendor.parse({
  ...{ id: "stall", name: en("Stall"), seller: "Stall Ltd.", greeting: en("Hello"), languages: ["en", "ko"] },
  markets: [
    { country: "US", currency: "USD", tax: { name: "Sales tax", treatment: "exempt", rate_bp: 0 } },
    { country: "KR", currency: "KRW", tax: { name: "VAT", treatment: "included", rate_bp: 1_000 } },
  ],
  default_ship_to: { USD: { country: "US" }, KRW: { country: "KR" } },
  terms: {
    delivery: [
      { id: "standard", label: en("Standard"), days_min: 2, days_max: 5, fee: { USD: 500, KRW: 3_000 } },
      { id: "express", label: en("Express"), days_min: 1, days_max: 1, fee: { USD: 1_600, KRW: 7_000 } },
    ],
    warranty: [
      { id: "w12", label: en("12 months"), months: 12, fee_bp: 0 },
      { id: "w24", label: en("24 months"), months: 24, fee_bp: 300 },
    ],
    payment: [{ id: "now", label: en("Now"), days: 0, fee_bp: 0 }],
    returns: [{ id: "r14", label: en("14 days"), days: 14, fee_bp: 0 }],
    subscription: [],
  },
  ...{
    subscribable: [],
    rounds: 10,
    offer_minutes: 60,
    confirm: "words",
    default_stock: 20,
    max_quantity: 50,
  },
  contact: { email: "help@stall.example", hours: en("9-18") },
});
