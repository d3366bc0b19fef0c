import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import type { Event } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { DETAILS, dial, frameIn } from "./frames.ts";
import { type Nodes, setting, startNodes } from "./nodes.ts";
import { percentile, rounded } from "./statistics.ts";

const BUYERS = 200;
const UNITS = 10;
const TIMES = 100;
const DRAIN_MS = 20_000;
const ASKED = 20;

/**
 * 200 buyers, half of them at either of two gateways, ask for an offer on a product of which ten are left, and all take
 * it at once; a hundred times, each with another product or in another home. Argument: how many times.
 */
export async function run(args: string[]): Promise<object> {
  const [times = TIMES] = args.map(Number);
  const sold: number[] = [];
  const refused = new Map<string, number>();
  const seconds: number[] = [];
  const failures: string[] = [];
  let delivered_again = 0;
  let asked_again = 0;
  while (sold.length < times) {
    const nodes = await startNodes(UNITS);
    const buyers = Array.from({ length: BUYERS }, (_, n) => new RaceBuyer(nodes.both[n % 2 ? 1 : 0].ws));
    const before = sold.length;
    try {
      for (const { sku } of nodes.goods.slice(0, times - sold.length)) {
        for (const again of await Promise.all(buyers.map((buyer) => buyer.begin(sku)))) asked_again += again;
        const began = performance.now();
        const outcomes = await Promise.all(buyers.map((buyer) => buyer.take()));
        seconds.push((performance.now() - began) / 1_000);
        const orders = outcomes.filter((each) => each === "accepted").length;
        sold.push(orders);
        for (const each of outcomes) if (each !== "accepted") refused.set(each, (refused.get(each) ?? 0) + 1);
        if (orders !== UNITS) failures.push(`${orders} orders for ${UNITS} x ${sku}`);
        if (sold.length % 20 === 0)
          process.stdout.write(`${sold.length} races: ${sold.slice(-20).join(" ")}\n`);
      }
      const want = sold.slice(before).reduce((a, b) => a + b, 0);
      const ids = await drained(nodes, want);
      delivered_again += ids.length - new Set(ids).size;
      if (new Set(ids).size !== want)
        failures.push(`${new Set(ids).size} orders reached the vendor's file, ${want} were bound`);
    } finally {
      for (const buyer of buyers) buyer.close();
      await nodes.close();
    }
  }
  const odd = [...refused].filter(([code]) => code !== "out_of_stock");
  for (const [code, n] of odd) failures.push(`${n} x ${code}`);
  return {
    ...setting(),
    ...{ buyers: BUYERS, units: UNITS, races: sold.length },
    exact: sold.filter((orders) => orders === UNITS).length,
    orders: sold.reduce((a, b) => a + b, 0),
    refused: Object.fromEntries(refused),
    ...{ asked_again, delivered_again },
    race_p50_s: rounded(percentile(seconds, 50), 2),
    race_max_s: rounded(Math.max(...seconds), 2),
    failures,
  };
}

async function drained(nodes: Nodes, want: number): Promise<readonly string[]> {
  const ends = performance.now() + DRAIN_MS;
  for (;;) {
    const ids = nodes.delivered();
    if (new Set(ids).size >= want || performance.now() > ends) return ids;
    await sleep(200);
  }
}

/** One connection, a session a race. */
class RaceBuyer {
  readonly #socket: WebSocket;
  readonly #open: Promise<void>;
  #hear: (frame: ServerFrame) => void = () => {};
  #offer: { readonly id: string; readonly hash: string } | null = null;
  #sent = 0;

  constructor(url: string) {
    this.#socket = dial(url);
    this.#open = new Promise((open) => this.#socket.once("open", open));
    this.#socket.on("message", (data) => this.#hear(frameIn(data)));
  }

  /** A new session, and an offer in it; gives how often it had to be asked for again. */
  async begin(sku: string): Promise<number> {
    await this.#open;
    if (this.#sent > 0) this.#send({ type: "bye" });
    this.#send({ type: "hello", lang: "en", channel: "agent", currency: "USD" });
    await this.#until((frame) => (frame.type === "welcome" ? "" : null));
    // 200 look-ups at once may go over their deadline where the machine is busy, which is said; the race is for the accept.
    for (let asked = 0; asked < ASKED; asked++) {
      const reply = await this.#say({ act: "propose", lines: [{ item: { sku }, quantity: 1 }] });
      this.#offer = typeof reply === "string" ? null : (reply.move.offers[0] ?? null);
      if (this.#offer) return asked;
      if (reply !== "unavailable")
        throw new Error(
          `no offer for ${sku}: ${typeof reply === "string" ? reply : reply.move.reasons.join()}`,
        );
    }
    throw new Error(`no offer for ${sku}`);
  }

  /** What became of taking it: the vendor's act, or the code of the fault. */
  async take(): Promise<string> {
    const { id, hash } = this.#offer ?? { id: "", hash: "" };
    const reply = await this.#say({ act: "accept", offer: id, hash, details: DETAILS });
    return typeof reply === "string" ? reply : reply.move.act;
  }

  close(): void {
    this.#socket.close();
  }

  #send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  #say(act: object): Promise<string | Extract<Event, { kind: "reply" }>> {
    this.#sent += 1;
    const heard = this.#until((frame) => {
      if (frame.type === "fault") return frame.code;
      if (frame.type !== "event") return null;
      const event = frame.event as Event;
      return event.kind === "reply" ? event : null;
    });
    this.#send({ type: "say", id: `m${this.#sent}`, act });
    return heard;
  }

  #until<T>(take: (frame: ServerFrame) => T | null): Promise<T> {
    return new Promise((found) => {
      this.#hear = (frame) => {
        const taken = take(frame);
        if (taken !== null) found(taken);
      };
    });
  }
}
