import { seeded } from "../src/arena/random.ts";
import { unitLimit } from "../src/negotiation/rules.ts";
import { type Stall, shopOf, TARGET } from "./confidential-shop.ts";
import { median } from "./statistics.ts";

/** Products of one rule whose limits are known. */
const KNOWN = [1, 10, 40] as const;
/** Whole parts per million that a draw may be. */
const MOST = 1_000_000;

/** A limit of one product, to the last minor unit, as bisection gives it. */
interface Told {
  readonly list: number;
  readonly limit: number;
}

/**
 * An attacker who knows the exact limits of up to forty products of one rule, what may be kept back, and the source: which
 * floors are left that give all of these limits with one draw? If floor and draw were rounded apart, each product would
 * round them otherwise, and the more of them were known the fewer floors would be left. `left`: median over vendors, by
 * products; `missed`: vendors whose own floor is not among those left, so that the search would prove nothing.
 */
export function rounding(stalls: readonly Stall[]) {
  const found = stalls.map((stall) => {
    const told = toldOf(stall, Math.max(...KNOWN));
    const explained = Array.from({ length: 10_001 }, (_, floor_bp) => explainedBy(stall, floor_bp, told));
    const left = KNOWN.map((count) => explained.filter((most) => most >= count).length);
    return { left, missed: explained[stall.floor_bp] !== told.length };
  });
  const by = KNOWN.map((count, i) => [count, median(found.map(({ left }) => left[i] ?? 0))] as const);
  return {
    vendors: stalls.length,
    left: Object.fromEntries(by) as Record<(typeof KNOWN)[number], number>,
    least: Math.min(...found.map(({ left }) => left.at(-1) ?? 0)),
    missed: found.filter(({ missed }) => missed).length,
  };
}

function toldOf(stall: Stall, count: number): Told[] {
  const random = seeded("rounding", stall.id);
  const { limits, draws } = shopOf(stall);
  const at = limits.rules.findIndex(({ match }) => match.category === "goods");
  const limitAt = limitWith(stall, stall.floor_bp, draws?.rules[at] as number);
  return Array.from({ length: count }, () => {
    const list = 100 * Math.round(40 * 50 ** random()) - 1;
    return { list, limit: limitAt(list) };
  });
}

/** Of the limits, in their order, how many a floor explains by one draw. No limit falls as the draw grows. */
function explainedBy(stall: Stall, floor_bp: number, told: readonly Told[]): number {
  let [from, to] = [0, MOST];
  const limitsAt = (draw: number) => limitWith(stall, floor_bp, draw);
  for (const [i, { list, limit }] of told.entries()) {
    from = first(from, to + 1, (draw) => limitsAt(draw)(list) >= limit);
    to = first(from, to + 1, (draw) => limitsAt(draw)(list) > limit) - 1;
    if (from > to) return i;
  }
  return told.length;
}

/** The first of [from, end) that holds, `end` where none does; all after the first hold too. */
function first(from: number, end: number, holds: (draw: number) => boolean): number {
  if (from >= end || holds(from)) return from;
  if (!holds(end - 1)) return end;
  let [low, high] = [from, end - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The limit, by list price, of goods whose rule has this floor and this draw, as the gateway itself works it out. */
function limitWith(stall: Stall, floor_bp: number, draw: number): (list: number) => number {
  const { policy, product, tax } = opened(stall);
  const limits = { ...policy.limits, rules: [{ match: {}, floor_bp, negotiable: true }] };
  const hypothesis = { ...policy, limits, draws: { key: 1, rules: [draw] } };
  return (list) => unitLimit(hypothesis, product, list, tax, "USD");
}

const shops = new Map<string, ReturnType<typeof open>>();

function opened(stall: Stall): ReturnType<typeof open> {
  const shop = shops.get(stall.id) ?? open(stall);
  shops.set(stall.id, shop);
  return shop;
}

function open(stall: Stall) {
  const { vendor, limits, products } = shopOf(stall);
  const product = products.get(TARGET)?.product;
  const tax = vendor.markets.find(({ currency }) => currency === "USD")?.tax;
  if (!product || !tax) throw new Error(`${stall.id} sells nothing`);
  // Terms cut limits only through published tiers, and there are none: without them a limit takes a microsecond.
  const terms = { delivery: [], warranty: [], payment: [], returns: [], subscription: [] };
  return { policy: { vendor: { ...vendor, terms }, limits }, product, tax };
}
