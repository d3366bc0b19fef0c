import type { Draws } from "../src/domain/draws.ts";
import type { Product } from "../src/domain/entry.ts";
import type { Known } from "../src/domain/evidence.ts";
import type { LimitRule, Limits } from "../src/domain/limits.ts";
import type { Offer, Tax } from "../src/domain/offer.ts";
import type { Vendor } from "../src/domain/vendor.ts";

/** What goods must bring, by the floors and by the limits above them, worked out a second time (floor-oracle.ts). */
export interface Secrets {
  readonly vendor: Vendor;
  readonly products: ReadonlyMap<string, Known>;
  readonly limits: Limits;
  readonly draws?: Draws;
}

export type Weighable = Pick<Offer, "currency" | "lines" | "terms" | "tax" | "totals">;

/** What the goods must bring; infinite when nobody knows them. */
export function leastOf({ currency, lines, tax }: Weighable, secrets: Secrets) {
  const { products, limits, draws } = secrets;
  let floor = 0;
  let limit = 0;
  for (const { sku, gift, list_price, quantity } of lines) {
    if (gift) continue;
    const known = products.get(sku);
    if (!known) return { floor: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY };
    const at = ruleAt(limits, known);
    const list = kept(tax, list_price);
    const own = floorOf(limits.rules[at], list, currency);
    floor += own * quantity;
    const draw = draws?.rules[at];
    if (draw === undefined) {
      limit += own * quantity;
      continue;
    }
    const drawn = typeof draw === "number" ? draw : (draw[currency] ?? 0);
    const held = up(drawn * limits.conceal_bp, 10_000);
    const above = limitOf(limits.rules[at], own, list, held);
    const tag = { tax, currency, list_price, floor: own };
    const open = [list, ...publishedAt(known.product, tag, secrets)].filter((each) => each >= own);
    limit += Math.min(above, ...open) * quantity;
  }
  return { floor, limit };
}

/** With so many millionths kept back: of the rest above a share of the list price, or of a quarter of a floor in money. */
function limitOf(rule: LimitRule | undefined, floor: number, list: number, held: number): number {
  if (rule?.floor_bp === undefined) return floor + up(up(floor, 4) * held, 1_000_000);
  const share = rule.floor_bp * 100;
  return up(list * (share + up((1_000_000 - share) * held, 1_000_000)), 1_000_000);
}

interface Tag {
  readonly tax: Rated;
  readonly currency: string;
  readonly list_price: number;
  readonly floor: number;
}

/** A unit's part of what each volume price leaves with the first option of every term: at worst, if the floor bears it. */
function publishedAt({ tiers = [] }: Product, tag: Tag, secrets: Secrets): number[] {
  return tiers.map(({ from, off_bp }) => {
    const goods = tag.list_price * from;
    const after = goods - part(goods, off_bp, 10_000);
    const usual = kept(tag.tax, after) - lossAt(after, tag, secrets, false);
    const worst = kept(tag.tax, after) - lossAt(after, tag, secrets, true);
    if (worst < tag.floor * from) return Math.floor(usual / from);
    // Fourteen roundings of half a unit, up in one order and down in another.
    return Math.max(tag.floor, Math.floor((worst - 14) / from));
  });
}

/** `unpaid`: as if nothing came in for the delivery, which may become free beside other goods. */
function lossAt(after: number, { tax, currency }: Tag, { vendor, limits }: Secrets, unpaid: boolean): number {
  const [standard] = vendor.terms.delivery;
  const stated = limits.term_costs.delivery[standard?.id ?? ""];
  const free_from = standard?.free_from?.[currency];
  const lapses = free_from !== undefined || (typeof stated === "number" && stated > 0);
  const free = (unpaid && lapses) || (free_from !== undefined && after >= free_from);
  const fee = free ? 0 : (standard?.fee[currency] ?? 0);
  let loss = Math.max(0, costOf(stated, after, currency) - kept(tax, fee));
  for (const kind of ["warranty", "payment", "returns"] as const) {
    const [option] = vendor.terms[kind];
    const cost = costOf(limits.term_costs[kind][option?.id ?? ""], after, currency);
    loss += Math.max(0, cost - kept(tax, part(after, option?.fee_bp ?? 0, 10_000)));
  }
  return loss;
}

/** What an option costs with goods of `after`; infinite when nobody says. */
export function costOf(
  stated: number | Readonly<Record<string, number>> | undefined,
  after: number,
  currency: string,
): number {
  if (typeof stated === "number") return part(after, stated, 10_000);
  return stated?.[currency] ?? Number.POSITIVE_INFINITY;
}

export function ruleAt(limits: Limits, { product }: Known): number {
  return limits.rules.findIndex(({ match }) => {
    if (match.sku !== undefined && match.sku !== product.id) return false;
    if (match.brand !== undefined && match.brand !== product.brand) return false;
    return match.category === undefined || `${product.category}/`.startsWith(`${match.category}/`);
  });
}

function floorOf(rule: LimitRule | undefined, list: number, currency: string): number {
  if (!rule) return list;
  if (rule.floor_bp !== undefined) return -Math.floor((-list * rule.floor_bp) / 10_000);
  return rule.floor?.[currency] ?? list;
}

type Rated = Pick<Tax, "treatment" | "rate_bp">;

export const KINDS = ["delivery", "warranty", "payment", "returns"] as const;
/** Twice this times 10,000 is still exact. */
export const MOST = 100_000_000_000;

/** A share of a whole, halves up. */
export function part(amount: number, of: number, whole: number): number {
  if (amount > MOST) throw new RangeError(`${amount} is more than the oracle can weigh exactly`);
  return Math.floor((2 * amount * of + whole) / (2 * whole));
}

/** Rounded up. */
function up(amount: number, whole: number): number {
  return -Math.floor(-amount / whole);
}

export function kept({ treatment, rate_bp }: Rated, tag: number): number {
  return treatment === "included" ? tag - part(tag, rate_bp, 10_000 + rate_bp) : tag;
}
