import { backoff, comesBack, ParleyFault } from "./codes.ts";
import type { ServerFrame, SUBPROTOCOL } from "./frames.ts";

/** `connecting` until the gateway's welcome and all that was missed has come, `waiting` between two attempts. */
export type LinkState = "connecting" | "open" | "waiting" | "closed";

/** What is used of a WebSocket: the global one of browsers and Node, or the one of `ws`. */
export interface Socket {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { code: number; reason: string }) => void): void;
}
export type SocketClass = new (url: string, protocols: string[]) => Socket;

export interface LinkOptions {
  readonly url: string;
  readonly WebSocket: SocketClass;
  /** Failed attempts in a row after which it gives up. */
  readonly attempts: number;
  /** The first frame of every new socket. When there is none to be had now, that was an attempt. */
  hello(): Promise<object>;
  frame(frame: ServerFrame): void;
  state(state: LinkState): void;
  /** The end, for a reason that coming back does not mend. Not called after `close`. */
  over(fault: ParleyFault): void;
}

const PROTOCOL: typeof SUBPROTOCOL = "parley.v1";
/** How long connecting, greeting and catching up may take before another attempt is better. */
const CONNECT_MS = 20_000;
/** How long the answer to a ping may take. */
const PONG_MS = 10_000;

/** One WebSocket after another, so that there is always one, until it is closed or coming back cannot help. */
export class Link {
  readonly #options: LinkOptions;
  #socket: Socket | null = null;
  #state: LinkState | null = null;
  #failed = 0;
  #heartbeat_ms = 0;
  /** The one thing waited for: the next attempt, the end of this one, the next ping or its pong. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the gateway asked to come back, on the clock of `performance.now`. */
  #back: { at: number; timer: ReturnType<typeof setTimeout> } | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    // Not at once, so that whoever made this can listen first.
    queueMicrotask(() => this.#state === null && this.#dial());
  }

  get state(): LinkState {
    return this.#state ?? "connecting";
  }

  send(frame: object): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  /** The session is up: failures are counted anew, and a quiet gateway is pinged every `heartbeat_ms`. */
  settled(heartbeat_ms: number): void {
    this.#failed = 0;
    this.#heartbeat_ms = heartbeat_ms;
    this.#listen();
    this.#turn("open");
  }

  /** Leaves this socket and comes back after a while, which grows with every attempt that did not settle. */
  again(): void {
    this.#lost(this.#socket);
  }

  /** Does at once what was waited for: the next attempt, or a ping on a socket that may have died meanwhile. */
  wake(): void {
    if (this.#state === "waiting") {
      clearTimeout(this.#timer);
      this.#dial();
    } else if (this.#state === "open") this.#ping();
  }

  /** The gateway is going away: leaves it after `ms`, or comes back after `ms` when it closes before. */
  leaveAfter(ms: number): void {
    if (this.#back) clearTimeout(this.#back.timer);
    this.#back = { at: performance.now() + ms, timer: setTimeout(() => this.again(), ms) };
  }

  /** For good. */
  close(): void {
    if (this.#state === "closed") return;
    this.#drop();
    this.#turn("closed");
  }

  /** For good, and says why. */
  fail(fault: ParleyFault): void {
    if (this.#state === "closed") return;
    this.close();
    this.#options.over(fault);
  }

  #dial(): void {
    this.#turn("connecting");
    let socket: Socket;
    try {
      socket = new this.#options.WebSocket(this.#options.url, [PROTOCOL]);
    } catch (error) {
      this.fail(new ParleyFault("unreachable", `${this.#options.url}: ${String(error)}`, false));
      return;
    }
    this.#socket = socket;
    let opened = false;
    this.#timer = setTimeout(() => this.#lost(socket), CONNECT_MS);
    socket.addEventListener("open", () => {
      opened = true;
      this.#options.hello().then(
        (hello) => socket === this.#socket && this.send(hello),
        () => this.#lost(socket),
      );
    });
    socket.addEventListener("message", ({ data }) => this.#receive(socket, data));
    socket.addEventListener("close", ({ code, reason }) => this.#lost(socket, code, reason));
    // Once a socket is open, an error is followed by a close with a code that says more.
    socket.addEventListener("error", () => opened || this.#lost(socket));
  }

  #receive(socket: Socket, data: unknown): void {
    if (socket !== this.#socket) return;
    if (this.#state === "open") this.#listen();
    let frame: ServerFrame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      this.#lost(socket);
      return;
    }
    this.#options.frame(frame);
  }

  #lost(socket: Socket | null, code = 1006, reason = ""): void {
    if (socket === null || socket !== this.#socket) return;
    const back = this.#back;
    if (this.#state === "connecting") this.#failed += 1;
    this.#drop();
    if (!comesBack(code)) {
      this.fail(new ParleyFault("unreachable", `the gateway closed with ${code} ${reason}`.trimEnd(), false));
      return;
    }
    const wait = back ? Math.max(0, back.at - performance.now()) : backoff(this.#failed, Math.random);
    if (this.#failed >= this.#options.attempts) {
      this.fail(new ParleyFault("unreachable", `no connection to ${this.#options.url}`, true));
      return;
    }
    this.#turn("waiting");
    this.#timer = setTimeout(() => this.#dial(), wait);
  }

  /** A browser does not tell when a network died: something has to come now and then. */
  #listen(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ping(), this.#heartbeat_ms);
  }

  #ping(): void {
    const socket = this.#socket;
    clearTimeout(this.#timer);
    this.send({ type: "ping" });
    this.#timer = setTimeout(() => this.#lost(socket), PONG_MS);
  }

  /** The socket is left behind even when its closing handshake hangs. */
  #drop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#back?.timer);
    this.#back = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  #turn(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.state(state);
  }
}
