import type { Bundle } from "../domain/entry.ts";
import type { Code } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Discount } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { BasketLine } from "./basket.ts";
import { matches } from "./rules.ts";

export type SubscriptionOption = Vendor["terms"]["subscription"][number];

/** Discounts in force. `byLine` says how much of them each line carries; its sum is `off`. */
export interface Discounts {
  readonly given: readonly Discount[];
  readonly off: number;
  readonly byLine: readonly number[];
  readonly reasons: readonly MoveReason[];
}

export interface DiscountSource {
  readonly lines: readonly Pick<BasketLine, "known" | "quantity" | "list">[];
  readonly bundles: readonly Bundle[];
  readonly codes: readonly Code[];
  /** Codes the counterpart named, or the one in the offer that stands. */
  readonly named: readonly string[];
  readonly subscription: SubscriptionOption | null;
  readonly currency: string;
  readonly now: string;
  /** Whether list-price goods still hold the floor with `off` taken from them. */
  readonly carries: (off: number) => boolean;
}

/**
 * Tiers, then complete bundles, then the subscription, then one code, each worked out on list prices (a code and a
 * subscription on what the others leave). A discount the floor cannot carry whole is not given at all: a reduced
 * figure would tell the counterpart where the floor is. For a code that is said; published tiers that a floor
 * cannot carry are refused when the vendor's files load.
 */
export function discountsOf(source: DiscountSource): Discounts {
  const { lines, subscription } = source;
  const goods = lines.map((line) => line.list * line.quantity);
  const state = { given: [] as Discount[], off: 0, byLine: lines.map(() => 0) };
  const give = (kind: Discount["kind"], id: string, parts: readonly number[]): boolean => {
    const amount = sum(parts);
    if (amount === 0 || !source.carries(state.off + amount)) return false;
    state.given.push({ kind, id, amount });
    state.off += amount;
    state.byLine = state.byLine.map((before, i) => before + (parts[i] ?? 0));
    return true;
  };
  for (const [i, line] of lines.entries()) {
    const tiers = (line.known.product.tiers ?? []).filter((tier) => tier.from <= line.quantity);
    const off_bp = Math.max(0, ...tiers.map((tier) => tier.off_bp));
    if (off_bp > 0 && state.given.length < 5) {
      give(
        "tier",
        line.known.product.id,
        goods.map((amount, j) => (i === j ? share(amount, off_bp) : 0)),
      );
    }
  }
  for (const { id, parts } of bundleParts(source)) {
    if (state.given.length < 6) give("bundle", id, parts);
  }
  const left = () => goods.map((amount, i) => amount - (state.byLine[i] ?? 0));
  if (subscription && subscription.off_bp > 0) {
    give(
      "subscription",
      subscription.id,
      left().map((amount) => share(amount, subscription.off_bp)),
    );
  }
  const reasons = source.named.length === 0 ? [] : withCode(source, left, give);
  return { ...state, reasons };
}

function withCode(
  source: DiscountSource,
  left: () => number[],
  give: (kind: "code", id: string, parts: readonly number[]) => boolean,
): MoveReason[] {
  const reasons: MoveReason[] = [];
  const named = [...new Set(source.named.map((name) => name.trim().toUpperCase()))];
  if (named.length > 1) reasons.push("only_one_code");
  let used = false;
  for (const name of named) {
    // What is yet to come answers as what is not there: whoever guesses names learns nothing of a coming sale.
    const code = source.codes.find((one) => one.code.toUpperCase() === name && hasBegun(one, source.now));
    if (!code) reasons.push("code_unknown");
    else if (!used) {
      used = fits(source, code, sum(left())) && give("code", code.code, codeParts(source, code, left()));
      if (!used) reasons.push("code_not_applicable");
    }
  }
  return [...new Set(reasons)];
}

function fits({ now, currency }: DiscountSource, code: Code, goods: number): boolean {
  const least = code.min_goods === undefined ? 0 : (code.min_goods[currency] ?? Number.MAX_SAFE_INTEGER);
  return !hasEnded(code, now) && goods >= least;
}

/** Whether a code may be used at this moment. */
export function inForce(code: Code, now: string): boolean {
  return hasBegun(code, now) && !hasEnded(code, now);
}

function hasBegun({ from }: Code, now: string): boolean {
  return from === undefined || Date.parse(now) >= Date.parse(from);
}

function hasEnded({ until }: Code, now: string): boolean {
  return until !== undefined && Date.parse(now) >= Date.parse(until);
}

function codeParts({ lines }: DiscountSource, code: Code, left: readonly number[]): number[] {
  return lines.map((line, i) =>
    matches(code.match, line.known.product) ? share(left[i] ?? 0, code.off_bp) : 0,
  );
}

/** Complete bundles only, dearest share first; a unit counts towards one bundle. */
function bundleParts({ lines, bundles }: DiscountSource): { id: string; parts: number[] }[] {
  if (bundles.length === 0 || lines.length < 2) return [];
  const free = lines.map((line) => line.quantity);
  const ranked = [...bundles].sort((a, b) => b.off_bp - a.off_bp || (a.id < b.id ? -1 : 1));
  return ranked.flatMap((bundle) => {
    const needs = bundle.lines.map((part) => ({
      at: lines.findIndex((line) => line.known.product.id === part.sku),
      units: part.quantity,
    }));
    const sets = Math.min(...needs.map(({ at, units }) => Math.floor((free[at] ?? 0) / units)));
    if (sets < 1) return [];
    const parts = lines.map(() => 0);
    for (const { at, units } of needs) {
      free[at] = (free[at] ?? 0) - sets * units;
      parts[at] = share((lines[at]?.list ?? 0) * sets * units, bundle.off_bp);
    }
    return [{ id: bundle.id, parts }];
  });
}

function sum(amounts: readonly number[]): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
