import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { WebSocket } from "ws";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { dialled, frameIn, unlessFault } from "./frames.ts";
import { type Good, type Served, serve, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { percentile, type Spread, spread } from "./statistics.ts";

const ROUNDS = 5;
const BUYERS = 160;
const WARM = 100;

/** Things a person asks for by a name that is no other's. */
const NAMED = ["Lumeko View 27 4K monitor", "Sorae Call B1 headset", "Lumeko Reach desk lamp in black"];

export interface FirstFigures {
  readonly buyers: number;
  /**
   * From sending the first message of a session, typed or in words, to its typed offer, in milliseconds: of each of the
   * rounds, and the middle one of these.
   */
  readonly p50_ms: Spread;
  readonly p99_ms: Spread;
  readonly typed_p99_ms: Spread;
  readonly words_p99_ms: Spread;
  /** In the same rounds: the bytes to and from a server that only parses and prints them. */
  readonly echo_p99_ms: Spread;
  /** And what one write takes to be on this disk, of which an offer needs one. */
  readonly fsync_p50_ms: Spread;
  readonly fsync_p99_ms: Spread;
  readonly without_offer: number;
}

export async function firstFigures(): Promise<FirstFigures> {
  const folder = temporary();
  const vendor = join(folder.path, "vendor");
  const goods = stockedVendor(vendor);
  const env = { PARLEY_HOME: join(folder.path, "home"), PARLEY_VENDOR: vendor };
  const gateway = await startGateway(env);
  const sizes = { in: 0, out: 0 };
  let echo: Served | undefined;
  try {
    await inTurns(WARM, (i) => firstOffer(gateway.ws, goods, i, sizes));
    const sized = [String(sizes.in), String(sizes.out)];
    echo = await serve(join(import.meta.dirname, "echo-server.ts"), sized);
    const { ws } = echo;
    const text = JSON.stringify({ note: "x".repeat(Math.max(0, sizes.in - 11)) });
    await inTurns(WARM, () => echoed(ws, text));
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        offers: await inTurns(BUYERS, (i) => firstOffer(gateway.ws, goods, i, sizes)),
        echoes: await inTurns(BUYERS, () => echoed(ws, text)),
        fsyncs: written(join(folder.path, "fsyncs"), BUYERS),
      });
    }
    return summary(rounds);
  } finally {
    await echo?.stop();
    await gateway.stop();
    folder.remove();
  }
}

export function firstFailures({ p99_ms, without_offer }: FirstFigures): string[] {
  const { median } = p99_ms;
  return [
    ...(median <= 20 ? [] : [`the first offer takes ${median} ms at the 99th percentile, more than 20`]),
    ...(without_offer === 0 ? [] : [`${without_offer} first messages got no offer`]),
  ];
}

interface Round {
  /** Null: the reply held no offer. Even ones were typed, odd ones said. */
  readonly offers: readonly (number | null)[];
  readonly echoes: readonly number[];
  readonly fsyncs: readonly number[];
}

function summary(rounds: readonly Round[]): FirstFigures {
  const of = (percent: number, times: (round: Round) => readonly (number | null)[]) =>
    spread(
      rounds.map((round) =>
        percentile(
          times(round).filter((ms) => ms !== null),
          percent,
        ),
      ),
      2,
    );
  const every = (odd: number) => (round: Round) => round.offers.filter((_, i) => i % 2 === odd);
  return {
    buyers: ROUNDS * BUYERS,
    p50_ms: of(50, ({ offers }) => offers),
    p99_ms: of(99, ({ offers }) => offers),
    typed_p99_ms: of(99, every(0)),
    words_p99_ms: of(99, every(1)),
    echo_p99_ms: of(99, ({ echoes }) => echoes),
    fsync_p50_ms: of(50, ({ fsyncs }) => fsyncs),
    fsync_p99_ms: of(99, ({ fsyncs }) => fsyncs),
    without_offer: rounds.flatMap(({ offers }) => offers).filter((ms) => ms === null).length,
  };
}

/** Milliseconds of so many writes of a page, each on disk before the next. */
function written(path: string, times: number): number[] {
  const file = openSync(path, "w");
  const page = Buffer.alloc(4_096);
  const took = Array.from({ length: times }, () => {
    writeSync(file, page);
    const began = performance.now();
    fdatasyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  return took;
}

/** One buyer after another: what many at once wait for each other is measured by the crowd. */
async function inTurns<T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) results.push(await work(i));
  return results;
}

/** Every second buyer types its wish; the others say it, over a chat that streams. Null: the reply held no offer. */
async function firstOffer(
  url: string,
  goods: readonly Good[],
  i: number,
  sizes: { in: number; out: number },
): Promise<number | null> {
  const { sku = "" } = goods[(i * 7) % goods.length] ?? {};
  const typed = i % 2 === 0;
  const socket = await dialled(url);
  const hello = typed ? { channel: "agent" } : { channel: "chat", kind: "person", stream: true };
  socket.send(JSON.stringify({ type: "hello", lang: "en", currency: "USD", ...hello }));
  await answer(socket, (frame) => frame.type === "welcome");
  const wish = typed
    ? { act: { act: "propose", lines: [{ item: { sku }, quantity: 2 }] } }
    : { text: `I'd like two of the ${NAMED[(i >> 1) % NAMED.length]}, please.` };
  const text = JSON.stringify({ type: "say", id: "m1", ...wish });
  const began = performance.now();
  socket.send(text);
  const { frame, bytes } = await answer(socket, isReply);
  const ms = performance.now() - began;
  socket.close();
  sizes.in = Math.max(sizes.in, text.length);
  sizes.out = Math.max(sizes.out, bytes);
  const offers = frame.type === "event" && frame.event.kind === "reply" ? frame.event.move.offers : [];
  return offers.length > 0 ? ms : null;
}

function isReply(frame: ServerFrame): boolean {
  const heard = unlessFault(frame);
  return heard.type === "event" && heard.event.kind === "reply";
}

async function echoed(url: string, text: string): Promise<number> {
  const socket = await dialled(url);
  const began = performance.now();
  socket.send(text);
  await answer(socket, () => true);
  const ms = performance.now() - began;
  socket.close();
  return ms;
}

function answer(
  socket: WebSocket,
  fits: (frame: ServerFrame) => boolean,
): Promise<{ frame: ServerFrame; bytes: number }> {
  return new Promise((done, failed) => {
    const hear = (data: Buffer) => {
      try {
        const frame = frameIn(data);
        if (!fits(frame)) return;
        socket.off("message", hear);
        done({ frame, bytes: data.length });
      } catch (error) {
        failed(error);
      }
    };
    socket.on("message", hear);
    socket.once("close", (code) => failed(new Error(`the socket was closed with ${code}`)));
  });
}
