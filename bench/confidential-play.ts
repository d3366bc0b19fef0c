import type { Random } from "../src/arena/agent.ts";
import type { Buyer } from "../src/arena/buyers/buyer.ts";
import { drawWant } from "../src/arena/buyers/draw.ts";
import { BUYERS } from "../src/arena/buyers/index.ts";
import { Conversation, type Shop } from "../src/arena/conversation.ts";
import { seeded } from "../src/arena/random.ts";
import { shopping } from "../src/arena/shopping.ts";
import type { Act } from "../src/domain/act.ts";
import type { Offer } from "../src/domain/offer.ts";
import type { Move } from "../src/domain/reply.ts";
import { type Bisected, bisected, NOW } from "./confidential-bisect.ts";
import { CODES, TARGET } from "./confidential-shop.ts";

/** One exchange as whoever was there has it: what was named and what came back, prices as shares of the list price. */
export interface Exchange {
  readonly n: number;
  /** The goods that were named a price for, per unit; null when none was. */
  readonly asked: number | null;
  readonly move: Move;
  /** Per unit, of each offer. */
  readonly offered: readonly number[];
}

export interface Transcript {
  readonly exchanges: readonly Exchange[];
  /** Per unit: of what was bought, and what was asked for last, bought or not. */
  readonly paid: number | null;
  readonly ended: number;
}

/** All that 200 sessions with one vendor show; the last 40 of them want to know, not to buy. */
export interface Seen {
  readonly list: number;
  readonly bought: readonly Transcript[];
  readonly asked: readonly Transcript[];
  readonly bisected: Bisected;
  /** By code: what list-price goods come to with it. */
  readonly codes: readonly number[];
}

export const BUYING = 160;
const BISECTING = 10;
const ASKING = 200 - BUYING - BISECTING - CODES.length;

export function seenAt(shop: Shop, seed: number): Seen {
  const list = shop.products.get(TARGET)?.product.price.USD ?? 0;
  const bought = Array.from({ length: BUYING }, (_, i) => shopped(shop, seed, i, list));
  return {
    ...{ list, bought },
    asked: Array.from({ length: ASKING }, (_, i) => prying(shop, i, list)),
    bisected: bisected(shop, { sku: TARGET, currency: "USD", list }, BISECTING),
    codes: CODES.map(({ code }) => withCode(shop, code, list)),
  };
}

function shopped(shop: Shop, seed: number, i: number, list: number): Transcript {
  const random = seeded("buyer", seed, i);
  const drawn = drawWant(shop, [TARGET], "USD", random);
  const buyer = buyerFrom(random);
  if (!drawn) throw new Error("nothing is listed");
  const want = buyer.shaped?.(drawn, random) ?? drawn;
  const visit = {
    session: `s${i}`,
    want,
    buyer,
    kind: i % 2 === 0 ? "machine" : "person",
    now: NOW,
  } as const;
  const { talk, deal } = shopping(shop, visit, random);
  return transcript(talk, deal, list);
}

/** One of a hundred visitors. */
export function buyerFrom(random: Random): Buyer {
  let left = random() * 100;
  const found = BUYERS.find(({ of_100 }) => {
    left -= of_100;
    return left < 0;
  });
  return (found ?? (BUYERS[0] as (typeof BUYERS)[number])).buyer;
}

/** Sessions made for what they show: fees and gifts to be given up, packages, deep and shallow asking. */
function prying(shop: Shop, i: number, list: number): Transcript {
  const talk = new Conversation(shop, { session: `p${i}`, now: NOW, currency: "USD" });
  const lines = [{ item: { sku: TARGET }, quantity: 1 + (i % 3) }];
  const wishes: readonly Partial<Extract<Act, { act: "propose" }>>[] = [
    { terms: { delivery: { free: true } } },
    { terms: { gift: true } },
    {
      terms: { warranty: { months_min: 24, free: true }, delivery: { days_max: 1 } },
      off_bp: 1_000 + 50 * i,
    },
    { off_bp: 3_000 },
    { lower: true },
  ];
  const wish = wishes[i % wishes.length] ?? {};
  const from = 0.5 + (i / ASKING) * 0.4;
  for (let n = 0; n < 12 && !talk.state.closed; n++) {
    const unit_price = Math.floor(list * (from + n * 0.02));
    const priced = i % 2 === 0 ? { lines: lines.map((line) => ({ ...line, unit_price })) } : { lines };
    talk.send({ act: "propose", ...wish, ...priced });
  }
  return transcript(talk, null, list);
}

function withCode(shop: Shop, code: string, list: number): number {
  const talk = new Conversation(shop, { session: `c-${code}`, now: NOW, currency: "USD" });
  talk.send({ act: "propose", lines: [{ item: { sku: TARGET }, quantity: 1 }], codes: [code] });
  const [offer] = talk.reply?.offers ?? [];
  return offer ? shareOf(offer, list) : 1;
}

function transcript({ turns }: Conversation, deal: Offer | null, list: number): Transcript {
  const exchanges = turns.map(({ move, input }): Exchange => {
    const proposal = input.evidence.proposal;
    const units = move.offers[0] ? unitsOf(move.offers[0]) : 1;
    const named = proposal?.lines[0]?.unit_price;
    const fees = move.offers[0] ? move.offers[0].totals.total - goodsOf(move.offers[0]) : 0;
    const total = proposal?.total === undefined ? null : (proposal.total - fees) / units / list;
    const off = proposal?.off_bp === undefined ? null : 1 - proposal.off_bp / 10_000;
    return {
      ...{ n: move.round.n, move, offered: move.offers.map((offer) => shareOf(offer, list)) },
      asked: named === undefined ? (total ?? off) : named / list,
    };
  });
  const paid = deal && shareOf(deal, list);
  return {
    exchanges,
    paid,
    ended: paid ?? exchanges.findLast((one) => one.offered.length > 0)?.offered[0] ?? 1,
  };
}

function shareOf(offer: Offer, list: number): number {
  return goodsOf(offer) / unitsOf(offer) / list;
}

function goodsOf({ totals }: Offer): number {
  return totals.goods - totals.discounts;
}

function unitsOf({ lines }: Offer): number {
  return lines.reduce((sum, line) => sum + (line.gift ? 0 : line.quantity), 0);
}
