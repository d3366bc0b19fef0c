import { WebSocket } from "ws";
import type { Move, Words } from "../src/domain/reply.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { dial, frameIn } from "./frames.ts";

/** How a buyer enters. */
export interface Entry {
  readonly lang: string;
  readonly currency: string;
  readonly channel: string;
  readonly kind: string;
  readonly ship_to?: object;
}

/** One reply as its buyer came to see it; `words` is null where a fault took its place. */
export interface Heard {
  readonly move: Move | null;
  readonly words: Words | null;
  readonly fault: string | null;
  /** All of its `delta` frames in a row. */
  readonly streamed: string;
}

/** A buyer's socket that keeps every frame as it came. */
export class Buyer {
  readonly frames: ServerFrame[] = [];
  readonly #socket: WebSocket;
  #wake: () => void = () => {};

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      this.frames.push(frameIn(data));
      this.#wake();
    });
    socket.on("close", () => this.#wake());
  }

  static async open(url: string, hello: Entry): Promise<Buyer> {
    const socket = dial(url);
    const buyer = new Buyer(socket);
    await new Promise((opened, failed) => {
      socket.once("open", opened);
      socket.once("error", failed);
    });
    socket.send(JSON.stringify({ type: "hello", role: "buyer", stream: true, ...hello }));
    await buyer.#until(() =>
      buyer.frames.some((frame) => frame.type === "welcome" || frame.type === "fault"),
    );
    return buyer;
  }

  /** What only this buyer was told, to come back with. */
  get secret(): string {
    const welcome = this.frames.find((frame) => frame.type === "welcome");
    return welcome?.type === "welcome" ? (welcome.secret ?? "") : "";
  }

  /** Says something and waits until the reply and all of its words are there. */
  async say(id: string, message: { readonly text: string } | { readonly act: object }): Promise<Heard> {
    const from = this.frames.length;
    this.#socket.send(JSON.stringify({ type: "say", id, ...message }));
    let heard: Heard | null = null;
    await this.#until(() => {
      heard = this.#heardSince(from, id);
      return heard !== null;
    });
    return heard ?? { move: null, words: null, fault: "closed", streamed: "" };
  }

  close(): void {
    this.#socket.close();
  }

  #heardSince(from: number, id: string): Heard | null {
    let move: Move | null = null;
    let streamed = "";
    for (const frame of this.frames.slice(from)) {
      if (frame.type === "fault" && frame.id === id)
        return { move: null, words: null, fault: frame.code, streamed };
      if (frame.type === "delta") streamed += frame.text;
      if (frame.type !== "event") continue;
      const { event } = frame;
      if (event.kind === "reply") move = event.move;
      if (event.kind === "reply" && event.words) return { move, words: event.words, fault: null, streamed };
      if (event.kind === "words") return { move, words: event.words, fault: null, streamed };
    }
    return null;
  }

  async #until(done: () => boolean): Promise<void> {
    const end = Date.now() + 30_000;
    while (!done()) {
      if (this.#socket.readyState > WebSocket.OPEN || Date.now() > end) {
        throw new Error(
          `no answer came; the last frames: ${JSON.stringify(this.frames.slice(-3)).slice(0, 900)}`,
        );
      }
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, 1_000);
        this.#wake = () => {
          clearTimeout(timer);
          wake();
        };
      });
    }
  }
}
