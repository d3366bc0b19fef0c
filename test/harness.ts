import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WebSocket } from "ws";
import { loadConfig } from "../src/app/config.ts";
import { openGateway as opened } from "../src/app/opened.ts";
import type { Event } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { demo } from "./demo.ts";

const MAIN = resolve(import.meta.dirname, "../src/app/main.ts");

/** A gateway that listens on a free port, in a home of its own unless one was given. */
export interface OpenGateway {
  readonly url: string;
  readonly ws: string;
  readonly home: string;
  /** Everything it wrote so far. */
  output(): string;
  /** Drains, and waits until everything is closed. */
  stop(): Promise<unknown>;
  /** Removes its home; for the end of a test. */
  remove(): void;
}

export interface RunningGateway extends OpenGateway {
  readonly process: ChildProcess;
  /** SIGTERM, and waits for the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
}

/**
 * Opens what `parley start` opens, in this process. A process of its own is for tests that kill one, signal one, watch one,
 * or have two of them meet.
 */
export async function openGateway(env: Record<string, string> = {}): Promise<OpenGateway> {
  const home = env.PARLEY_HOME ?? (await newHome(env.PARLEY_VENDOR === undefined));
  let written = "";
  const config = await loadConfig({ ...process.env, ...DEFAULTS, ...env, PARLEY_HOME: home });
  const { url, stop } = await opened(config, {
    write: (line) => {
      written += line;
    },
  });
  return {
    ...{ url, home, stop },
    ws: `${url.replace(/^http/, "ws")}/v1/ws`,
    output: () => written,
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

// On a busy machine a thread may take longer to begin than a search may take.
const DEFAULTS = { PARLEY_PORT: "0", PARLEY_LOG_LEVEL: "warn", PARLEY_SEARCH_MS: "30000" };

/** Starts the real gateway as a process of its own. */
export async function startGateway(env: Record<string, string> = {}): Promise<RunningGateway> {
  const home = env.PARLEY_HOME ?? (await newHome(env.PARLEY_VENDOR === undefined));
  const child = spawn(process.execPath, [MAIN, "start"], {
    env: { ...process.env, ...DEFAULTS, ...env, PARLEY_HOME: home },
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

/** Of the demo vendor's, the catalogue has the goods already: a start looks at what changed of them. */
async function newHome(demos: boolean): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "parley-test-"));
  if (demos) writeFileSync(join(home, "parley.db"), (await demo()).knowledge);
  return home;
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
  async next<T extends ServerFrame["type"]>(type: T, ms = 60_000): Promise<FrameOf<T>> {
    return (await this.until((frame) => frame.type === type, type, ms)) as FrameOf<T>;
  }

  async until(fits: (frame: ServerFrame) => boolean, what: string, ms = 60_000): Promise<ServerFrame> {
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
