import { share } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import { listOf, type Order, reductionOf } from "./order.ts";
import type { Situation } from "./situation.ts";
import { afterFor } from "./utility.ts";

/**
 * The goods (less discounts) that a proposal would pay for, in the terms it wants; null when it names no price.
 * A unit price named is what they would pay for each when all is done, so it stands for the price after discounts.
 */
export function theirAfter({ order, wishes, units, changed }: Situation, proposal: Proposal): number | null {
  if (proposal.total !== undefined) return changed ? null : afterFor(order, proposal.total, wishes.wanted);
  if (proposal.off_bp !== undefined) return order.list - share(order.list, proposal.off_bp);
  if (!proposal.lines.some((line) => line.unit_price !== undefined)) return null;
  return goodsOf(order, namedUnits(order, units, proposal)) - order.off;
}

/**
 * Whether they name less than an offer for these goods asks: a total against its total; a share off, or prices for each,
 * against what its goods cost after all discounts.
 */
export function namesLess({ order, units, proposal, changed }: Situation, offer: Offer): boolean {
  const { total, off_bp, lines } = proposal;
  if (total !== undefined) return !changed && total < offer.totals.total;
  if (off_bp !== undefined) return reductionOf(offer) < share(listOf(offer), off_bp);
  if (!lines.some((line) => line.unit_price !== undefined)) return false;
  const named = order.lines.reduce((sum, { known, quantity, list }, i) => {
    const each = lines.find((one) => one.sku === known.product.id)?.unit_price;
    const stands = (units[i] ?? list) * quantity - (order.offByLine[i] ?? 0);
    return sum + (each === undefined ? stands : Math.min(list, each) * quantity);
  }, 0);
  return named < offer.totals.goods - offer.totals.discounts;
}

/** Unit prices at which the order costs just what was proposed, or as little under it as whole units allow. */
export function theirUnits({ order, units, proposal }: Situation, after: number): readonly number[] | null {
  if (proposal.total === undefined && proposal.off_bp === undefined) {
    return proposal.lines.some((line) => line.unit_price !== undefined)
      ? namedUnits(order, units, proposal)
      : units;
  }
  return unitsFor(order, after);
}

/** Spreads what is to come off over the lines by their room; null when that is more than all the room there is. */
function unitsFor(order: Order, after: number): readonly number[] | null {
  const goods = after + order.off;
  const cut = order.list - goods;
  if (cut <= 0) return order.lines.map((line) => line.list);
  const room = order.lines.map((line) => (line.list - line.low) * line.quantity);
  const all = room.reduce((sum, part) => sum + part, 0);
  if (cut > all) return null;
  const part = Math.ceil((cut * 10_000) / all);
  let left = goods;
  const units = order.lines.map((line) => {
    const unit = line.list - Math.ceil(((line.list - line.low) * part) / 10_000);
    left -= unit * line.quantity;
    return unit;
  });
  // What rounding took too much is given back, so that the order comes out as near to the goods as it can.
  for (const [i, line] of order.lines.entries()) {
    const unit = units[i] ?? 0;
    const more = Math.min(line.negotiable ? line.list - unit : 0, Math.floor(left / line.quantity));
    if (more !== 0) {
      units[i] = unit + more;
      left -= more * line.quantity;
    }
  }
  return left < 0 ? null : units;
}

export function goodsOf(order: Order, units: readonly number[]): number {
  return order.lines.reduce((sum, line, i) => sum + (units[i] ?? line.list) * line.quantity, 0);
}

function namedUnits(order: Order, standing: readonly number[], proposal: Proposal): number[] {
  return order.lines.map((line, i) => {
    const named = proposal.lines.find((one) => one.sku === line.known.product.id)?.unit_price;
    if (named === undefined) return standing[i] ?? line.list;
    return Math.min(line.list, named + Math.floor((order.offByLine[i] ?? 0) / line.quantity));
  });
}
