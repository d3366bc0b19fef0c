import type { z } from "zod";
import type { Act } from "../domain/act.ts";
import type { Numbered } from "../domain/event.ts";
import { ParleyFault } from "./codes.ts";
import { Emitter } from "./emitter.ts";
import type { Hello, Resume, ServerFrame, Welcome } from "./frames.ts";
import { History } from "./history.ts";
import { type Keep, keepSession, kept } from "./keeping.ts";
import { Link, type LinkState, type SocketClass } from "./link.ts";
import { Pending, type Reply, type SayFrame } from "./pending.ts";

/** What it takes to go on with a session later, from anywhere: whoever has it, has the session. */
export type Credentials = Resume;

export interface ConnectOptions {
  /** `ws://host/v1/ws` or `wss://...`. */
  readonly url: string | URL;
  readonly lang?: Hello["lang"];
  readonly channel?: Hello["channel"];
  readonly kind?: Hello["kind"];
  readonly currency?: string;
  readonly shipTo?: z.input<typeof Hello>["ship_to"];
  readonly key?: string;
  /** Words come piece by piece as `delta`, and their end as a `words` event. */
  readonly stream?: boolean;
  /** Goes on with this session; `seq: 0` asks for its whole log. */
  readonly resume?: Credentials;
  /** Keeps the session over page loads (`sessionStorage`); its whole log is then read again. */
  readonly storage?: Keep;
  /** The global one when absent. */
  readonly WebSocket?: SocketClass;
  /** Failed attempts in a row after which it gives up; never when absent. */
  readonly attempts?: number;
}

export interface ClientEvents {
  welcome: Welcome;
  /** Every event once, in order of `seq`. One's own message comes as `ack`, unless it was missed and read again. */
  event: Numbered;
  ack: { readonly seq: number; readonly message: SayFrame };
  delta: { readonly re: number; readonly n: number; readonly text: string };
  /** Something to say on a voice channel while the answer to the message `id` is being made. */
  filler: { readonly id: string; readonly speech: string };
  state: LinkState;
  /** What no promise of `say` or `act` is rejected with. After one with the state `closed`, this client is at its end. */
  fault: ParleyFault;
  /** The log held so far is void and was dropped; the right one follows. */
  resume_failed: Extract<ServerFrame, { type: "resume_failed" }>;
}

/** Opens or resumes a session with a Parley gateway. For Node >= 22 and browsers. */
export function connect(options: ConnectOptions): Client {
  return new Client(options);
}

/**
 * One session over however many sockets it takes. Nothing said is lost or doubled: ids are kept until there is an
 * answer, missed events are read again, doubled ones dropped. Made by `connect`.
 */
