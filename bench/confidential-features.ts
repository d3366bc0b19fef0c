import { LEAST } from "../src/negotiation/strategies/strategy.ts";
import { WHOLE } from "../src/negotiation/utility.ts";
import type { Exchange, Seen } from "./confidential-play.ts";
import { percentile } from "./statistics.ts";

/** What is known of a vendor as numbers, for a learner; every vendor has the same many. */
export type Features = readonly number[];

const ROUNDS = 10;
/** 2E of the default strategy for the default objective: it is in the source. */
const DOUBLED = 10;

/** The list price and the final price of every session: what was paid, or what was asked for last. */
function finalPrices({ list, bought, asked, bisected, codes }: Seen): Features {
  return pricesOf(list, [...[...bought, ...asked].map(({ ended }) => ended), ...bisected.ends, ...codes]);
}

/** The same of those alone who came to buy. */
export function visitorsPrices({ list, bought }: Seen): Features {
  return pricesOf(
    list,
    bought.map(({ ended }) => ended),
  );
}

/** The list price and what was paid by those who bought. */
export function paidPrices({ list, bought }: Seen): Features {
  return pricesOf(
    list,
    bought.flatMap(({ paid }) => (paid === null ? [] : [paid])),
  );
}

function pricesOf(list: number, prices: readonly number[]): Features {
  const rising = [...prices].sort((a, b) => a - b);
  const mean = prices.reduce((sum, one) => sum + one, 0) / Math.max(1, prices.length);
  const at = (percent: number) => (prices.length === 0 ? 1 : percentile(prices, percent));
  const quantiles = [5, 10, 25, 50, 75].map(at);
  return [rising[0] ?? 1, rising[1] ?? 1, rising[2] ?? 1, ...quantiles, mean, prices.length, Math.log(list)];
}

/** All of that and everything the sessions showed besides. */
export function everything(seen: Seen): Features {
  const all = [...seen.bought, ...seen.asked].flatMap(({ exchanges }) => exchanges);
  return [
    ...bounds(seen, all),
    ...[...finalPrices(seen), ...paidPrices(seen)],
    ...[...byRound(all), ...figures(seen.list, all), ...manners(seen, all)],
  ];
}

/** Columns that a learner may confine itself to. */
export const FOCUS = { everything: [0, 1, 2], prices: [0, 1] } as const;

/** What the last round takes, what the curve is solved to, what codes and gifts could be carried. */
function bounds({ bisected, codes }: Seen, all: readonly Exchange[]): Features {
  const last = all.filter(({ n, asked }) => n === ROUNDS && asked !== null);
  const met = last.filter(({ asked, offered }) => Math.abs((offered[0] ?? 2) - (asked ?? 0)) < 0.0005);
  const missed = last.filter((one) => !met.includes(one));
  const least = Math.min(1, ...all.flatMap(({ offered }) => offered));
  return [
    bisected.share,
    bisected.solved,
    least,
    Math.min(1, ...met.map(({ asked }) => asked ?? 1)),
    Math.max(0, ...missed.map(({ asked }) => asked ?? 0)),
    codes.filter((share) => share < 1).length,
  ];
}

/** Mean and least offer of each round, and the limit the known curve gives for it. */
function byRound(all: readonly Exchange[]): Features {
  const row: number[] = [];
  const solved: number[] = [];
  for (let n = 1; n <= ROUNDS; n++) {
    const offered = all.filter((one) => one.n === n).flatMap(({ offered }) => offered.slice(0, 1));
    const mean = offered.reduce((sum, one) => sum + one, 0) / Math.max(1, offered.length);
    const asks = LEAST / WHOLE + (1 - LEAST / WHOLE) * (1 - (n / ROUNDS) ** (DOUBLED / 2));
    if (n >= 7) solved.push(...offered.map((one) => (one - asks) / (1 - asks)));
    if (n >= 5) row.push(offered.length === 0 ? 1 : mean, Math.min(1, ...offered));
  }
  return [...row, percentile(solved, 10), percentile(solved, 50), percentile(solved, 90)];
}

/** How prices are rounded: the greatest common figure of the unit prices, and how many different ones there are. */
function figures(list: number, all: readonly Exchange[]): Features {
  const units = all.flatMap(({ move }) => move.offers.flatMap(({ lines }) => lines.slice(0, 1)));
  const moved = units.map(({ unit_price }) => unit_price).filter((unit) => unit < list);
  const common = moved.reduce((a, b) => gcd(a, b), 0);
  return [Math.log(1 + common / list), new Set(moved).size];
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** How often each reason is given, what is conceded beside the price, how many packages come, who is sent away. */
function manners({ bought }: Seen, all: readonly Exchange[]): Features {
  const share = (of: (one: Exchange) => boolean) => all.filter(of).length / Math.max(1, all.length);
  const says = (reason: string) => share(({ move }) => (move.reasons as readonly string[]).includes(reason));
  const free = share(({ move }) =>
    move.offers.some(({ terms }) => terms.delivery.fee < terms.delivery.list_fee),
  );
  const given = share(({ move }) => move.offers.some(({ lines }) => lines.some((line) => line.gift)));
  const rounds = bought.reduce((sum, { exchanges }) => sum + exchanges.length, 0) / bought.length;
  return [
    ...["price_too_low", "terms_not_available", "best_already", "unchanged", "rounds_over"].map(says),
    ...[
      free,
      given,
      share(({ move }) => move.offers.length > 1),
      share(({ move }) => move.act === "decline"),
      rounds,
    ],
  ];
}
