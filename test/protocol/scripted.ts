import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** One socket of the scripted gateway: what came in, and what the script lets out. */
export interface Peer {
  readonly n: number;
  next(): Promise<Record<string, unknown>>;
  send(...frames: object[]): void;
  close(code: number, reason?: string): void;
  cut(): void;
}

/** A gateway that follows a script, on a free port: `script` runs once a connection, in order. */
export async function scripted(script: (peer: Peer) => Promise<void>) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "parley.v1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const hellos: Record<string, unknown>[] = [];
  const failures: unknown[] = [];
  let connections = 0;
  server.on("connection", (socket) => {
    connections += 1;
    const peer = peerOf(socket, connections, hellos);
    script(peer).catch((error) => failures.push(error));
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/ws`,
    hellos,
    failures,
    get connections() {
      return connections;
    },
    close: () => {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function peerOf(socket: WebSocket, n: number, hellos: Record<string, unknown>[]): Peer {
  const came: Record<string, unknown>[] = [];
  let wake = () => {};
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data));
    if (frame.type === "hello") hellos.push(frame);
    came.push(frame);
    wake();
  });
  return {
    n,
    next: async () => {
      while (came.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return came.shift() ?? {};
    },
    send: (...frames) => {
      for (const frame of frames) socket.send(JSON.stringify(frame));
    },
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
  };
}

const at = "2026-07-01T09:00:00.000Z";
const words = (text: string) => ({ lang: "en", text, speech: text, reprompt: "Anything else?" });
const move = {
  act: "inform",
  reasons: [],
  proposal: null,
  answers: [],
  results: [],
  offers: [],
  readback: null,
  intents: [],
  ask: null,
  choices: [],
  round: { n: 0, of: 0 },
  citations: [],
};

export function welcome(seq: number, more: object = {}) {
  return {
    type: "welcome",
    session: "ses_1",
    epoch: "first",
    seq,
    resumed: false,
    lang: "en",
    currency: "USD",
    vendor: { id: "demo", name: { en: "Demo" }, languages: ["en", "ko"], currencies: ["USD"] },
    bounds: {
      frame_bytes: 65536,
      text_chars: 4000,
      offers: 3,
      lines: 20,
      queued: 16,
      unanswered_orders: 20,
      messages_per_minute: 1200,
      heartbeat_ms: 25000,
      rounds: 10,
    },
    ...more,
  };
}

export function said(seq: number, id: unknown, text: string) {
  const reading = { lang: "en", acts: [], confidence: 1 };
  return { type: "event", seq, event: { kind: "message", at, message: { id, text }, reading } };
}

export function replied(seq: number, text?: string) {
  const event = { kind: "reply", at, re: seq - 1, move, ...(text ? { words: words(text) } : {}) };
  return { type: "event", seq, event };
}

export function worded(seq: number, of: number, text: string, interrupted = false) {
  return { type: "event", seq, event: { kind: "words", at, of, words: words(text), interrupted } };
}
