import { BOUNDS } from "../domain/bounds.ts";
import type { TermKind } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { BasketLine } from "./basket.ts";
import { type Choice, feeOf, gainOf, type Mode } from "./modes.ts";
import type { Gift, Order } from "./order.ts";
import { keptOf, type Place, taxOn } from "./place.ts";

/** A price and terms that hold the limit, not yet an offer. */
export interface Candidate {
  readonly choice: Choice;
  readonly gift: boolean;
  readonly units: readonly number[];
  readonly total: number;
  readonly value: number;
  /** Every option is the one wished for, or as it stands where nothing was asked. */
  readonly fits: boolean;
}

/** What one mode gains at each price step, worked out once instead of for every candidate, and the most of it. */
interface Column {
  readonly mode: Mode;
  readonly fits: boolean;
  readonly gain: readonly number[];
  readonly most: number;
}

/** Every price step with every combination of terms. `size` counts the candidates. */
export interface Space {
  readonly order: Order;
  readonly steps: readonly (readonly number[])[];
  readonly after: readonly number[];
  readonly kept: readonly number[];
  readonly worth: readonly number[];
  readonly modes: Readonly<Record<TermKind, readonly Mode[]>>;
  readonly wanted: Choice;
  readonly size: number;
}

/** At least so many candidates where there is anything to bargain about, however few terms the vendor has. */
const LEAST_CANDIDATES = 500;
/** Combinations of terms looked at: leaves eight price steps for each. */
const COMBINATIONS = BOUNDS.candidates / 8;

export function spaceOf(order: Order, wanted: Choice): Space {
  const modes = trimmed(order, wanted);
  const gifts = order.gift ? 2 : 1;
  const combinations =
    gifts * modes.delivery.length * modes.warranty.length * modes.payment.length * modes.returns.length;
  const steps = stepsOf(order, combinations);
  const after = steps.map((units) => {
    let goods = -order.off;
    for (let i = 0; i < units.length; i++) goods += (units[i] ?? 0) * (order.lines[i]?.quantity ?? 0);
    return goods;
  });
  const kept = after.map((amount) => keptOf(order.place.tax, amount));
  return {
    ...{ order, steps, after, kept, modes, wanted },
    worth: kept.map((amount) => amount + share(amount, order.renewals_bp) + order.acquisition),
    size: combinations * steps.length,
  };
}

/**
 * For every combination of terms the cheapest price step that is worth at least `least` and holds the limit: with
 * the terms given, nobody but the vendor would want a dearer one. All dearer steps of it are thereby settled too.
 * Unless `wide`, only options as wished for are worked out: the others could not lead.
 */
export function cheapest(space: Space, least: number, wide: boolean): Candidate[] {
  const { order } = space;
  const [deliveries, warranties, payments, returnings] = [
    columnsOf(space, "delivery", wide),
    columnsOf(space, "warranty", wide),
    columnsOf(space, "payment", wide),
    columnsOf(space, "returns", wide),
  ];
  const found: Candidate[] = [];
  const gifts = order.gift ? [null, order.gift] : [null];
  for (const delivery of deliveries)
    for (const warranty of warranties)
      for (const payment of payments)
        for (const returns of returnings)
          for (const gift of gifts) {
            const step = firstStep(space, least, delivery, warranty, payment, returns, gift);
            if (step >= 0) found.push(candidate(space, step, { delivery, warranty, payment, returns }, gift));
          }
  return found;
}

function firstStep(
  { order, after, kept, worth }: Space,
  least: number,
  delivery: Column,
  warranty: Column,
  payment: Column,
  returns: Column,
  gift: Gift | null,
): number {
  const { most: d, gain: dg } = delivery;
  const { most: w, gain: wg } = warranty;
  const { most: p, gain: pg } = payment;
  const { most: r, gain: rg } = returns;
  const value = least + (gift?.cost ?? 0);
  const limit = order.limit + (gift?.cost ?? 0);
  const min_goods = gift?.min_goods ?? 0;
  // Prices rise with the step, so no step can do at which even the most the terms ever gain would not be enough.
  const worthwhile = firstFrom(worth, value - d - w - p - r);
  const tenable = firstFrom(kept, limit - loss(d) - loss(w) - loss(p) - loss(r));
  for (let k = Math.max(worthwhile, tenable); k < after.length; k++) {
    const gd = dg[k] ?? 0;
    const gw = wg[k] ?? 0;
    const gp = pg[k] ?? 0;
    const gr = rg[k] ?? 0;
    if ((worth[k] ?? 0) + gd + gw + gp + gr < value) continue;
    const net = (kept[k] ?? 0) + loss(gd) + loss(gw) + loss(gp) + loss(gr);
    if (net >= limit && (after[k] ?? 0) >= min_goods) return k;
  }
  return -1;
}

/** The part of a gain that counts against the limit: never positive. */
function loss(gain: number): number {
  return Math.min(0, gain);
}

