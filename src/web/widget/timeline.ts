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

export type Timeline = ReturnType<typeof newTimeline>;

/** The log, folded into what is shown: the same events give the same items, in whatever pieces they came. */
export function newTimeline() {
  const partials = new Map<number, { n: number; text: string }>();
  const replies = () => log.seen.filter((item) => item.kind === "reply");

  const change = (seq: number, changed: Partial<Reply>) => {
    log.seen = log.seen.map((item) => (item.seq === seq ? ({ ...item, ...changed } as Item) : item));
  };

  const replied = ({ re, move }: Reply) => {
    const { readback, results, offers, intents } = move;
    if (re >= log.unanswered) log.unanswered = 0;
    log.details = readback?.details ?? log.details;
    for (const { sku, title } of [...results, ...offers.flatMap(({ lines }) => lines)])
      log.titles.set(sku, title);
    for (const intent of intents) log.intents.set(intent.id, intent);
    if (offers[0] || intents[0]) log.showAgain();
  };

  /** What follows from it. */
  const heed = (seq: number, event: Seen) => {
    if (event.kind === "message") {
      const { act } = event.message;
      log.unanswered = seq;
      if (act && "details" in act) log.details = { ...log.details, ...act.details };
    } else if (event.kind === "reply") replied(event);
    else if (event.kind === "said") log.unanswered = 0;
    else if (event.kind === "handoff") log.answering = event;
    else if (event.kind === "closed") log.closed = true;
    else {
      log.intents.set(event.intent.id, event.intent);
      log.showAgain();
    }
  };

  const log = {
    seen: [] as Item[],
    /** Names of products as they were last shown. */
    titles: new Map<string, string>(),
    intents: new Map<string, IntentView>(),
    /** Whose words come next. */
    answering: null as EventOf<"handoff"> | null,
    /** The last message that nobody answered yet; 0 when there is none. */
    unanswered: 0,
    details: {} as PartialDetails,
    closed: false,

    get last(): ItemOf<"reply"> | undefined {
      return replies().at(-1);
    },

    get liveOffers(): readonly Offer[] {
      return replies().flatMap(({ seq, move }) =>
        move.offers.filter((offer) => log.standing(offer, seq) === "live"),
      );
    },

    offer(id: string): Offer | undefined {
      return replies()
        .flatMap(({ move }) => move.offers)
        .findLast((offer) => offer.id === id);
    },

    /** Of an offer as item `at` shows it. */
    standing({ id, lines }: Offer, at: number): Standing {
      if (log.intents.values().some(({ offer }) => offer === id)) return "accepted";
      const replaces = (other: Offer) =>
        other.supersedes === id || other.lines.some(({ sku }) => lines.some((line) => line.sku === sku));
      for (const { seq, move } of replies())
        if (seq > at) {
          if (move.offers.some((offer) => offer.id === id)) return "repeated";
          if (move.offers.some(replaces)) return "superseded";
        }
      return "live";
    },

    /** Takes what one said oneself before its event is told, too. */
    event({ seq, event }: { seq: number; event: Exclude<Event, { kind: "message" }> | Seen }) {
      if (event.kind === "words") {
        const { of, words, interrupted } = event;
        change(of, { words, interrupted });
      } else if (event.kind === "feedback") change(event.of, { helpful: event.helpful });
      else if (event.kind !== "opened" && event.kind !== "interrupted") {
        heed(seq, event);
        // Words of a reply may have come before it.
        const partial = event.kind === "reply" && partials.get(event.re)?.text;
        log.seen.push({ seq, ...event, ...(partial && { partial }) });
      }
    },

    delta(re: number, n: number, text: string) {
      const before = partials.get(re) ?? { n: -1, text: "" };
      // After a gap, what is shown stays until the finished words are here.
      if (n !== before.n + 1) return;
      const partial = before.text + text;
      partials.set(re, { n, text: partial });
      if (log.last?.re === re) change(log.last.seq, { partial });
    },

    /** What has offers or orders in it looks different now: after another one, and when the time of one is over. */
    showAgain() {
      log.seen = log.seen.map((item) =>
        item.kind === "order" || (item.kind === "reply" && (item.move.offers[0] || item.move.intents[0]))
          ? { ...item }
          : item,
      );
    },
  };
  return log;
}
