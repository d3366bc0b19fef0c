import { WebSocket } from "ws";
import type { Event } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { DETAILS, dial } from "./frames.ts";
import type { Good } from "./gateway.ts";

type Frame = Exclude<ServerFrame, { type: "event" }> | { type: "event"; seq: number; event: Event };

/** A message as it was sent: the same text may be sent again under the same id. */
export interface Sent {
  readonly id: string;
  readonly text: string;
}

/** One session as its buyer remembers it: what it was promised, and by what number. */
export interface Conversation {
  readonly session: string;
  readonly secret: string;
  readonly epoch: string;
  /** The last event there was word of; everything up to it has been received. */
  seq: number;
  /** Messages that were acknowledged, with their event's number. */
  readonly acked: Map<string, number>;
  /** Everything sent, acknowledged or not, in order. */
  readonly sent: Map<string, Sent>;
  /** Replies and other events as they came, as text, by number. */
  readonly events: Map<number, string>;
  /** Orders whose signed intent was seen, by id. */
  readonly intents: Map<string, { readonly offer: string }>;
}

const AGAIN_MS = 50;

/** A buyer that bargains and orders without pause, a burst of messages at a time, until its connection breaks. */
export class CrashBuyer {
  readonly conversations: Conversation[] = [];
  readonly faults: string[] = [];
  readonly #socket: WebSocket;
  readonly #goods: readonly Good[];
  readonly #random: () => number;
  readonly #waiting = new Set<string>();
  #offer: { id: string; hash: string } | null = null;
  #good: Good;
  #round = 0;
  #sent = 0;

  constructor(url: string, goods: readonly Good[], random: () => number) {
    this.#goods = goods;
    this.#random = random;
    this.#good = this.#pick();
    this.#socket = dial(url);
    this.#socket.on("open", () => this.#open());
    this.#socket.on("message", (data) => this.#hear(JSON.parse(String(data)) as Frame));
    // The end is meant: what it leaves open is what is looked at afterwards.
    this.#socket.on("error", () => {});
  }

  leave(): void {
    this.#socket.terminate();
  }

  #open(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type: "hello" }));
  }

  #pick(): Good {
    return this.#goods[Math.floor(this.#random() * this.#goods.length)] ?? { sku: "", price: 0 };
  }

  #hear(frame: Frame): void {
    const talk = this.conversations.at(-1);
    if (frame.type === "welcome") {
      const { session, secret = "", epoch, seq } = frame;
      const empty = { acked: new Map(), sent: new Map(), events: new Map(), intents: new Map() };
      this.conversations.push({ session, secret, epoch, seq, ...empty });
      this.#offer = null;
      this.#round = 0;
      this.#good = this.#pick();
      this.#burst();
    } else if (frame.type === "fault") {
      // Whoever can reach its store no more says so: what became of the message is asked later.
      if (frame.code !== "unavailable") this.faults.push(`${frame.code}: ${frame.message}`);
      const { id } = frame;
      // Of the hello, while there was no store to open a session in.
      if (id === undefined && frame.code === "unavailable") setTimeout(() => this.#open(), AGAIN_MS).unref();
      if (id !== undefined) setTimeout(() => this.#answered(id), AGAIN_MS).unref();
    } else if (talk && frame.type === "ack") {
      talk.acked.set(frame.id, frame.seq);
      talk.seq = frame.seq;
    } else if (talk && frame.type === "event") {
      talk.seq = frame.seq;
      talk.events.set(frame.seq, JSON.stringify(frame.event));
      if (frame.event.kind === "reply") this.#replied(talk, frame.event);
    }
  }

  #replied(talk: Conversation, reply: Extract<Event, { kind: "reply" }>): void {
    for (const { id, offer } of reply.move.intents) talk.intents.set(id, { offer });
    const [offer] = reply.move.offers;
    if (offer) this.#offer = { id: offer.id, hash: offer.hash };
    if (reply.move.intents.length > 0) this.#offer = null;
    for (const [id, seq] of talk.acked) if (seq === reply.re) this.#answered(id);
  }

  #answered(id: string): void {
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#burst();
  }

  /** One to three messages at once, or after some rounds another session on the same connection. */
  #burst(): void {
    if (this.#round >= 6) {
      this.#socket.send(JSON.stringify({ type: "bye" }));
      this.#open();
      return;
    }
    this.#round += 1;
    if (this.#offer && this.#random() < 0.5) {
      this.#say({ act: "accept", offer: this.#offer.id, hash: this.#offer.hash, details: DETAILS });
      if (this.#random() < 0.3) this.#say({ act: "order_status" });
      this.#offer = null;
      return;
    }
    const messages = 1 + Math.floor(this.#random() * 3);
    for (let i = 0; i < messages; i++) {
      const { sku, price } = this.#good;
      const unit_price = Math.floor(price * (0.7 + 0.02 * this.#round + 0.03 * this.#random()));
      this.#say({ act: "propose", lines: [{ item: { sku }, quantity: 1, unit_price }] });
    }
  }

  #say(act: object): void {
    this.#sent += 1;
    const id = `m${this.#sent}`;
    const text = JSON.stringify({ type: "say", id, act });
    this.conversations.at(-1)?.sent.set(id, { id, text });
    this.#waiting.add(id);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }
}