export class Client {
  /** The first welcome. Rejects when there never is one. */
  readonly opened: Promise<Welcome>;
  readonly #opened = Promise.withResolvers<Welcome>();
  readonly #options: ConnectOptions;
  readonly #link: Link;
  readonly #pending = new Pending();
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #history = new History();
  #credentials: Credentials | null;
  #stored: boolean;
  #welcome: Welcome | null = null;
  /** Greeted on this socket, and how far the log went then. */
  #greeted: number | null = null;
  #replaced = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.opened = this.#opened.promise;
    this.opened.catch(() => {});
    const stored = options.resume ? null : kept(options.storage, options.url);
    this.#stored = stored !== null;
    this.#credentials = options.resume ?? stored;
    this.#link = new Link({
      url: String(options.url),
      WebSocket: options.WebSocket ?? WebSocket,
      attempts: options.attempts ?? Number.POSITIVE_INFINITY,
      hello: () => this.#hello(),
      frame: (frame) => this.#frame(frame),
      state: (state) => {
        this.#emitter.emit("state", state);
        if (state === "closed") this.#history.end();
      },
      over: (fault) => this.#over(fault),
    });
  }

  get state(): LinkState {
    return this.#link.state;
  }

  /** Language, currency, bounds and rounds of the session, once it is open. */
  get welcome(): Welcome | null {
    return this.#welcome;
  }

  /** To be kept where only the session's owner reads it; null before the first welcome. */
  get credentials(): Credentials | null {
    return this.#credentials;
  }

  /** The events so far, without those of before `resume.seq` and one's own messages that were acked. */
  get log(): readonly Numbered[] {
    return this.#history.log;
  }

  /** `log`, and what comes after it, until the client is closed; from the beginning again after a `resume_failed`. */
  get events(): AsyncIterable<Numbered> {
    return this.#history.read();
  }

  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  /** Says something in words. Resolves with the finished reply; rejects with the `ParleyFault` that refused it. */
  say(text: string): Promise<Reply> {
    return this.#send({ type: "say", id: newId(), text });
  }

  /** Says something as a typed act: as `say`, but it needs no reading. */
  act(act: z.input<typeof Act>): Promise<Reply> {
    return this.#send({ type: "say", id: newId(), act });
  }

  /** Barge-in: stops the words on their way, or tells that of a finished reply `heard` characters were heard. */
  cancel(heard: number, of?: number): void {
    if (this.state !== "open") return;
    this.#link.send({ type: "cancel", id: newId(), heard, ...(of === undefined ? {} : { of }) });
  }

  /** Leaves; the session itself stays open and may be resumed. What is still unanswered is rejected. */
  close(): void {
    this.#link.close();
    this.#fail(new ParleyFault("closed", "this client was closed", false));
  }

  #send(frame: SayFrame): Promise<Reply> {
    if (this.state === "closed")
      return Promise.reject(new ParleyFault("closed", "this client was closed", false));
    const reply = this.#pending.add(frame);
    if (this.state === "open") this.#link.send(frame);
    return reply;
  }

  #hello(): z.input<typeof Hello> {
    this.#greeted = null;
    const { lang, channel, kind, currency, shipTo, key, stream } = this.#options;
    const told = { lang, channel, kind, currency, ship_to: shipTo, key, stream };
    return { type: "hello", ...told, ...(this.#credentials ? { resume: this.#credentials } : {}) };
  }

  #frame(frame: ServerFrame): void {
    if (frame.type === "event") this.#event(frame);
    else if (frame.type === "ack") this.#ack(frame);
    else if (frame.type === "delta") this.#emitter.emit("delta", frame);
    else if (frame.type === "filler") this.#emitter.emit("filler", frame);
    else if (frame.type === "fault") this.#fault(frame);
    else if (frame.type === "welcome") this.#greet(frame);
    else if (frame.type === "resume_failed") this.#forget(frame);
    else if (frame.type === "reconnect") this.#link.leaveAfter(frame.after_ms);
  }

  #greet(welcome: Welcome): void {
    const { session, epoch, secret } = welcome;
    const before = this.#credentials;
    // A new session's own `opened` is told by the welcome; a void log begins again.
    const seq = this.#replaced ? 0 : (before?.seq ?? welcome.seq);
    this.#replaced = false;
    this.#credentials = { session, epoch, secret: secret ?? before?.secret ?? "", seq };
    keepSession(this.#options.storage, this.#options.url, this.#credentials);
    this.#welcome = welcome;
    this.#greeted = welcome.seq;
    this.#opened.resolve(welcome);
    this.#emitter.emit("welcome", welcome);
    this.#settle();
  }

  /** Once all that was missed is here, what is not in it was never heard: it is said (again). */
  #settle(): void {
    if (this.state === "open" || this.#greeted === null || this.#seq < this.#greeted) return;
    this.#link.settled(this.#welcome?.bounds.heartbeat_ms ?? 25_000);
    for (const frame of this.#pending.unacked()) this.#link.send(frame);
  }

  #event({ seq, event }: Numbered): void {
    if (!this.#advance(seq)) return;
    const numbered = { seq, event };
    this.#history.push(numbered);
    if (event.kind === "closed") keepSession(this.#options.storage, this.#options.url, null);
    this.#pending.event(numbered);
    this.#emitter.emit("event", numbered);
    this.#settle();
  }

  #ack({ id, seq, duplicate }: Extract<ServerFrame, { type: "ack" }>): void {
    if (!duplicate && !this.#advance(seq)) return;
    const message = this.#pending.acked(id, seq);
    if (message) this.#emitter.emit("ack", { seq, message });
    // A duplicate's reply came before its ack, when it came at all.
    if (duplicate) for (const numbered of this.log) if (numbered.seq > seq) this.#pending.event(numbered);
  }

  /** Moves on to event `seq`. False when it was here already, or when one before it is missing: then all is read again. */
  #advance(seq: number): boolean {
    if (!this.#credentials || seq <= this.#seq) return false;
    if (seq > this.#seq + 1) {
      this.#link.again();
      return false;
    }
    this.#credentials = { ...this.#credentials, seq };
    return true;
  }

  get #seq(): number {
    return this.#credentials?.seq ?? 0;
  }

  #forget(frame: ClientEvents["resume_failed"]): void {
    this.#replaced = true;
    this.#history.drop();
    this.#pending.forget();
    this.#emitter.emit("resume_failed", frame);
  }

  #fault({ id, code, message, retry, detail }: Extract<ServerFrame, { type: "fault" }>): void {
    const fault = new ParleyFault(code, message, retry, detail);
    if (id !== undefined && this.#pending.refused(id, fault)) return;
    if (this.#greeted !== null) this.#emitter.emit("fault", fault);
    else if (code === "unknown_session" && this.#stored) {
      // What the page kept is of no use any more: it gets a new session instead of an error for ever.
      keepSession(this.#options.storage, this.#options.url, null);
      this.#stored = false;
      this.#credentials = null;
      this.#link.again();
    } else if (retry) this.#link.again();
    else this.#link.fail(fault);
  }

  #over(fault: ParleyFault): void {
    this.#emitter.emit("fault", fault);
    this.#fail(fault);
  }

  #fail(fault: ParleyFault): void {
    this.#opened.reject(fault);
    this.#pending.fail(fault);
  }
}

/** `crypto.randomUUID` is missing on pages that came over plain HTTP. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