/** The first place of a rising row that reaches `least`; its length when none does. */
function firstFrom(row: readonly number[], least: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A fee is waived only where that was asked for, and stays waived where it was. */
function fits(mode: Mode, wanted: Mode, usual: Mode): boolean {
  return mode.id === wanted.id && (mode.waived === usual.waived || wanted.waived);
}

function columnsOf({ modes, wanted, order, after }: Space, issue: TermKind, wide: boolean): Column[] {
  const columns: Column[] = [];
  for (const mode of modes[issue]) {
    const meant = fits(mode, wanted[issue], order.usual[issue]);
    if (wide || meant) columns.push(columnOf(mode, meant, order.place, after));
  }
  return columns;
}

function columnOf(mode: Mode, meant: boolean, place: Place, after: readonly number[]): Column {
  const gain: number[] = [];
  let most = Number.NEGATIVE_INFINITY;
  // Most modes gain the same whatever the goods cost.
  const level = mode.fee_bp + mode.cost_bp === 0 && mode.free_from === Number.MAX_SAFE_INTEGER;
  for (const amount of after) {
    const gained = level && gain.length > 0 ? most : gainOf(mode, place, amount);
    if (gained > most) most = gained;
    gain.push(gained);
  }
  return { mode, fits: meant, gain, most };
}

type Columns = Readonly<Record<TermKind, Column>>;

function candidate(space: Space, step: number, columns: Columns, gift: Gift | null): Candidate {
  const { delivery, warranty, payment, returns } = columns;
  const after = space.after[step] ?? 0;
  const choice = {
    delivery: delivery.mode,
    warranty: warranty.mode,
    payment: payment.mode,
    returns: returns.mode,
  };
  const fees =
    feeOf(choice.delivery, after) +
    feeOf(choice.warranty, after) +
    feeOf(choice.payment, after) +
    feeOf(choice.returns, after);
  const { tax } = space.order.place;
  const at = (column: Column) => column.gain[step] ?? 0;
  return {
    ...{ choice, gift: gift !== null, units: space.steps[step] ?? [] },
    total: after + fees + (tax.treatment === "added" ? taxOn(tax, after + fees) : 0),
    value:
      (space.worth[step] ?? 0) +
      at(delivery) +
      at(warranty) +
      at(payment) +
      at(returns) -
      (gift ? (space.order.gift?.cost ?? 0) : 0),
    fits: delivery.fits && warranty.fits && payment.fits && returns.fits,
  };
}

/**
 * Unit prices from the limits up to the list, half a percent of the list price apart where the terms leave room for
 * so many; all lines move in step, each on its own round figures.
 */
function stepsOf({ lines }: Order, combinations: number): number[][] {
  const halves = lines.map((line) => Math.ceil(((line.list - line.low) * 200) / Math.max(1, line.list)));
  const most = Math.floor(BOUNDS.candidates / combinations) - 1;
  const count = Math.min(most, Math.max(1, ...halves, Math.ceil(LEAST_CANDIDATES / combinations)));
  const figures = lines.map((line) => figureFor(line, count));
  const steps: number[][] = [];
  for (let k = 0; k <= count; k++) {
    steps.push(
      lines.map((line, i) => {
        const figure = figures[i] ?? 1;
        const exact = line.low + Math.floor(((line.list - line.low) * k) / count);
        return k === count ? line.list : Math.min(line.list, Math.ceil(exact / figure) * figure);
      }),
    );
  }
  return steps;
}

/** The roundest figure that still gives a line about as many different prices as there are steps. */
function figureFor({ list, low }: BasketLine, count: number): number {
  let bp = 50;
  let figure = roundFigure(list, bp);
  while (figure > 1 && (list - low) / figure < count) {
    bp = Math.floor(bp / 2);
    figure = roundFigure(list, bp);
  }
  return figure;
}

/** The largest of 1, 5, 10, 50, 100 ... minor units within this share of the price: $899.00 moves by $1. */
function roundFigure(price: number, bp: number): number {
  const most = share(price, bp);
  let figure = 1;
  while (figure * 5 <= most) {
    if (figure * 10 > most) return figure * 5;
    figure *= 10;
  }
  return figure;
}

/** All modes, or when they make too many combinations those that fit first, then the vendor's own order. */
function trimmed({ modes, gift }: Order, wanted: Choice): Record<TermKind, readonly Mode[]> {
  const kept: Record<TermKind, readonly Mode[]> = { ...modes };
  const count = () =>
    (gift ? 2 : 1) * kept.delivery.length * kept.warranty.length * kept.payment.length * kept.returns.length;
  while (count() > COMBINATIONS) {
    const longest = (["returns", "payment", "warranty", "delivery"] as const).reduce((a, b) =>
      kept[b].length > kept[a].length ? b : a,
    );
    const last = kept[longest].findLastIndex((mode) => mode.id !== wanted[longest].id);
    if (last < 0) break;
    kept[longest] = kept[longest].filter((_, i) => i !== last);
  }
  return kept;
}
