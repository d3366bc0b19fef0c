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
export interface Link {
  readonly state: LinkState;
  send(frame: object): void;
  /** The session is up: failures are counted anew, and a quiet gateway is pinged every `heartbeat_ms`. */
  settled(heartbeat_ms: number): void;
  /** Leaves this socket and comes back after a while, which grows with every attempt that did not settle. */
  again(): void;
  /** Does at once what was waited for: the next attempt, or a ping on a socket that may have died meanwhile. */
  wake(): void;
  /** The gateway is going away: leaves it after `ms`, or comes back after `ms` when it closes before. */
  leaveAfter(ms: number): void;
  /** For good. */
  close(): void;
  /** For good, and says why. */
  fail(fault: ParleyFault): void;
}

export function openLink(options: LinkOptions): Link {
  let socket: Socket | null = null;
  let state: LinkState = "connecting";
  let failed = 0;
  let heartbeat = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the gateway asked to come back, on the clock of `performance.now`; 0 when it did not. */
  let back = 0;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const turn = (now: LinkState) => {
    state = now;
    options.state(now);
  };
  const send = (frame: object) => socket?.send(JSON.stringify(frame));

  /** The one thing waited for: the next attempt, the end of this one, the next ping or its pong. */
  const after = (ms: number, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  /** This socket is given up after `ms`. */
  const giveUpAfter = (ms: number) => {
    const tried = socket;
    after(ms, () => lost(tried));
  };
  const ping = () => {
    send({ type: "ping" });
    giveUpAfter(PONG_MS);
  };
  /** A browser does not tell when a network died: something has to come now and then. */
  const listen = () => after(heartbeat, ping);

  /** The socket is left behind even when its closing handshake hangs. */
  const drop = () => {
    clearTimeout(timer);
    clearTimeout(leaving);
    back = 0;
    const left = socket;
    socket = null;
    left?.close(1000);
  };
  const close = () => {
    if (state === "closed") return;
    drop();
    turn("closed");
  };
  const fail = (fault: ParleyFault) => {
    if (state === "closed") return;
    close();
    options.over(fault);
  };
  const unreachable = (why: string, retry = false) => fail(new ParleyFault("unreachable", why, retry));

  const lost = (left: Socket | null, code = 1006, reason = "") => {
    if (!left || left !== socket) return;
    if (state === "connecting") failed += 1;
    const wait = back ? Math.max(0, back - performance.now()) : backoff(failed, Math.random);
    drop();
    if (!comesBack(code)) return unreachable(`the gateway closed with ${code} ${reason}`.trimEnd());
    if (failed >= options.attempts) return unreachable(`no connection to ${options.url}`, true);
    turn("waiting");
    after(wait, dial);
  };
  const again = () => lost(socket);

  const receive = (from: Socket, data: unknown) => {
    if (from !== socket) return;
    if (state === "open") listen();
    let frame: ServerFrame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return again();
    }
    options.frame(frame);
  };

  const dial = () => {
    turn("connecting");
    let fresh: Socket;
    try {
      fresh = new options.WebSocket(options.url, [PROTOCOL]);
    } catch (error) {
      return unreachable(`${options.url}: ${String(error)}`);
    }
    socket = fresh;
    giveUpAfter(CONNECT_MS);
    let opened = false;
    fresh.addEventListener("open", () => {
      opened = true;
      options.hello().then(
        (hello) => fresh === socket && send(hello),
        () => lost(fresh),
      );
    });
    fresh.addEventListener("message", ({ data }) => receive(fresh, data));
    fresh.addEventListener("close", ({ code, reason }) => lost(fresh, code, reason));
    // Once a socket is open, an error is followed by a close with a code that says more.
    fresh.addEventListener("error", () => opened || lost(fresh));
  };

  // Not at once, so that whoever made this can listen first.
  queueMicrotask(() => state !== "closed" && dial());
  return {
    get state() {
      return state;
    },
    ...{ send, again, close, fail },
    settled(heartbeat_ms) {
      failed = 0;
      heartbeat = heartbeat_ms;
      listen();
      turn("open");
    },
    wake() {
      if (state === "waiting") dial();
      else if (state === "open") ping();
    },
    leaveAfter(ms) {
      clearTimeout(leaving);
      back = performance.now() + ms;
      leaving = setTimeout(again, ms);
    },
  };
}
