import type { Event, EventOf } from "../../domain/event.ts";
import type { Offer } from "../../domain/offer.ts";
import type { PartialDetails } from "../../domain/order.ts";
import type { IntentView } from "../../domain/reply.ts";
import type { Said } from "./outbox.ts";

interface Reply extends EventOf<"reply"> {
  /** What came of its words while they are being made. */
  readonly partial?: string;
  readonly interrupted?: boolean;
  /** What the buyer thought of it. */
  readonly helpful?: boolean;
}
type Seen =
  | { readonly kind: "message"; readonly at: string; readonly message: Said }
  | Reply
  | EventOf<"said" | "handoff" | "order" | "closed">;

/** One thing in the log as a person sees it: its event with what later ones changed of it, and another value then. */
export type Item = Seen & { readonly seq: number };
export type ItemOf<K extends Item["kind"]> = Extract<Item, { kind: K }>;

/** What became of an offer. */
export type Standing = "live" | "superseded" | "accepted" | "repeated";

/** The log, folded into what is shown: the same events give the same items, in whatever pieces they came. */
export class Timeline {
  items: Item[] = [];
  /** Names of products as they were last shown. */
  readonly titles = new Map<string, string>();
  readonly intents = new Map<string, IntentView>();
  /** Whose words come next. */
  handoff: EventOf<"handoff"> | null = null;
  /** The last message that nobody answered yet; 0 when there is none. */
  unanswered = 0;
  details: PartialDetails = {};
  closed = false;
  readonly #partial = new Map<number, { n: number; text: string }>();

  get #replies(): ItemOf<"reply">[] {
    return this.items.filter((item) => item.kind === "reply");
  }

  get last(): ItemOf<"reply"> | undefined {
    return this.#replies.at(-1);
  }

  get liveOffers(): readonly Offer[] {
    return this.#replies.flatMap(({ seq, move: { offers } }) =>
      offers.filter((offer) => this.standing(offer, seq) === "live"),
    );
  }

  offer(id: string): Offer | undefined {
    return this.#replies.flatMap(({ move }) => move.offers).findLast((offer) => offer.id === id);
  }

  /** Of an offer as item `at` shows it. */
  standing({ id, lines }: Offer, at: number): Standing {
    if (this.intents.values().some(({ offer }) => offer === id)) return "accepted";
    const replaces = (other: Offer) =>
      other.supersedes === id || other.lines.some(({ sku }) => lines.some((line) => line.sku === sku));
    for (const { seq, move } of this.#replies)
      if (seq > at) {
        if (move.offers.some((offer) => offer.id === id)) return "repeated";
        if (move.offers.some(replaces)) return "superseded";
      }
    return "live";
  }

  /** Takes what one said oneself before its event is told, too. */
  event({ seq, event }: { seq: number; event: Exclude<Event, { kind: "message" }> | Seen }): void {
    switch (event.kind) {
      case "words":
        this.#change(event.of, { words: event.words, interrupted: event.interrupted });
        break;
      case "feedback":
        this.#change(event.of, { helpful: event.helpful });
        break;
      case "opened":
      case "interrupted":
        break;
      default:
        this.#heed(seq, event);
        this.items.push({ seq, ...event, ...this.#begun(event) });
    }
  }

  /** What follows from it. */
  #heed(seq: number, event: Seen): void {
    if (event.kind === "message") this.#said(seq, event.message);
    else if (event.kind === "reply") this.#replied(event);
    else if (event.kind === "said") this.unanswered = 0;
    else if (event.kind === "handoff") this.handoff = event;
    else if (event.kind === "closed") this.closed = true;
    else {
      this.intents.set(event.intent.id, event.intent);
      this.showAgain();
    }
  }

  /** Words of a reply that came before it. */
  #begun(event: Seen): object | false {
    return event.kind === "reply" && { partial: this.#partial.get(event.re)?.text };
  }

  delta(re: number, n: number, text: string): void {
    const before = this.#partial.get(re) ?? { n: -1, text: "" };
    // After a gap, what is shown stays until the finished words are here.
    if (n !== before.n + 1) return;
    const partial = before.text + text;
    this.#partial.set(re, { n, text: partial });
    if (this.last?.re === re) this.#change(this.last.seq, { partial });
  }

  #said(seq: number, { act }: Said): void {
    this.unanswered = seq;
    if (act && "details" in act) this.details = { ...this.details, ...act.details };
  }

  #replied({ re, move }: Reply): void {
    const { readback, results, offers, intents } = move;
    if (re >= this.unanswered) this.unanswered = 0;
    if (readback?.details) this.details = readback.details;
    for (const { sku, title } of [...results, ...offers.flatMap(({ lines }) => lines)])
      this.titles.set(sku, title);
    for (const intent of intents) this.intents.set(intent.id, intent);
    if (offers[0] || intents[0]) this.showAgain();
  }

  #change(seq: number, change: Partial<Reply>): void {
    this.items = this.items.map((item) => (item.seq === seq ? ({ ...item, ...change } as Item) : item));
  }

  /** What has offers or orders in it looks different now: after another one, and when the time of one is over. */
  showAgain(): void {
    this.items = this.items.map((item) =>
      item.kind === "order" || (item.kind === "reply" && (item.move.offers[0] || item.move.intents[0]))
        ? { ...item }
        : item,
    );
  }
}
