import type { Act } from "../domain/act.ts";
import type { FaultCode } from "../domain/fault.ts";
import { formatMoney, share } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Move, Words } from "../domain/reply.ts";
import type { Buyer, Need } from "./buyers.ts";
import { type Phrases, phrasesOf } from "./buyers-words.ts";
import { type Dice, dice } from "./dice.ts";

/** What a buyer sends. */
export type Sent = { readonly say: string } | { readonly act: Act };

/** What came back. `by`, `calls` and `ms` are known where the conversation goes through a session of this process. */
export interface Answered {
  readonly move: Move | null;
  readonly words: Words | null;
  readonly fault: { readonly code: FaultCode; readonly message: string } | null;
  readonly by?: "house" | "model";
  readonly calls?: number;
  readonly ms?: number;
}
export type Say = (sent: Sent) => Promise<Answered>;

/** One whole conversation. Plain JSON. */
export interface Conversation {
  readonly buyer: string;
  readonly seed: number;
  readonly turns: readonly { readonly sent: Sent; readonly answered: Answered }[];
  /** `agreed`: every need was ordered; `partly`: some; `left`: none was worth it; `impatient`: its patience ended first. */
  readonly ended: "agreed" | "partly" | "left" | "impatient";
  readonly deals: readonly {
    readonly sku: string;
    readonly total: number;
    readonly list: number;
    readonly rounds: number;
  }[];
}

/**
 * A scripted buyer's conversation from the first word to an order or to leaving. It reads the typed side of replies,
 * speaks free text, and accepts only by id and hash. It never takes what is above its budget. The same seed and the
 * same replies give the same conversation.
 */
export async function converse(buyer: Buyer, say: Say, seed: number): Promise<Conversation> {
  const talk = new Talk(buyer, say, seed);
  const deals: Conversation["deals"][number][] = [];
  for (const need of buyer.needs) {
    const deal = await buy(need, talk);
    if (deal) deals.push(deal);
  }
  const whole = deals.length === buyer.needs.length;
  const ended = whole ? "agreed" : deals.length > 0 ? "partly" : talk.left > 0 ? "left" : "impatient";
  await talk.bye();
  return { buyer: buyer.id, seed, turns: talk.turns, ended, deals };
}

/** What was said so far, and how much patience is left. */
class Talk {
  readonly buyer: Buyer;
  readonly chance: Dice;
  readonly phrases: Phrases;
  readonly turns: { sent: Sent; answered: Answered }[] = [];
  readonly #say: Say;
  left: number;

  constructor(buyer: Buyer, say: Say, seed: number) {
    this.buyer = buyer;
    this.chance = dice(seed, buyer.id);
    this.phrases = phrasesOf(buyer.lang, buyer.style);
    this.#say = say;
    this.left = buyer.patience;
  }

  async send(sent: Sent): Promise<Answered | null> {
    if (this.left <= 0) return null;
    this.left -= 1;
    const answered = await this.#say(sent);
    this.turns.push({ sent, answered });
    return answered;
  }

  tell(kind: keyof Phrases, values: Readonly<Record<string, string>> = {}): Promise<Answered | null> {
    const phrase = this.chance.pick(this.phrases[kind]) ?? "";
    return this.send({ say: phrase.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole) });
  }

  /** Leaving is not a matter of patience. */
  async bye(): Promise<void> {
    const sent: Sent = { act: { act: "leave" } };
    this.turns.push({ sent, answered: await this.#say(sent) });
  }
}

async function buy(need: Need, talk: Talk): Promise<Conversation["deals"][number] | null> {
  const { buyer } = talk;
  const found = await talk.tell("find", { q: need.query });
  for (const question of buyer.questions) await talk.send({ say: question });
  const card = found?.move?.results.find(({ sku, stock }) =>
    need.sku ? sku === need.sku : stock >= need.quantity,
  );
  const sku = need.sku ?? card?.sku ?? found?.move?.offers[0]?.lines[0]?.sku;
  if (sku === undefined) return null;
  const item = card?.title ?? need.query;
  let answered = card ? await talk.tell("quote", { n: String(need.quantity), item }) : null;
  let offer = suiting(answered, sku, need);
  if (!offer) {
    // Words were not enough: a typed request leaves nothing open.
    answered = await talk.send({ act: proposal(need, sku, buyer) });
    offer = suiting(answered, sku, need);
  }
  return offer ? bargain(need, sku, offer, talk) : null;
}

/** From the target to the budget in even steps; takes what is no worse than its own next proposal. */
async function bargain(
  need: Need,
  sku: string,
  first: Offer,
  talk: Talk,
): Promise<Conversation["deals"][number] | null> {
  const { buyer, chance } = talk;
  const steps = 3 + chance.roll(3);
  let offer = first;
  for (let step = 0; step <= steps; step++) {
    const unit = need.target + share(need.budget - need.target, Math.floor((step * 10_000) / steps));
    const asks = round(unit * need.quantity, buyer.currency);
    const price = formatMoney(asks, buyer.currency, buyer.lang);
    if (offer.totals.total <= asks || (offer.final && offer.totals.total <= need.budget * need.quantity))
      return accept(offer, sku, step, talk);
    if (offer.final) break;
    if (
      buyer.style !== "polite" &&
      buyer.style !== "terse" &&
      step > 0 &&
      chance.once(buyer.honest ? 5 : 2)
    ) {
      offer = suiting(await talk.tell("press", { price }), sku, need) ?? offer;
      continue;
    }
    const spoken =
      step === steps
        ? await talk.tell("last", { price })
        : await talk.tell(step > 0 && chance.once(4) ? "better" : "ask", { price });
    if (spoken === null) return null;
    offer = suiting(spoken, sku, need) ?? offer;
  }
  return offer.totals.total <= need.budget * need.quantity ? accept(offer, sku, steps, talk) : null;
}

async function accept(
  offer: Offer,
  sku: string,
  rounds: number,
  talk: Talk,
): Promise<Conversation["deals"][number] | null> {
  // A deal within reach is closed however little patience is left.
  talk.left = Math.max(talk.left, 1);
  const { id, hash } = offer;
  const answered = await talk.send({ act: { act: "accept", offer: id, hash, details: talk.buyer.details } });
  const bound = answered?.move?.intents.some((intent) => intent.offer === id) ?? false;
  const list = offer.lines.reduce((sum, line) => sum + (line.gift ? 0 : line.list_price * line.quantity), 0);
  return bound
    ? { sku, total: offer.totals.total, list: list + offer.totals.fees + added(offer), rounds }
    : null;
}

function added({ tax }: Offer): number {
  return tax.treatment === "added" ? tax.amount : 0;
}

function proposal(need: Need, sku: string, { terms }: Buyer): Act {
  return {
    act: "propose",
    lines: [{ item: { sku }, quantity: need.quantity }],
    ...(terms ? { terms } : {}),
  };
}

/** The cheapest offer of exactly the goods that are needed. */
function suiting(answered: Answered | null, sku: string, need: Need): Offer | null {
  const offers = (answered?.move?.offers ?? []).filter(({ lines }) => {
    const paid = lines.filter((line) => !line.gift);
    return paid.length === 1 && paid[0]?.sku === sku && paid[0].quantity === need.quantity;
  });
  return offers.toSorted((a, b) => a.totals.total - b.totals.total)[0] ?? null;
}

/** People name round figures: whole dollars, thousands of won. Never rounded up. */
function round(amount: number, currency: string): number {
  const step = currency === "KRW" ? 1_000 : 100;
  return amount < step ? amount : amount - (amount % step);
}
