import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";

/** What a gateway sent, as it came: no schema of its own code reads it. */
export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

interface Sent {
  readonly act: string;
  readonly offers: readonly {
    readonly id: string;
    readonly hash: string;
    readonly totals: { total: number };
  }[];
  readonly intents: readonly { readonly id: string; readonly status: string; readonly jws?: string }[];
}

/** One socket of somebody who means ill, or of a neighbour who means well. */
export class Attacker {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  /** The close code, once it is closed. */
  readonly closed: Promise<number>;
  #said = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => this.frames.push(JSON.parse(String(data)) as Frame));
    socket.on("error", () => {});
    this.closed = new Promise((done) => socket.on("close", (code) => done(code)));
  }

  /** Opens a socket; gives the HTTP status instead where the upgrade is refused. */
  static async dial(
    url: string,
    headers: Record<string, string> = {},
    protocols: readonly string[] = ["parley.v1"],
  ): Promise<Attacker | number> {
    const socket = new WebSocket(url, [...protocols], { headers });
    return new Promise((done) => {
      const one = new Attacker(socket);
      socket.once("open", () => done(one));
      // Whatever comes of it, an attempt ends: 0 is no answer.
      socket.once("error", () => done(0));
      setTimeout(() => done(0), 15_000).unref();
      socket.once("unexpected-response", (_, answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      });
    });
  }

  static async open(
    url: string,
    hello: object = {},
    headers: Record<string, string> = {},
  ): Promise<Attacker> {
    const one = await Attacker.dial(url, headers);
    if (typeof one === "number") throw new Error(`the upgrade was refused with ${one}`);
    one.send({ type: "hello", currency: "USD", ...hello });
    return one;
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** The first frame that fits and came after the first `from` frames; null when none comes in time. */
  async until(fits: (frame: Frame) => boolean, from = 0, ms = 10_000): Promise<Frame | null> {
    for (const ends = performance.now() + ms; performance.now() < ends; await sleep(5)) {
      const found = this.frames.slice(from).find(fits);
      if (found || this.socket.readyState > WebSocket.OPEN) return found ?? null;
    }
    return null;
  }

  /** The welcome, or the code of the fault in its place. */
  async greeted(): Promise<string> {
    const frame = await this.until(({ type }) => type === "welcome" || type === "fault");
    return frame?.type === "fault" ? String(frame.code) : (frame?.type ?? "nothing");
  }

  get welcome(): { session: string; secret: string; epoch: string } {
    return this.frames.find(({ type }) => type === "welcome") as never;
  }

  /** Sends an act and waits; gives the reply's move, or the code of the fault. */
  async act(act: object): Promise<Sent | string> {
    this.#said += 1;
    const id = `m${this.#said}`;
    const from = this.frames.length;
    this.send({ type: "say", id, act });
    const answer = await this.until(
      (frame) => isReply(frame) || (frame.type === "fault" && frame.id === id),
      from,
    );
    if (answer === null) return "nothing";
    return answer.type === "fault" ? String(answer.code) : (answer.event as { move: Sent }).move;
  }

  /** The code of the fault that answers this text, or of the close. */
  async answer(text: string | Buffer, binary = false): Promise<string> {
    const from = this.frames.length;
    this.socket.send(text, { binary });
    const fault = await this.until(({ type }) => type === "fault", from, 5_000);
    return fault ? String(fault.code) : String(await Promise.race([this.closed, sleep(5_000, "nothing")]));
  }

  close(): void {
    this.socket.terminate();
  }
}

function isReply({ type, event }: Frame): boolean {
  return type === "event" && (event as { kind: string }).kind === "reply";
}

/** An HTTP request's status, and the fault's code where its answer has one. */
export async function http(url: string, body: object | null, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const json = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  return { status: answer.status, code: String(json.code ?? ""), json };
}

export const DETAILS = {
  ship_to: { country: "US", name: "Kim", lines: ["1 Main St"], city: "Springfield", postal_code: "45501" },
  payer: { name: "Kim" },
};

/** Asks for an offer of one product; throws when there is none. */
export async function offer(one: Attacker, sku: string, quantity = 1) {
  const move = await one.act({ act: "propose", lines: [{ item: { sku }, quantity }] });
  const first = typeof move === "string" ? undefined : move.offers[0];
  if (!first) throw new Error(`no offer for ${sku}: ${JSON.stringify(move).slice(0, 200)}`);
  return first;
}

/** What an accept comes to: the act of the reply, or the fault's code. */
export async function taken(one: Attacker, { id, hash }: { id: string; hash: string }): Promise<string> {
  const move = await one.act({ act: "accept", offer: id, hash, details: DETAILS });
  return typeof move === "string" ? move : move.act;
}
