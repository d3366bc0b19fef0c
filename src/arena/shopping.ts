import { Fault } from "../domain/fault.ts";
import type { Offer } from "../domain/offer.ts";
import type { Party } from "../domain/party.ts";
import { addressAt } from "./address.ts";
import type { Random } from "./agent.ts";
import type { Buyer } from "./buyers/buyer.ts";
import { surplusOf, type Want } from "./buyers/want.ts";
import { Conversation, type Shop } from "./conversation.ts";

export interface Visit {
  readonly session: string;
  readonly want: Want;
  readonly buyer: Buyer;
  readonly kind: Party["kind"];
  readonly now: string;
  /** Rounds of bargaining, instead of the vendor's own. */
  readonly rounds?: number;
}

export interface Visited {
  readonly talk: Conversation;
  /** What was bound, or waits for the vendor's approval. */
  readonly deal: Offer | null;
  /** What the buyer gained by it. */
  readonly surplus: number;
  /** Rounds of bargaining used. */
  readonly rounds: number;
  /** Why a message was refused, when one was; a buyer that plays by the rules is refused nothing. */
  readonly fault: Fault | null;
}

/** More messages than any buyer sends. */
const MOST = 60;

/** One buyer in one shop, from its first word until it has bought or goes. */
export function shopping(shop: Shop, visit: Visit, random: Random): Visited {
  const { want, buyer, session, kind, now, rounds } = visit;
  const own = rounds === undefined ? {} : { rounds };
  const talk = new Conversation(shop, { session, now, currency: want.currency, kind, ...own });
  const shopper = buyer.start(want, random);
  const seen = (deal: Offer | null, fault: Fault | null = null): Visited => ({
    ...{ talk, deal, fault },
    surplus: deal ? surplusOf(want, deal) : 0,
    rounds: talk.state.round,
  });
  try {
    for (let step = 0; step < MOST; step++) {
      const next = shopper({ reply: talk.reply, step, rounds: talk.state.rounds });
      if (next.does === "leave") break;
      if (next.does === "take") return seen(taken(talk, next.offer) ? next.offer : null);
      talk.send(next.act);
    }
    return seen(null);
  } catch (error) {
    if (error instanceof Fault) return seen(null, error);
    throw error;
  }
}

/** Takes the offer by id and hash, and says yes where the vendor reads back. */
function taken(talk: Conversation, offer: Offer): boolean {
  const details = {
    ship_to: addressAt(talk.shop.vendor, offer.currency, talk.state.ship_to),
    payer: { name: "A. Buyer" },
  };
  talk.send({ act: "accept", offer: offer.id, hash: offer.hash, details });
  const { readback } = talk.reply ?? {};
  if (readback) talk.send({ act: "confirm", offer: readback.offer, hash: readback.hash });
  return talk.turns.at(-1)?.decision.binding !== null;
}
