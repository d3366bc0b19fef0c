import { WebSocket } from "ws";
import type { Numbered } from "../src/domain/event.ts";
import type { ServerFrame, Welcome } from "../src/protocol/frames.ts";
import { frameIn } from "./frames.ts";

export interface Shop {
  readonly nodes: readonly string[];
  readonly staff: readonly { readonly name: string; readonly token: string }[];
}

const LINES = {
  en: [
    "I'd like to buy two Gadan Aero Mesh chairs in black.",
    "Ok, and how long is the warranty on them?",
    "Could you do 10% less?",
    "can I talk to someone",
    "the wobbly thing for my desk, you know",
  ],
  ko: [
    "가단 에어로 메시 의자 검정 두 개 사고 싶어요.",
    "보증 기간은 얼마나 돼요?",
    "10% 깎아 줄 수 있어요?",
    "사람이랑 얘기할래요",
    "그 책상에 놓는 흔들거리는 거요",
  ],
} as const;

/** When somebody of the staff reaches for a conversation in which the buyer has just spoken. */
const WHEN = ["at_once", "acked", "replied", "streaming", "sometime"] as const;

/** One conversation in which the same race is run again and again. */
export class Race {
  readonly frames: ServerFrame[] = [];
  readonly #shop: Shop;
  readonly #socket: WebSocket;
  readonly #lang: "en" | "ko";
  readonly #dice: () => number;
  readonly #took = new Map<number, string>();
  #welcome: Welcome | null = null;
  #wake: () => void = () => {};
  #n = 0;
  #refused = 0;

  private constructor(shop: Shop, lang: "en" | "ko", seed: number) {
    this.#shop = shop;
    this.#lang = lang;
    this.#dice = dice(seed + 1);
    this.#socket = new WebSocket(shop.nodes[0] ?? "", "parley.v1");
    this.#socket.on("message", (data) => {
      this.frames.push(frameIn(data));
      this.#wake();
    });
  }

  static async begin(shop: Shop, lang: "en" | "ko", seed: number): Promise<Race> {
    const race = new Race(shop, lang, seed);
    await new Promise((open, failed) => race.#socket.once("open", open).once("error", failed));
    race.#send({ type: "hello", lang, kind: "person", channel: "chat", stream: true });
    race.#welcome = (await race.#until(0, (frame) => frame.type === "welcome")) as Welcome;
    return race;
  }

  /** The buyer speaks, and staff takes the conversation; the person says something, is spoken to, and hands it back. */
  async once(): Promise<void> {
    const from = this.frames.length;
    this.#say();
    const when = WHEN[this.#of(WHEN.length)] ?? "sometime";
    const pieces = 1 + this.#of(12);
    let seen = 0;
    if (when === "acked") await this.#until(from, ({ type }) => type === "ack");
    if (when === "replied") await this.#until(from, replied);
    if (when === "streaming")
      await this.#until(from, (frame) => {
        if (frame.type === "delta") seen += 1;
        return seen >= pieces || ended(frame);
      });
    if (when === "sometime") await pause(this.#dice() * 120);
    const [first, second] = this.#dice() < 0.5 ? [0, 1] : [1, 0];
    const takes = [this.#take(first, 0)];
    if (this.#dice() < 0.3) takes.push(this.#take(second, this.#dice() < 0.3 ? 1 : 0));
    const taken = (await Promise.all(takes)).filter((one) => one !== null);
    this.#refused += takes.length - taken.length;
    const [holder] = taken;
    if (!holder || taken.length > 1) throw new Error(`${taken.length} took the conversation at once`);
    this.#took.set(holder.lease, holder.name);
    await this.#until(0, (frame) => frame.type === "event" && frame.seq === holder.lease);
    if (this.#dice() < 0.6) this.#say();
    if (this.#dice() < 0.6)
      await this.#post("say", holder.who, { lease: holder.lease, id: `w${this.#n++}`, text: "네, Yes." });
    if (this.#dice() < 0.4) await pause(this.#dice() * 30);
    const back = await this.#post("hand-back", holder.who, { lease: holder.lease });
    await this.#until(
      0,
      (frame) => frame.type === "event" && frame.seq === (back.body as { seq: number }).seq,
    );
  }

  /** What the buyer's socket carried, and the log as it is stored, once nothing is under way. */
  async end() {
    const from = this.frames.length;
    const id = this.#say();
    await this.#until(from, (frame) => frame.type === "ack" && frame.id === id);
    await this.#until(from, ended);
    const { session, secret } = this.#welcome as Welcome;
    const log: Numbered[] = [];
    for (;;) {
      const url = `${this.#http(0)}/v1/sessions/${session}/events?after=${log.length}`;
      const page = await fetch(url, { headers: { authorization: `Bearer ${secret}` } });
      const { events, seq } = (await page.json()) as { events: Numbered[]; seq: number };
      log.push(...events);
      if (log.length >= seq || events.length === 0) break;
    }
    this.#socket.close();
    return { frames: this.frames, log, took: this.#took, refused: this.#refused };
  }

  async #take(who: number, node: number) {
    const { status, body } = await this.#post("take", who, {}, node);
    const name = this.#shop.staff[who]?.name ?? "";
    if (status === 200) return { who, name, lease: (body as { lease: number }).lease };
    if (status === 409 && (body as { code: string }).code === "lease_held") return null;
    throw new Error(`taking over was refused: ${status} ${JSON.stringify(body)}`);
  }

  async #post(what: string, who: number, sent: object, node = 0): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.#http(node)}/v1/staff/sessions/${this.#welcome?.session}/${what}`, {
      method: "POST",
      body: JSON.stringify(sent),
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${this.#shop.staff[who]?.token}`,
      },
    });
    const body: unknown = await response.json();
    if (what !== "take" && response.status !== 200) throw new Error(`${what}: ${JSON.stringify(body)}`);
    return { status: response.status, body };
  }

  #http(node: number): string {
    return (this.#shop.nodes[node] ?? "").replace(/^ws/, "http").replace("/v1/ws", "");
  }

  #say(): string {
    const lines = LINES[this.#lang];
    const id = `b${this.#n++}`;
    this.#send({ type: "say", id, text: lines[this.#of(lines.length)] });
    return id;
  }

  #send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  #of(n: number): number {
    return Math.floor(this.#dice() * n);
  }

  /** The first frame from `from` on that fits, once it is there. */
  async #until(from: number, fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    const late = Date.now() + 20_000;
    for (let at = from; ; ) {
      for (; at < this.frames.length; at++) {
        const frame = this.frames[at] as ServerFrame;
        if (fits(frame)) return frame;
      }
      if (Date.now() > late)
        throw new Error(`nothing came: ${JSON.stringify(this.frames.slice(-4)).slice(0, 1_000)}`);
      await new Promise<void>((woken) => {
        const timer = setTimeout(woken, 500);
        this.#wake = () => {
          clearTimeout(timer);
          woken();
        };
      });
    }
  }
}

function replied(frame: ServerFrame): boolean {
  return frame.type === "event" && frame.event.kind === "reply";
}

function ended(frame: ServerFrame): boolean {
  return (
    frame.type === "event" &&
    (frame.event.kind === "words" || (frame.event.kind === "reply" && !!frame.event.words))
  );
}

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));

/** Mulberry32: the same races on every run, as far as the machine allows. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
