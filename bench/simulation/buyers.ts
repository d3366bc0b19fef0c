import { type Client, connect } from "../../src/protocol/client.ts";
import { ParleyFault } from "../../src/protocol/codes.ts";
import type { Reply } from "../../src/protocol/pending.ts";
import type { Chance } from "./chance.ts";
import type { Network } from "./network.ts";
import type { Trace } from "./trace.ts";

type Act = Parameters<Client["act"]>[0];
interface Taken {
  readonly id: string;
  readonly hash: string;
}

/** What a buyer knows of its own talk. */
interface Talk {
  readonly chance: Chance;
  readonly scarce: readonly string[];
  offer: Taken | null;
  order: string | null;
  round: number;
}

const DETAILS = {
  ship_to: {
    ...{ country: "US", name: "Ada Reyes", lines: ["12 Harbor Street"], city: "Portland" },
    ...{ region: "OR", postal_code: "97201" },
  },
  payer: { name: "Ada Reyes", email: "ada@example.com" },
};
const WORDS = [
  "do you have a quiet laptop under 1200?",
  "how heavy is it?",
  "can you do better on the price?",
  "I'd take 2 of the desk mats for $40 each",
  "ok, deal",
  "what is your return policy?",
  "free shipping and it's a deal",
  "노트북 하나 주세요",
];

/** Messages a buyer waits for; none may be left in the end. */
export class Crowd {
  readonly waiting = new Map<string, string>();
  readonly #trace: Trace;
  readonly #network: Network;
  readonly #clients: Client[] = [];
  #open = 0;

  constructor(trace: Trace, network: Network) {
    this.#trace = trace;
    this.#network = network;
  }

  /** Talks that have not come to their end. */
  get talking(): number {
    return this.#open;
  }

  /** A buyer who comes after a while, and talks with pauses; some of them in two windows at once. */
  comes(name: string, chance: Chance, scarce: readonly string[]): void {
    this.#open += 1;
    void this.#talk(name, { chance, scarce, offer: null, order: null, round: 0 }).finally(() => {
      this.#open -= 1;
    });
  }

  leave(): void {
    for (const client of this.#clients) client.close();
  }

  async #talk(name: string, talk: Talk): Promise<void> {
    const { chance } = talk;
    await passed(chance.between(0, 18_000));
    const person = chance.happens(0.3);
    const hello = {
      shipTo: { country: "US", region: "OR", postal_code: "97201" },
      ...{ lang: "en" as const, currency: "USD", stream: person && chance.happens(0.5) },
      ...(person
        ? { channel: "chat" as const, kind: "person" as const }
        : { channel: "agent" as const, kind: "machine" as const }),
    };
    const first = this.#client(name, hello);
    const opened = await first.opened.then(
      () => true,
      () => false,
    );
    if (!opened) return this.#trace.count("never_opened");
    let second: Client | null = null;
    const messages = chance.between(2, 5);
    for (talk.round = 1; talk.round <= messages; talk.round++) {
      if (!second && chance.happens(0.12) && first.credentials) {
        this.#trace.count("second_windows");
        second = this.#client(`${name}'`, { ...hello, resume: { ...first.credentials, seq: 0 } });
      }
      const act = next(talk, person);
      const both = second && chance.happens(0.6);
      await Promise.all([
        this.#said(name, first, act, talk),
        both && second ? this.#said(`${name}'`, second, act, talk) : null,
      ]);
      await passed(chance.between(20, 4_000));
    }
  }

  #client(name: string, options: object): Client {
    const client = connect({ url: `ws://${name}`, WebSocket: this.#network.socketsOf(name), ...options });
    this.#clients.push(client);
    let last: number | null = null;
    const told = (seq: number) => {
      if (last !== null && seq !== last + 1) this.#trace.violated(`${name} heard ${seq} after ${last}`);
      last = seq;
    };
    client.on("event", ({ seq }) => told(seq));
    client.on("ack", ({ seq }) => {
      // An acknowledged repeat stands in the log already.
      if (last === null || seq > last) told(seq);
    });
    client.on("fault", ({ code }) => this.#trace.count(`unasked_${code}`));
    return client;
  }

  async #said(name: string, client: Client, act: Act | string, talk: Talk): Promise<void> {
    const key = `${name} ${talk.round}`;
    this.waiting.set(key, JSON.stringify(act));
    for (let times = 0; times < TIMES; times++) {
      try {
        const reply = await (typeof act === "string" ? client.say(act) : client.act(act));
        if (reply.kind === "held") break;
        this.#trace.note(`${name} was answered ${reply.move.act}`);
        this.#trace.count("answered");
        learn(talk, act, reply, this.#trace);
        break;
      } catch (fault) {
        if (!(fault instanceof ParleyFault)) throw fault;
        this.#trace.note(`${name} was refused ${fault.code}`);
        this.#trace.count(`refused_${fault.code}`);
        if (!fault.retry || fault.code === "closed") break;
        await passed(talk.chance.between(50, 500));
      }
    }
    this.waiting.delete(key);
  }
}

const TIMES = 4;

/** What it says next: mostly what gets it on, now and then what it must not do. */
function next(talk: Talk, person: boolean): Act | string {
  const { chance, scarce, offer, order } = talk;
  if (person && chance.happens(0.45)) return chance.one(WORDS);
  if (order && chance.happens(0.4)) return { act: "cancel_order", intent: order };
  if (order && chance.happens(0.3)) return { act: "order_status", intent: order };
  if (offer && chance.happens(0.6)) {
    const hash = chance.happens(0.05) ? `x${offer.hash.slice(1)}` : offer.hash;
    return { act: "accept", offer: offer.id, hash, details: DETAILS };
  }
  if (offer && chance.happens(0.2)) return { act: "reject", offer: offer.id };
  if (offer && chance.happens(0.5)) return { act: "propose", counters: offer.id, lower: true };
  if (chance.happens(0.1)) return { act: "search", query: "desk lamp" };
  const quantity = chance.happens(0.1) ? 3 : chance.between(1, 2);
  const price = chance.happens(0.4) ? { unit_price: chance.between(2_000, 80_000) } : {};
  return { act: "propose", lines: [{ item: { sku: chance.one(scarce) }, quantity, ...price }] };
}

function learn(talk: Talk, act: Act | string, { move }: Reply, trace: Trace): void {
  const [offer] = move.offers;
  if (offer) talk.offer = { id: offer.id, hash: offer.hash };
  const [intent] = move.intents;
  if (intent) talk.order = intent.id;
  if (typeof act !== "string" && act.act === "accept") {
    trace.count(intent ? "accepts_bound" : "accepts_refused");
    talk.offer = null;
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms));
}
