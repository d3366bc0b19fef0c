import { setTimeout as sleep } from "node:timers/promises";
import type { RawData, WebSocket } from "ws";
import { dial, frameIn, unlessFault } from "./frames.ts";
import type { Answered, Asked } from "./idle-crowd.ts";

const AT_ONCE = 25;
const PATIENCE_MS = 30_000;

/** Everybody of this process, each on a connection of its own that stays open. */
const idlers: Idler[] = [];

process.on("message", (asked: Asked) => {
  carryOut(asked).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ error: String(error) } satisfies Answered),
  );
});

async function carryOut(asked: Asked): Promise<Answered> {
  if ("open" in asked) {
    await inTurns(Array(asked.open).keys(), async () => {
      const one = new Idler(asked);
      idlers.push(one);
      await one.begin();
    });
  }
  if ("alive" in asked) await inTurns(idlers.values(), (one) => one.alive());
  const lost = idlers.filter(({ closed }) => closed !== null);
  return { open: idlers.length - lost.length, lost: [...new Set(lost.map(({ closed }) => `${closed}`))] };
}

/** A few at a time: what is measured is what stays, not how it came. */
async function inTurns<T>(waiting: IteratorObject<T>, work: (one: T) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const one of waiting) await work(one);
    }),
  );
}

/** One connection: to the gateway with a session of some turns behind it, to the echo server with as many messages. */
class Idler {
  closed: string | null = null;
  readonly #asked: Extract<Asked, { open: number }>;
  readonly #socket: WebSocket;
  readonly #opened: Promise<void>;
  #hear: (data: RawData) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(asked: Extract<Asked, { open: number }>) {
    this.#asked = asked;
    this.#socket = dial(asked.url, { localAddress: asked.from });
    this.#opened = new Promise((done, failed) => {
      this.#socket.once("open", done);
      this.#fail = failed;
    });
    this.#socket.on("message", (data) => this.#hear(data));
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", (code, reason) => {
      this.closed = `${code} ${reason}`.trim();
      this.#fail(new Error(`closed with ${this.closed}`));
    });
  }

  async begin(): Promise<void> {
    await this.#opened;
    if (!this.#asked.raw) {
      const hello = { type: "hello", lang: "en", channel: "agent", currency: "USD" };
      await this.#until(hello, (data) => frameIn(data).type === "welcome");
    }
    for (let n = 0; n < this.#asked.turns; n++) {
      const act = SAID[n % SAID.length];
      const heard = (data: RawData) => {
        if (this.#asked.raw) return true;
        const frame = frameIn(data);
        // On a machine that is busy with so many openings something may not be done in time.
        if (frame.type === "fault" && frame.code === "unavailable") {
          this.#send(said);
          return false;
        }
        const heard = unlessFault(frame);
        return heard.type === "event" && heard.event.kind === "reply";
      };
      const said = { type: "say", id: `m${n}`, act };
      await this.#until(said, heard);
    }
  }

  /** Something sent is answered still. */
  async alive(): Promise<void> {
    if (this.closed !== null) return;
    const ping = { type: "ping", id: "alive" };
    const heard = (data: RawData) => this.#asked.raw || unlessFault(frameIn(data)).type === "pong";
    await this.#until(ping, heard).catch((error: unknown) => {
      this.closed ??= String(error);
    });
  }

  #until(frame: object, heard: (data: RawData) => boolean): Promise<void> {
    return new Promise((done, failed) => {
      const late = new AbortController();
      this.#fail = failed;
      void sleep(PATIENCE_MS, null, { signal: late.signal, ref: false }).then(
        () => failed(new Error(`no answer in ${PATIENCE_MS} ms`)),
        () => {},
      );
      this.#hear = (data) => {
        try {
          if (!heard(data)) return;
          done();
        } catch (error) {
          failed(error);
        }
        late.abort();
      };
      this.#send(frame);
    });
  }

  #send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }
}

/** An idle buyer has looked around and haggled. */
const SAID = [
  { act: "search", query: "office chair" },
  { act: "ask", item: { sku: "CH-PC" }, topic: "warranty" },
  { act: "compare", items: [{ sku: "CH-PC" }, { sku: "CH-TS" }] },
  { act: "propose", lines: [{ item: { sku: "CH-PC" }, quantity: 1 }] },
  {
    act: "propose",
    lines: [{ item: { sku: "CH-PC" }, quantity: 2 }],
    terms: { warranty: { months_min: 24 } },
  },
];
