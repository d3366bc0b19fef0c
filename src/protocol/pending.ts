import type { EventOf, Numbered } from "../domain/event.ts";
import type { Words } from "../domain/reply.ts";
import type { ClientFrame } from "./frames.ts";

export type SayFrame = Extract<ClientFrame, { type: "say" }>;

/** The vendor's answer to one message: its place in the log, both its faces, and whether its words were cut off. */
export interface Reply extends Omit<EventOf<"reply">, "words"> {
  readonly seq: number;
  readonly words: Words;
  readonly interrupted: boolean;
}

/**
 * No reply follows: the message is event `seq`, and a person of the vendor's has the conversation, who answers by `said`.
 */
export interface Held {
  readonly kind: "held";
  readonly seq: number;
}

/** Typed acts that are carried out and answered whoever has the conversation. */
const CARRIED_OUT: ReadonlySet<string | undefined> = new Set(["accept", "confirm", "cancel_order"]);

interface Waiting {
  readonly frame: SayFrame;
  /** The event the message became, once that is known. */
  seq: number | null;
  /** Its reply, while the words are still being made. */
  reply: (EventOf<"reply"> & { seq: number }) | null;
}

/** Messages that were said and not answered yet, in the order they were said. */
export class Pending {
  readonly #waiting = new Map<string, Waiting>();
  readonly #answered: (id: string, answer: Reply | Held) => void;
  /** A person has the conversation. */
  #person = false;

  constructor(answered: (id: string, answer: Reply | Held) => void) {
    this.#answered = answered;
  }

  add(frame: SayFrame): void {
    this.#waiting.set(frame.id, { frame, seq: null, reply: null });
  }

  /** What the gateway is not known to have; it may, so the ids must stay. */
  unacked(): SayFrame[] {
    return [...this.#waiting.values()].filter(({ seq }) => seq === null).map(({ frame }) => frame);
  }

  /** The message `id` is event `seq`, which `since` came after. Gives the message, when it is one of these. */
  acked(id: string, seq: number, since: readonly Numbered[] = []): SayFrame | null {
    const waiting = this.#waiting.get(id);
    if (!waiting) return null;
    waiting.seq = seq;
    for (const numbered of since) this.#answers(numbered);
    this.#leave(id, waiting);
    return waiting.frame;
  }

  /** An event of the log, which may be what somebody waits for. */
  event(numbered: Numbered): void {
    const { seq, event } = numbered;
    if (event.kind === "handoff") this.#person = event.to === "person";
    // Also where the log is not read from its beginning.
    if (event.kind === "said") this.#person = true;
    if (event.kind === "message") this.acked(event.message.id, seq);
    this.#answers(numbered);
    for (const [id, waiting] of this.#waiting) this.#leave(id, waiting);
  }

  /** The message `id` was refused. False when it is none of these. */
  refused(id: string): boolean {
    return this.#waiting.delete(id);
  }

  /** The log is another one now: nothing is known to be in it. */
  forget(): void {
    this.#person = false;
    for (const waiting of this.#waiting.values()) {
      waiting.seq = null;
      waiting.reply = null;
    }
  }

  #answers({ seq, event }: Numbered): void {
    for (const [id, waiting] of this.#waiting) {
      if (event.kind === "reply" && event.re === waiting.seq) {
        waiting.reply = { seq, ...event };
        if (event.words) this.#answer(id, waiting, event.words, false);
      }
      if (event.kind === "words" && event.of === waiting.reply?.seq) {
        this.#answer(id, waiting, event.words, event.interrupted);
      }
    }
  }

  /** To the person, what is in the log and the agent had not begun to answer. */
  #leave(id: string, { frame, seq, reply }: Waiting): void {
    if (!this.#person || !this.#waiting.has(id) || seq === null || reply || CARRIED_OUT.has(frame.act?.act))
      return;
    this.#waiting.delete(id);
    this.#answered(id, { kind: "held", seq });
  }

  #answer(id: string, { reply }: Waiting, words: Words, interrupted: boolean): void {
    this.#waiting.delete(id);
    if (reply) this.#answered(id, { ...reply, words, interrupted });
  }
}
