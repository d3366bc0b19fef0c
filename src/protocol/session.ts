import type { z } from "zod";
import type { Numbered } from "../domain/event.ts";
import { ParleyFault } from "./codes.ts";
import type { AckFrame, ClientFrame, Hello as HelloFrame, Resume, ServerFrame, Welcome } from "./frames.ts";
import { type Keep, keepSession, kept } from "./keeping.ts";
import { type LinkState, openLink, type SocketClass } from "./link.ts";

/** `undefined` is left out of a frame. */
type Hello = { [Name in keyof Greeting]?: Greeting[Name] | undefined };
type Greeting = Omit<z.input<typeof HelloFrame>, "type" | "resume">;

export interface SessionOptions {
  readonly url: string;
  /** What `hello` says beside the session. Asked at every connection, and told whether the session is opened by it or gone on with. */
  hello(opening: boolean): Promise<Hello>;
  readonly resume?: Resume | undefined;
  readonly storage?: Keep | undefined;
  readonly WebSocket: SocketClass;
  readonly attempts: number;
}

/** What a session tells whoever made it. */
export interface SessionEvents {
  welcome: Welcome;
  /** Every event once, in order of `seq`. One's own message comes as `ack`, unless it was missed and read again. */
  event: Numbered;
  /** In the place of the event that a message became; a `duplicate` was told of as an event before. */
  ack: AckFrame;
  delta: Extract<ServerFrame, { type: "delta" }>;
  /** Something to say on a voice channel while the answer to the message `id` is being made. */
  filler: Extract<ServerFrame, { type: "filler" }>;
  /** With `open`, all that was missed was told: what is not known to be in the log is not in it, and is to be said (again). */
  state: LinkState;
  /** The frame `id` was refused. */
  refused: { readonly id: string; readonly fault: ParleyFault };
  /** No frame was refused, but something else. After one with the state `closed`, the session is at its end. */
  fault: ParleyFault;
  /** What was told so far is void; the right log follows. */
  resume_failed: Extract<ServerFrame, { type: "resume_failed" }>;
}
export type Tell = <Name extends keyof SessionEvents>(name: Name, value: SessionEvents[Name]) => void;

export interface Session {
  readonly state: LinkState;
  /** The last welcome. */
  readonly welcome: Welcome | null;
  readonly credentials: Resume | null;
  /** Comes back, or finds out about the socket, now. */
  wake(): void;
  /** Sent once, and only while the connection is open. */
  send(frame: ClientFrame): void;
  close(): void;
}

/**
 * One session over however many sockets it takes: missed events are read again, doubled ones dropped. What was said and not
 * acked is its owner's to say again, under the same id.
 */
export function openSession(options: SessionOptions, tell: Tell): Session {
  const { url, storage, WebSocket, attempts } = options;
  const stored = options.resume ? null : kept(storage, url);
  let credentials = options.resume ?? stored;
  let welcome: Welcome | null = null;
  /** How far the log went when this socket was greeted. */
  let greeted: number | null = null;
  let replaced = false;

  const keep = (now: Resume | null) => {
    credentials = now;
    keepSession(storage, url, now);
  };

  /** Moves on to event `seq`. False when it was here already, or when one before it is missing: then all is read again. */
  const advance = (seq: number) => {
    const next = (credentials?.seq ?? 0) + 1;
    if (seq > next) link.again();
    if (!credentials || seq !== next) return false;
    credentials = { ...credentials, seq };
    return true;
  };

  /** Open once all that was missed is here. */
  const settle = () => {
    if (welcome && greeted !== null && (credentials?.seq ?? 0) >= greeted && link.state !== "open")
      link.settled(welcome.bounds.heartbeat_ms);
  };

  const fault = ({ id, code, message, retry, detail }: Extract<ServerFrame, { type: "fault" }>) => {
    const fault = new ParleyFault(code, message, retry, detail);
    if (id !== undefined) tell("refused", { id, fault });
    else if (greeted !== null) tell("fault", fault);
    else if (code === "unknown_session" && stored && credentials?.session === stored.session) {
      // What the page kept is of no use any more: it gets a new session instead of an error for ever.
      keep(null);
      link.again();
    } else if (retry) link.again();
    else link.fail(fault);
  };

  const receive = (frame: ServerFrame) => {
    switch (frame.type) {
      case "welcome": {
        const { session, epoch, secret = credentials?.secret ?? "" } = frame;
        // A new session's own `opened` is told by the welcome; a void log begins again.
        const seq = replaced ? 0 : (credentials?.seq ?? frame.seq);
        replaced = false;
        keep({ session, epoch, secret, seq });
        welcome = frame;
        greeted = frame.seq;
        tell("welcome", frame);
        return settle();
      }
      case "event": {
        const { seq, event } = frame;
        if (!advance(seq)) return;
        if (event.kind === "closed") keepSession(storage, url, null);
        tell("event", { seq, event });
        return settle();
      }
      case "ack":
        if (frame.duplicate || advance(frame.seq)) tell("ack", frame);
        return;
      case "fault":
        return fault(frame);
      case "reconnect":
        return link.leaveAfter(frame.after_ms);
      case "resume_failed":
        replaced = true;
        return tell("resume_failed", frame);
      case "delta":
      case "filler":
        return tell(frame.type, frame);
    }
  };

  const link = openLink({
    ...{ url, WebSocket, attempts },
    hello: async () => {
      greeted = null;
      return {
        type: "hello",
        ...(await options.hello(!credentials)),
        ...(credentials && { resume: credentials }),
      };
    },
    frame: receive,
    state: (state) => tell("state", state),
    over: (why) => tell("fault", why),
  });
  return {
    get state() {
      return link.state;
    },
    get welcome() {
      return welcome;
    },
    get credentials() {
      return credentials;
    },
    wake: link.wake,
    send: (frame) => {
      if (link.state === "open") link.send(frame);
    },
    close: link.close,
  };
}
