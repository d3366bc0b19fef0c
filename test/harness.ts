import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WebSocket } from "ws";
import type { Event } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";

const MAIN = resolve(import.meta.dirname, "../src/app/main.ts");

export interface RunningGateway {
  readonly url: string;
  readonly ws: string;
  readonly home: string;
  readonly process: ChildProcess;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** SIGTERM, and waits for the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
  /** Removes its home; for the end of a test. */
  remove(): void;
}

/** Starts the real gateway as a process of its own, on a free port, in a home of its own unless one is given. */
export async function startGateway(env: Record<string, string> = {}): Promise<RunningGateway> {
  const home = env.PARLEY_HOME ?? mkdtempSync(join(tmpdir(), "parley-test-"));
  const child = spawn(process.execPath, [MAIN, "start"], {
    env: { ...process.env, PARLEY_PORT: "0", PARLEY_LOG_LEVEL: "warn", ...env, PARLEY_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const ws = await new Promise<string>((found, failed) => {
    const read = (chunk: Buffer) => {
      written += chunk;
      const match = /ws:\/\/[\w.:[\]-]+\/v1\/ws/.exec(written);
      if (match && written.includes("npm run talk")) found(match[0]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => failed(new Error(`the gateway ended with ${code}:\n${written}`)));
  });
  return {
    ws,
    url: ws.replace(/^ws/, "http").replace("/v1/ws", ""),
    home,
    process: child,
    output: () => written,
    stop: async () => {
      child.kill("SIGTERM");
      return exited;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;

/** A bare socket that keeps every frame: tests see the wire itself, not what a client makes of it. */
export class Peer {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: () => void = () => {};
  #next = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      this.frames.push(JSON.parse(String(data)) as ServerFrame);
      this.#wake();
    });
    socket.on("error", () => {});
    this.closed = new Promise((done) =>
      socket.on("close", (code, reason) => {
        done({ code, reason: String(reason) });
        this.#wake();
      }),
    );
  }

  /** Connects; `hello` is sent unless it is null. */
  static async open(
    url: string,
    hello: object | null = {},
    headers: Record<string, string> = {},
  ): Promise<Peer> {
    const socket = new WebSocket(url, "parley.v1", { headers });
    const peer = new Peer(socket);
    await new Promise((done, failed) => {
      socket.once("open", done);
      socket.once("error", failed);
    });
    if (hello) peer.send({ type: "hello", ...hello });
    return peer;
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame of this type that was not taken yet; waits up to `ms`. */
  async next<T extends ServerFrame["type"]>(type: T, ms = 15_000): Promise<FrameOf<T>> {
    return (await this.until((frame) => frame.type === type, type, ms)) as FrameOf<T>;
  }

  async until(fits: (frame: ServerFrame) => boolean, what: string, ms = 15_000): Promise<ServerFrame> {
    const end = Date.now() + ms;
    for (;;) {
      while (this.#next < this.frames.length) {
        const frame = this.frames[this.#next];
        this.#next += 1;
        if (frame && fits(frame)) return frame;
      }
      const left = end - Date.now();
      if (left <= 0 || this.socket.readyState > WebSocket.OPEN) {
        const last = JSON.stringify(this.frames.slice(-2)).slice(0, 1_500);
        throw new Error(`no ${what} came; the last frames were ${last}`);
      }
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, left);
        this.#wake = () => {
          clearTimeout(timer);
          wake();
        };
      });
    }
  }

  /** Sends a message and gives its reply event, or the fault that refused it. */
  async say(message: { id: string; text?: string; act?: object; lang?: string }) {
    this.send({ type: "say", ...message });
    const frame = await this.until(
      (each) =>
        (each.type === "event" && each.event.kind === "reply") ||
        (each.type === "fault" && each.id === message.id),
      `answer to ${message.id}`,
    );
    if (frame.type === "event" && frame.event.kind === "reply")
      return { seq: frame.seq, reply: frame.event, fault: null };
    if (frame.type === "fault") return { seq: 0, reply: null, fault: frame };
    throw new Error("unreachable");
  }

  close(): void {
    this.socket.close();
  }
}

export type ReplyEvent = Extract<Event, { kind: "reply" }>;
