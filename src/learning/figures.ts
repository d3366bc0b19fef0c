import type { Offer } from "../domain/offer.ts";
import type { OrderStatus } from "../domain/order.ts";
import type { IntentView, Move } from "../domain/reply.ts";
import { type Conversation, eventsOf, helped, metPerson, opening } from "./conversation.ts";

/** SECRET (`allowed`). What one session came to; amounts are minor units of `currency`, times milliseconds. Plain JSON. */
export interface Figures {
  readonly kind: "person" | "machine";
  readonly currency: string;
  readonly lang: string;
  readonly channel: string;
  readonly messages: number;
  readonly rounds: number;
  /** From the first message to the first offer; null where none was made. */
  readonly first_offer_ms: number | null;
  /** From the first message to the latest answer; null where nothing was said. */
  readonly handling_ms: number | null;
  readonly last_at: string;
  /** A person of the vendor's took part. */
  readonly person: boolean;
  readonly closed: boolean;
  /** `bought` and `said` confirm that it was resolved; `answered` lets one assume it; `open` says it was not. */
  readonly outcome: "bought" | "said" | "answered" | "open";
  readonly orders: readonly OrderFigures[];
  /** How long each order waited for staff who decided it. */
  readonly approvals_ms: readonly number[];
  /** `micro_usd` of the calls whose price is known; `unpriced` are the others. */
  readonly calls: { readonly count: number; readonly unpriced: number; readonly micro_usd: number };
  /** Products that were offered, by code, each once. */
  readonly offered: readonly { readonly sku: string; readonly title: string }[];
}

export interface OrderFigures {
  readonly status: OrderStatus;
  readonly total: number;
  /** Goods at list price, and what of it was given off them. */
  readonly list: number;
  readonly given: number;
  /** What the limits would have let off; null where the turn's record does not say. */
  readonly allowed: number | null;
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly amount: number;
    readonly list: number;
  }[];
}

/** Orders that came to nothing. */
const FELL: ReadonlySet<OrderStatus> = new Set(["declined", "rejected", "cancelled", "expired"]);
/** An order that waits for staff is no deal yet. */
export function stands({ status }: Pick<OrderFigures, "status">): boolean {
  return !FELL.has(status) && status !== "approval_pending";
}

export function figuresOf(talk: Conversation): Figures {
  const { party, currency, lang, channel, at: opened } = opening(talk);
  const messages = eventsOf(talk, "message");
  const replies = eventsOf(talk, "reply");
  const began = messages[0]?.event.at;
  const offer = replies.find(({ event }) => event.move.offers.length > 0)?.event.at;
  const answer = talk.log.findLast(({ event }) => event.kind === "reply" || event.kind === "said")?.event.at;
  const orders = ordersOf(talk);
  const spent = talk.calls.map(({ call }) => call.micro_usd);
  const offers = replies.flatMap(({ event }) => event.move.offers);
  return {
    ...{ kind: party.kind, currency, lang, channel, messages: messages.length },
    rounds: Math.max(0, ...replies.map(({ event }) => event.move.round.n)),
    first_offer_ms: between(began, offer),
    handling_ms: between(began, answer),
    last_at: talk.log.findLast(({ event }) => event.kind !== "closed")?.event.at ?? opened,
    person: metPerson(talk),
    closed: talk.log.some(({ event }) => event.kind === "closed"),
    outcome: outcomeOf(talk, orders),
    orders,
    approvals_ms: approvalsOf(talk),
    calls: {
      count: spent.length,
      unpriced: spent.filter((one) => one === null).length,
      micro_usd: spent.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    },
    offered: [
      ...new Map(offers.flatMap(goodsOf).map(({ sku, title }) => [sku, { sku, title }] as const)).values(),
    ],
  };
}

function between(from: string | undefined, to: string | undefined): number | null {
  return from === undefined || to === undefined ? null : Date.parse(to) - Date.parse(from);
}

function goodsOf({ lines }: Offer) {
  return lines.filter(({ gift }) => gift !== true);
}

/** Every order as it stands now, with the discount of the offer it was made from. */
function ordersOf(talk: Conversation): OrderFigures[] {
  const latest = new Map<string, IntentView>();
  const offers = new Map<string, Offer>();
  const accepted = new Map<string, number>();
  for (const { seq, event } of talk.log) {
    if (event.kind === "order") latest.set(event.intent.id, event.intent);
    if (event.kind !== "reply") continue;
    for (const offer of event.move.offers) offers.set(offer.id, offer);
    for (const intent of event.move.intents) {
      latest.set(intent.id, intent);
      if (!accepted.has(intent.id)) accepted.set(intent.id, seq);
    }
  }
  return [...latest.values()].flatMap((intent) => {
    const offer = offers.get(intent.offer);
    return offer ? [orderOf(intent, offer, talk, accepted.get(intent.id))] : [];
  });
}

function orderOf(
  { id: _, status, total }: IntentView,
  offer: Offer,
  talk: Conversation,
  reply: number | undefined,
): OrderFigures {
  const goods = goodsOf(offer);
  const list = sum(goods.map((line) => line.list_price * line.quantity));
  const asked = sum(goods.map((line) => line.unit_price * line.quantity));
  const given = list - asked + sum(offer.discounts.map(({ amount }) => amount));
  const reasons = talk.turns.find((turn) => turn.reply === reply)?.reasons;
  const room = reasons?.net === undefined || reasons.limit === undefined ? null : reasons.net - reasons.limit;
  return {
    ...{ status, total, list, given },
    allowed: room === null ? null : given + Math.max(0, room),
    lines: goods.map(({ sku, quantity, unit_price, list_price }) => ({
      ...{ sku, quantity, amount: unit_price * quantity, list: list_price * quantity },
    })),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, one) => total + one, 0);
}

/** From the reply that left an order waiting to the event of staff who decided it. */
function approvalsOf(talk: Conversation): number[] {
  const waiting = new Map<string, string>();
  const took: number[] = [];
  for (const { event } of talk.log) {
    if (event.kind === "reply")
      for (const { id, status } of event.move.intents)
        if (status === "approval_pending" && !waiting.has(id)) waiting.set(id, event.at);
    if (event.kind !== "order" || event.by !== "operator") continue;
    const since = between(waiting.get(event.intent.id), event.at);
    if (since !== null) took.push(since);
    waiting.delete(event.intent.id);
  }
  return took;
}

/** Whether whoever came got what it came for: by its own deed or word, or as far as one may assume. */
function outcomeOf(talk: Conversation, orders: readonly OrderFigures[]): Figures["outcome"] {
  if (orders.some(stands)) return "bought";
  const last = eventsOf(talk, "reply").at(-1);
  const said = eventsOf(talk, "message").at(-1)?.event;
  if (!last || !said) return "open";
  const word = helped(talk, last.seq);
  if (word ?? said.reading.acts.some(({ act }) => act === "thank")) return "said";
  return word === false ||
    leavesOpen(last.event.move) ||
    orders.some(({ status }) => status === "approval_pending")
    ? "open"
    : "answered";
}

/** A reply after which something that was asked for is still wanted. */
function leavesOpen({ act, answers, reasons }: Move): boolean {
  if (act === "unknown" || act === "clarify" || act === "handoff") return true;
  if (reasons.some((reason) => OPEN.has(reason))) return true;
  return answers.length > 0 && answers.every(({ facts }) => facts.length === 0);
}

const OPEN: ReadonlySet<Move["reasons"][number]> = new Set([
  "not_stated",
  "not_in_time",
  "search_incomplete",
  "nothing_found",
  "unknown_product",
]);
