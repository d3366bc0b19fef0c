import { expect } from "vitest";
import type { ServerFrame, Welcome } from "../../src/protocol/frames.ts";
import { Peer, type RunningGateway } from "../harness.ts";
import { newId } from "./buying.ts";

/** Two gateways of one vendor over one store, which a test may stop or kill and start anew. */
export interface Pair {
  a: RunningGateway;
  b: RunningGateway;
  /** Another one of the same two: in the place of one that was ended. */
  again(): Promise<RunningGateway>;
  close(): Promise<void>;
}

/** What a pair's store is, and how one of the two is started. */
export interface Nodes {
  start(env?: Readonly<Record<string, string>>): Promise<RunningGateway>;
  /** After both have ended. */
  remove(): Promise<void>;
}

export async function pairOf({ start, remove }: Nodes): Promise<Pair> {
  // At once, so that they also meet in what is made at a first start.
  const [a, b] = await Promise.all([start(), start()]);
  const started = new Set([a, b]);
  return {
    a,
    b,
    again: async () => {
      const node = await start();
      started.add(node);
      return node;
    },
    close: async () => {
      await Promise.all(
        [...started].filter((node) => node.process.exitCode === null).map((node) => node.stop()),
      );
      await remove();
    },
  };
}

export type Told = Pick<Welcome, "session" | "epoch"> & { readonly secret: string };

export async function opened(node: RunningGateway, hello: object = {}): Promise<{ peer: Peer; told: Told }> {
  const peer = await Peer.open(node.ws, hello);
  const { session, epoch, secret = "" } = await peer.next("welcome");
  return { peer, told: { session, epoch, secret } };
}

/** Another connection of the same buyer, that has read the log up to `seq`. */
export async function joined(node: RunningGateway, told: Told, seq = 0, more: object = {}): Promise<Peer> {
  const peer = await Peer.open(node.ws, { ...more, resume: { ...told, seq } });
  const welcome = await peer.next("welcome");
  expect(welcome.resumed).toBe(true);
  if (welcome.seq > seq)
    await peer.until((frame) => frame.type === "event" && frame.seq === welcome.seq, "the end of the log");
  return peer;
}

/** Sends an act; gives what the reply to it did, or the code of the fault, whatever else is heard meanwhile. */
export async function answered(peer: Peer, act: object): Promise<string> {
  const id = newId();
  peer.send({ type: "say", id, act });
  const first = await peer.until(
    (frame) => (frame.type === "ack" || frame.type === "fault") && frame.id === id,
    `the ack of ${id}`,
  );
  if (first.type !== "ack") return first.type === "fault" ? first.code : first.type;
  const { seq } = first;
  const reply = await peer.until(
    (frame) => frame.type === "event" && frame.event.kind === "reply" && frame.event.re === seq,
    `the reply to ${id}`,
  );
  return reply.type === "event" && reply.event.kind === "reply" ? reply.event.move.act : reply.type;
}

/** Sends messages, each again when it is refused for now, until event `last` is heard. */
export async function insisted(
  peer: Peer,
  messages: readonly { readonly id: string; readonly act: object }[],
  last: number,
): Promise<void> {
  const say = (message: object) => peer.send({ type: "say", ...message });
  for (const message of messages) say(message);
  let read = peer.frames.length;
  const heard = () => {
    for (const frame of peer.frames.slice(read))
      if (frame.type === "fault" && frame.retry) messages.filter(({ id }) => id === frame.id).forEach(say);
    read = peer.frames.length;
    return numbersOf(peer).at(-1);
  };
  await expect.poll(heard).toBe(last);
}

/** Numbers of the events that a connection was told of, in the order it was: an ack stands for its own. */
export function numbersOf({ frames }: Peer): number[] {
  return frames.flatMap((frame) =>
    frame.type === "event" || (frame.type === "ack" && !frame.duplicate) ? [frame.seq] : [],
  );
}

export function eventsOf({ frames }: Peer): Extract<ServerFrame, { type: "event" }>[] {
  return frames.flatMap((frame) => (frame.type === "event" ? [frame] : []));
}

/** The log as it stands, read over a connection of its own. */
export async function logOf(node: RunningGateway, told: Told) {
  const peer = await Peer.open(node.ws, { resume: { ...told, seq: 0 } });
  const { seq } = await peer.next("welcome");
  await expect.poll(() => numbersOf(peer).at(-1)).toBe(seq);
  peer.close();
  return eventsOf(peer);
}

export function upTo(last: number, from = 1): number[] {
  return Array.from({ length: last - from + 1 }, (_, i) => from + i);
}
