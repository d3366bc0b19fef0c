import type { Hindsight } from "../ports/hindsight.ts";
import type { FiguresOfMany, Insights, ProductSales } from "../protocol/insights.ts";
import { type Figures, stands } from "./figures.ts";

/** After so long without a word a conversation is taken to be over. */
const SILENT_MS = 30 * 60_000;
/** Sessions read at once: others have their turn between two pages. */
const PAGE = 500;
const PRODUCTS = 10;

/** Every session of the span, none left out. `now` tells which of them may still go on. */
export async function insights(
  span: { readonly from: string; readonly to: string },
  now: string,
  hindsight: Hindsight,
): Promise<Omit<Insights, "complete">> {
  const whole = sides();
  const days = new Map<string, ReturnType<typeof sides>>();
  const products = new Map<string, ProductSales>();
  for (let after: { opened_at: string; session: string } | null = null; ; ) {
    const rows: Awaited<ReturnType<Hindsight["figures"]>> = await hindsight.figures(span, after, PAGE);
    for (const { opened_at, figures } of rows) {
      const one = JSON.parse(figures) as Figures;
      const day = opened_at.slice(0, 10);
      const ofDay = days.get(day) ?? sides();
      days.set(day, ofDay);
      for (const side of [whole, ofDay]) for (const sum of [side.all, side[one.kind]]) sum.add(one, now);
      sell(one, products);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = last;
    await new Promise((next) => setImmediate(next));
  }
  const told = ({ all, person, machine }: ReturnType<typeof sides>) => ({
    ...{ all: all.figures(), person: person.figures(), machine: machine.figures() },
  });
  return {
    ...span,
    figures: told(whole),
    series: [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, side]) => ({ day, ...told(side) })),
    products: ranked([...products.values()]),
  };
}

function sides() {
  return { all: new Sum(), person: new Sum(), machine: new Sum() };
}

/** What some sessions come to together. */
class Sum {
  readonly #sessions: Figures[] = [];
  #now = "";

  add(one: Figures, now: string): void {
    this.#sessions.push(one);
    this.#now = now;
  }

  figures(): FiguresOfMany {
    const all = this.#sessions;
    const count = (fits: (one: Figures) => boolean) => all.filter(fits).length;
    const closed = count(({ orders }) => orders.some(stands));
    const alone = count(({ person }) => !person);
    const rounds = all.flatMap((one) => (one.rounds > 0 ? [one.rounds] : []));
    const micro_usd = total(all.map(({ calls }) => calls.micro_usd));
    return {
      sessions: all.length,
      ...{ closed, close_bp: share(closed, all.length), alone, alone_bp: share(alone, all.length) },
      offered: count(({ first_offer_ms }) => first_offer_ms !== null),
      first_offer_ms: times(all.flatMap((one) => one.first_offer_ms ?? [])),
      rounds: {
        count: rounds.length,
        mean100: rounds.length === 0 ? null : Math.round((total(rounds) * 100) / rounds.length),
      },
      money: moneyOf(all),
      resolution: resolutionOf(all, this.#now),
      handling_ms: times(all.flatMap((one) => one.handling_ms ?? [])),
      approval_ms: times(all.flatMap((one) => one.approvals_ms)),
      model: {
        calls: total(all.map(({ calls }) => calls.count)),
        unpriced: total(all.map(({ calls }) => calls.unpriced)),
        micro_usd,
        micro_usd_mean: all.length === 0 ? null : Math.round(micro_usd / all.length),
      },
    };
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

function share(part: number, of: number): number | null {
  return of === 0 ? null : Math.round((part * 10_000) / of);
}

function times(ms: readonly number[]): FiguresOfMany["handling_ms"] {
  if (ms.length === 0) return { count: 0, mean: null, median: null };
  const sorted = ms.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(ms.length - 1) >> 1], sorted[ms.length >> 1]];
  return {
    count: ms.length,
    mean: Math.round(total(ms) / ms.length),
    median: Math.round((low + high) / 2),
  };
}

function moneyOf(sessions: readonly Figures[]): FiguresOfMany["money"] {
  const byCurrency = Map.groupBy(
    sessions.flatMap(({ currency, orders }) =>
      orders.filter(stands).map((order) => ({ currency, ...order })),
    ),
    ({ currency }) => currency,
  );
  return [...byCurrency]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, orders]) => {
      const known = orders.flatMap(({ allowed, given }) => (allowed === null ? [] : [{ allowed, given }]));
      return {
        ...{ currency, orders: orders.length },
        total: total(orders.map((order) => order.total)),
        list: total(orders.map((order) => order.list)),
        given: total(orders.map((order) => order.given)),
        allowed: {
          known: known.length,
          allowed: total(known.map((order) => order.allowed)),
          given: total(known.map((order) => order.given)),
        },
      };
    });
}

function resolutionOf(sessions: readonly Figures[], now: string): FiguresOfMany["resolution"] {
  const found = { bought: 0, said: 0, assumed: 0, unresolved: 0, going: 0 };
  for (const { outcome, closed, last_at } of sessions) {
    const over = closed || Date.parse(now) - Date.parse(last_at) >= SILENT_MS;
    if (outcome === "bought" || outcome === "said") found[outcome] += 1;
    else if (!over) found.going += 1;
    else found[outcome === "answered" ? "assumed" : "unresolved"] += 1;
  }
  return found;
}

/** Adds what one session was offered and bought. */
function sell({ currency, orders, offered }: Figures, products: Map<string, ProductSales>): void {
  for (const { sku, title } of offered) {
    const lines = orders.filter(stands).flatMap((order) => order.lines.filter((line) => line.sku === sku));
    const before = products.get(sku) ?? { sku, title, offered: 0, sold: 0, units: 0, money: [] };
    const other = before.money.filter((one) => one.currency !== currency);
    const own = before.money.find((one) => one.currency === currency) ?? { currency, amount: 0, list: 0 };
    products.set(sku, {
      ...before,
      offered: before.offered + 1,
      sold: before.sold + (lines.length > 0 ? 1 : 0),
      units: before.units + total(lines.map(({ quantity }) => quantity)),
      money:
        lines.length === 0
          ? before.money
          : [
              ...other,
              {
                currency,
                amount: own.amount + total(lines.map(({ amount }) => amount)),
                list: own.list + total(lines.map(({ list }) => list)),
              },
            ].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    });
  }
}

function ranked(products: readonly ProductSales[]): Insights["products"] {
  const bySku = (a: ProductSales, b: ProductSales) => (a.sku < b.sku ? -1 : 1);
  const missed = ({ offered, sold }: ProductSales) => offered - sold;
  return {
    best: products
      .filter(({ sold }) => sold > 0)
      .toSorted((a, b) => b.sold - a.sold || missed(a) - missed(b) || bySku(a, b))
      .slice(0, PRODUCTS),
    worst: products
      .filter((one) => missed(one) > 0)
      .toSorted((a, b) => missed(b) - missed(a) || a.sold - b.sold || bySku(a, b))
      .slice(0, PRODUCTS),
  };
}
