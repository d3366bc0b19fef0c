import { Act } from "../src/domain/act.ts";
import { Fault } from "../src/domain/fault.ts";
import type { Offer } from "../src/domain/offer.ts";
import type { Move } from "../src/domain/reply.ts";
import { liveOffers } from "../src/domain/state.ts";
import type { Gateway } from "../src/session/gateway.ts";
import { answerOrder } from "../src/session/orders.ts";
import type { Session } from "../src/session/session.ts";
import type { Watcher } from "../src/session/watcher.ts";
import type { ScarceShop } from "./floor-store-shop.ts";
import { DETAILS } from "./frames.ts";

/** What came back to the buyers, by what it was. */
export interface Heard {
  turns: number;
  cancelled: number;
  rejected: number;
  readonly acts: Map<string, number>;
  readonly faults: Map<string, number>;
}

export function nothingHeard(): Heard {
  return { turns: 0, cancelled: 0, rejected: 0, acts: new Map(), faults: new Map() };
}

type Dice = () => number;

/**
 * One session with a buyer of one of seven kinds: takes the list price, names a code, bargains and takes, bargains to
 * the last word, lets itself be read back and is never seen again, confirms in words, subscribes. Some cancel
 * afterwards, and of some orders the vendor's system says no.
 */
export async function visit(shop: ScarceShop, gateway: Gateway, dice: Dice, heard: Heard): Promise<string> {
  const { session } = await gateway.open(
    { lang: "en", channel: "chat", kind: dice() < 0.5 ? "machine" : "person", currency: "USD" },
    { principal: "anonymous", kind: "machine", tier: "anonymous" },
  );
  const buyer = new Buyer(session, shop, dice, heard);
  const kinds = [plain, coded, haggler, stubborn, undecided, talker, subscriber];
  const kind = kinds[Math.floor(dice() * kinds.length)] ?? plain;
  await kind(buyer, dice);
  const order = session.state.intents.find(({ status }) => status === "pending");
  if (order && dice() < 0.15) {
    const { act } = (await buyer.act({ act: "cancel_order" })) ?? { act: null };
    if (act === "cancelled") heard.cancelled += 1;
  } else if (order && dice() < 0.1) {
    await answerOrder(gateway, order.id, { status: "rejected" });
    heard.rejected += 1;
  }
  buyer.gone();
  return session.id;
}

class Buyer {
  readonly good: { readonly sku: string; readonly price: number };
  readonly quantity: number;
  readonly #session: Session;
  readonly #shop: ScarceShop;
  readonly #heard: Heard;
  readonly gone: () => void;
  #sent = 0;
  #move: Move | null = null;

  constructor(session: Session, shop: ScarceShop, dice: Dice, heard: Heard) {
    this.#session = session;
    this.#shop = shop;
    this.#heard = heard;
    this.good = shop.goods[Math.floor(dice() * shop.goods.length)] ?? { sku: "", price: 0 };
    this.quantity = dice() < 0.75 ? 1 : 2;
    const watcher: Watcher = {
      streams: false,
      delta: () => {},
      event: (_, frame) => {
        const { event } = JSON.parse(frame) as { event: { kind: string; move?: Move } };
        if (event.kind === "reply" && event.move) this.#move = event.move;
      },
    };
    session.watch(watcher);
    this.gone = () => session.unwatch(watcher);
  }

  act(act: object): Promise<Move | null> {
    return this.#say({ act: Act.parse(act) });
  }

  words(text: string): Promise<Move | null> {
    return this.#say({ text });
  }

  propose(more: object = {}, line: object = {}): Promise<Move | null> {
    const lines = [{ item: { sku: this.good.sku }, quantity: this.quantity, ...line }];
    return this.act({ act: "propose", lines, ...more });
  }

  get offer(): Offer | undefined {
    return liveOffers(this.#session.state, this.#shop.now()).at(-1);
  }

  async take(): Promise<void> {
    const { offer } = this;
    if (offer) await this.act({ act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS });
  }

  /** The reply, or null when the message was refused. */
  async #say(message: object): Promise<Move | null> {
    this.#sent += 1;
    this.#heard.turns += 1;
    try {
      await this.#session.submit({ id: `m${this.#sent}`, ...message }, null);
      const said = this.#move;
      if (said) count(this.#heard.acts, [said.act, ...said.reasons].join(" "));
      return said;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      count(this.#heard.faults, error.code);
      return null;
    }
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

async function plain(buyer: Buyer): Promise<void> {
  await buyer.propose();
  await buyer.take();
}

async function coded(buyer: Buyer, dice: Dice): Promise<void> {
  const codes = [["WELCOME10"], ["BREW15"], ["DESKDAYS8"]][Math.floor(dice() * 3)];
  await buyer.propose({ codes, ...(dice() < 0.5 ? { terms: { gift: true } } : {}) });
  await buyer.take();
}

async function bargained(buyer: Buyer, dice: Dice, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const unit_price = Math.floor(buyer.good.price * (0.78 + 0.16 * dice()));
    await buyer.propose(dice() < 0.3 ? { terms: { delivery: { free: true } } } : {}, { unit_price });
  }
}

async function haggler(buyer: Buyer, dice: Dice): Promise<void> {
  await bargained(buyer, dice, 1 + Math.floor(dice() * 3));
  await buyer.take();
}

async function stubborn(buyer: Buyer, dice: Dice): Promise<void> {
  await bargained(buyer, dice, 4);
  if (dice() < 0.5) await buyer.take();
  else if (dice() < 0.3) await buyer.act({ act: "reject" });
}

async function undecided(buyer: Buyer, dice: Dice): Promise<void> {
  await bargained(buyer, dice, 1);
  await buyer.words("ok, I'll take it");
  if (dice() < 0.2) await buyer.act({ act: "leave" });
}

async function talker(buyer: Buyer, dice: Dice): Promise<void> {
  await bargained(buyer, dice, 1);
  await buyer.words("ok, I'll take it");
  await buyer.act({ act: "inform", details: DETAILS });
  await buyer.act({ act: "confirm" });
}

async function subscriber(buyer: Buyer): Promise<void> {
  await buyer.propose({ terms: { subscription: {} } });
  await buyer.take();
}
