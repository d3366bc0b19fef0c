import type { EventOf, Numbered } from "../domain/event.ts";
import type { Words } from "../domain/reply.ts";
import type { ParleyFault } from "./codes.ts";
import type { ClientFrame } from "./frames.ts";

export type SayFrame = Extract<ClientFrame, { type: "say" }>;

/** The vendor's answer to one message: its place in the log, both its faces, and whether its words were cut off. */
export interface Reply extends Omit<EventOf<"reply">, "words"> {
  readonly seq: number;
  readonly words: Words;
  readonly interrupted: boolean;
}

interface Waiting {
  readonly frame: SayFrame;
  /** The event the message became, once that is known. */
  seq: number | null;
  /** Its reply, while the words are still being made. */
  reply: (EventOf<"reply"> & { seq: number }) | null;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (fault: ParleyFault) => void;
}

/** Messages that were said and not answered yet, in the order they were said. */
export class Pending {
  readonly #waiting = new Map<string, Waiting>();

  add(frame: SayFrame): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(frame.id, { frame, seq: null, reply: null, resolve, reject });
    });
  }

  /** What the gateway is not known to have; it may, so the ids must stay. */
  unacked(): SayFrame[] {
    return [...this.#waiting.values()].filter(({ seq }) => seq === null).map(({ frame }) => frame);
  }

  /** The message `id` is event `seq`. Gives the message, when it is one of these. */
  acked(id: string, seq: number): SayFrame | null {
    const waiting = this.#waiting.get(id);
    if (!waiting) return null;
    waiting.seq = seq;
    return waiting.frame;
  }

  /** An event of the log, which may be what somebody waits for. */
  event({ seq, event }: Numbered): void {
    if (event.kind === "message") this.acked(event.message.id, seq);
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

  /** The message `id` was refused. False when it is none of these. */
  refused(id: string, fault: ParleyFault): boolean {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.reject(fault);
    return waiting !== undefined;
  }

  /** The log is another one now: nothing is known to be in it. */
  forget(): void {
    for (const waiting of this.#waiting.values()) {
      waiting.seq = null;
      waiting.reply = null;
    }
  }

  fail(fault: ParleyFault): void {
    for (const id of [...this.#waiting.keys()]) this.refused(id, fault);
  }

  #answer(id: string, { reply, resolve }: Waiting, words: Words, interrupted: boolean): void {
    this.#waiting.delete(id);
    if (reply) resolve({ ...reply, words, interrupted });
  }
}
