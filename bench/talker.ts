import type { WebSocket } from "ws";
import type { Move } from "../src/domain/reply.ts";
import type { Fixture, FixtureTurn } from "../src/lab/fixture.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { dialled, frameIn } from "./frames.ts";

/** What became of one turn: milliseconds until its last word, and until its typed reply where that held an offer. */
export interface Said {
  readonly ms: number;
  readonly offer_ms: number | null;
  readonly fault: string | null;
}

type Opening = Pick<Fixture, "lang" | "currency" | "channel" | "kind"> & Partial<Pick<Fixture, "ship_to">>;

/** One buyer on one socket, one message in flight. */
export class Talker {
  readonly #socket: WebSocket;
  #heard: (frame: ServerFrame) => void = () => {};
  #last: Move["offers"][number] | undefined;
  #n = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#heard(frameIn(data)));
  }

  static async open(url: string, { lang, currency, channel, kind, ship_to }: Opening): Promise<Talker> {
    const socket = await dialled(url);
    const talker = new Talker(socket);
    const welcome = talker.#until((frame) => frame.type === "welcome");
    const hello = { type: "hello", lang, currency, channel, kind, ...(ship_to ? { ship_to } : {}) };
    socket.send(JSON.stringify(hello));
    await welcome;
    return talker;
  }

  async turn({ say, act }: Pick<FixtureTurn, "say"> & Partial<Pick<FixtureTurn, "act">>): Promise<Said> {
    this.#n += 1;
    const id = `t${this.#n}`;
    const began = performance.now();
    let offer_ms: number | null = null;
    let fault: string | null = null;
    const ended = this.#until((frame) => {
      if (frame.type === "fault") fault = frame.code;
      const event = frame.type === "event" ? frame.event : null;
      if (event?.kind === "reply") {
        this.#last = event.move.offers.at(-1) ?? this.#last;
        if (event.move.offers.length > 0) offer_ms = performance.now() - began;
      }
      return (
        fault !== null || event?.kind === "words" || (event?.kind === "reply" && event.words !== undefined)
      );
    });
    this.#socket.send(
      JSON.stringify({
        type: "say",
        id,
        ...(say === undefined ? { act: this.#filled(act) } : { text: say }),
      }),
    );
    await ended;
    return { ms: performance.now() - began, offer_ms, fault };
  }

  close(): void {
    this.#socket.close();
  }

  #filled(act: object | undefined): object {
    const text = JSON.stringify(act)
      .replaceAll('"$offer"', JSON.stringify(this.#last?.id ?? "none"))
      .replaceAll('"$hash"', JSON.stringify(this.#last?.hash ?? "none"));
    return JSON.parse(text) as object;
  }

  #until(fits: (frame: ServerFrame) => boolean): Promise<void> {
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error("no answer within 20 s")), 20_000);
      this.#heard = (frame) => {
        if (!fits(frame)) return;
        clearTimeout(timer);
        done();
      };
    });
  }
}
