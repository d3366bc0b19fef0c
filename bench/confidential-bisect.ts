import { Conversation, type Shop } from "../src/arena/conversation.ts";
import type { Act } from "../src/domain/act.ts";
import type { Move } from "../src/domain/reply.ts";
import { LEAST } from "../src/negotiation/strategies/strategy.ts";
import { WHOLE } from "../src/negotiation/utility.ts";

/** Any instant. */
export const NOW = "2026-03-02T09:00:00.000Z";

/** One product in one currency, as an attacker comes for it. */
export interface Mark {
  readonly sku: string;
  readonly currency: string;
  readonly list: number;
}

/** The least price that was taken and what the curve was solved to, as shares of the list price, and what each session ended at. */
export interface Bisected {
  readonly share: number;
  readonly solved: number;
  readonly ends: readonly number[];
}

/**
 * The last round is the only one in which everything down to the limit itself is taken. So: one session whose last offer
 * the known curve is solved with, then sessions that ask for less until the last round and there name a price, halving
 * what is left.
 */
export function bisected(shop: Shop, mark: Mark, sessions: number): Bisected {
  const { list } = mark;
  const least = LEAST / WHOLE;
  const ends: number[] = [];
  const end = (named: number | null) => {
    const goods = goodsIn(inLastRound(shop, mark, `b${ends.length}`, named)) ?? list;
    ends.push(goods / list);
    return goods;
  };
  const solved = (end(null) / list - least) / (1 - least);
  let refused = Math.max(0, Math.floor(list * (solved - 0.012)));
  let taken = Math.min(list, Math.ceil(list * (solved + 0.012)));
  while (ends.length < sessions && taken - refused > 1) {
    const named = Math.floor((refused + taken) / 2);
    if (end(named) === named) taken = named;
    else refused = named;
  }
  return { share: taken / list, solved, ends };
}

/** Asks for less until the last round and there names `unit`, or nothing; the reply to that. Takes nothing. */
function inLastRound(shop: Shop, { sku, currency }: Mark, session: string, unit: number | null): Move | null {
  const talk = new Conversation(shop, { session, now: NOW, currency });
  const lines = [{ item: { sku }, quantity: 1 }];
  const lower: Act = { act: "propose", lines, lower: true };
  while (talk.state.round < talk.state.rounds - 1) talk.send(lower);
  const named: Act =
    unit === null ? lower : { act: "propose", lines: [{ item: { sku }, quantity: 1, unit_price: unit }] };
  talk.send(named);
  return talk.reply;
}

export function goodsIn(reply: Move | null): number | null {
  const totals = reply?.offers[0]?.totals;
  return totals ? totals.goods - totals.discounts : null;
}
