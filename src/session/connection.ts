import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Party } from "../domain/party.ts";
import type { Call } from "../domain/question.ts";
import type { TurnRecord } from "../ports/store.ts";
import { asFault, closeCode, decode, faultFrame } from "../protocol/codec.ts";
import type { ClientFrame, Hello } from "../protocol/frames.ts";
import { admit, bucket, type Door } from "./admission.ts";
import type { Gateway } from "./gateway.ts";
import { decideApproval } from "./orders.ts";
import type { Session } from "./session.ts";
import { callFrame, missed, staffFrame } from "./staff.ts";
import type { Watcher } from "./watcher.ts";
import { welcome } from "./welcome.ts";

/** What a wire does for a connection. None of these may throw. */
export interface Wire {
  /** `sent` is called once the text was handed to the network, or never will be. */
  send(text: string, sent?: () => void): void;
  close(code: number, reason: string): void;
  /** Bytes accepted but not yet handed to the network. */
  buffered(): number;
}

/** What a connection is made with besides its wire. */
export interface ConnectionOptions {
  readonly door: Door;
  /** A key that came with the upgrade request. */
  readonly key?: string | undefined;
  readonly messages_per_minute: number;
}

/** One peer on one socket, speaking `parley.v1`: hello first, then messages of one session at a time. */
export class Connection {
  readonly #gateway: Gateway;
  readonly #wire: Wire;
  readonly #options: ConnectionOptions;
  readonly #spend: () => void;
  readonly #timer: NodeJS.Timeout;
  #session: Session | null = null;
  #leave: (() => void) | null = null;
  #role: Hello["role"] = "buyer";
  /** A hello being answered; never rejects. */
  #greeting: Promise<void> | null = null;
  #closed = false;
  /** This connection as its session sees it, once it has entered one. */
  #watcher: Watcher | null = null;

  constructor(gateway: Gateway, wire: Wire, options: ConnectionOptions) {
    this.#gateway = gateway;
    this.#wire = wire;
    this.#options = options;
    this.#spend = bucket(options.messages_per_minute, () => performance.now());
    this.#timer = setTimeout(() => {
      this.#end(new Fault("hello_timeout", "no hello came; connect again and send one first"));
    }, BOUNDS.hello_ms).unref();
  }

  /** One text message from the peer. Never throws, never rejects: what fails becomes a fault frame. */
  receive(text: string): void {
    if (this.#closed) return;
    let frame: ClientFrame | undefined;
    try {
      try {
        frame = decode(text);
      } finally {
        // After reading, so that a refusal can name the message; what cannot be read is paid for all the same.
        this.#spend();
      }
      this.#handle(frame)?.catch((error: unknown) => this.#refuse(error, idOf(frame)));
    } catch (error) {
      this.#refuse(error, idOf(frame));
    }
  }

  /** The wire is gone. */
  gone(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#leave?.();
    this.#leave = null;
  }

  /** Ends the connection because of a fault of the wire itself. */
  fail(fault: Fault): void {
    this.#end(fault);
  }

  /** Asks the peer to come back later, elsewhere or here. */
  reconnect(after_ms: number): void {
    this.#send(JSON.stringify({ type: "reconnect", after_ms }));
  }

  #event(seq: number, frame: string, own: string | null): void {
    this.#send(own === null ? frame : `{"type":"ack","id":${JSON.stringify(own)},"seq":${seq}}`);
  }

  #delta(re: number, n: number, text: string): void {
    // A slow reader loses deltas first: the `words` event has them all.
    if (this.#wire.buffered() > BOUNDS.send_buffer_bytes / 4) return;
    this.#send(JSON.stringify({ type: "delta", re, n, text }));
  }

  #handle(frame: ClientFrame): Promise<void> | undefined {
    if (this.#closed) return undefined;
    if (frame.type === "ping") {
      this.#send(JSON.stringify({ type: "pong", ...(frame.id === undefined ? {} : { id: frame.id }) }));
      return undefined;
    }
    // What was sent behind a hello without waiting for its welcome waits here.
    if (this.#greeting) return this.#greeting.then(() => this.#handle(frame));
    if (frame.type === "hello") return this.#hello(frame);
    if (!this.#session) {
      this.#end(new Fault("hello_required", "say hello first"));
      return undefined;
    }
    switch (frame.type) {
      case "say":
        return this.#say(this.#session, frame);
      case "cancel":
        this.#mustBeBuyer();
        return this.#session.cancel(frame.of, frame.heard);
      case "decide":
        return this.#decide(frame);
      case "bye":
        this.#leave?.();
        this.#leave = null;
        this.#session = null;
        return undefined;
    }
  }

  #hello(hello: Hello): Promise<void> {
    if (this.#session) {
      throw new Fault("session_open", "this connection is in a session; send `bye` before another hello");
    }
    const party = admit(this.#options.door, hello.role, hello.key ?? this.#options.key, hello.kind);
    const greeted = this.#enter(hello, party);
    const done = () => {
      this.#greeting = null;
    };
    this.#greeting = greeted.then(done, done);
    return greeted;
  }

  async #enter(hello: Hello, party: Party): Promise<void> {
    let session: Session;
    let secret: string | undefined;
    let after = 0;
    let resumed = false;
    if (hello.role !== "buyer") {
      if (!hello.session) throw new Fault("bad_frame", "session: staff name the session they want to watch");
      session = await this.#gateway.find(hello.session);
    } else if (hello.resume) {
      const back = await this.#gateway.resume(hello.resume);
      session = back.session;
      resumed = back.failed === null;
      after = resumed ? hello.resume.seq : 0;
      if (back.failed) {
        const { epoch } = this.#gateway.house.store;
        const { seq } = session.state;
        this.#send(
          JSON.stringify({ type: "resume_failed", reason: back.failed, session: session.id, epoch, seq }),
        );
      }
    } else {
      const opened = await this.#gateway.open(hello, party);
      session = opened.session;
      secret = opened.secret;
      after = session.state.seq;
    }
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#role = hello.role;
    await this.#catchUp(session, after, hello, { resumed, ...(secret ? { secret } : {}) });
  }

  /** Welcome, then the events after `after`, then live ones, with nothing lost or doubled between. */
  async #catchUp(
    session: Session,
    after: number,
    hello: Hello,
    told: { resumed: boolean; secret?: string },
  ): Promise<void> {
    const waiting: (() => void)[] = [];
    let live = false;
    const inOrder = (send: () => void) => (live ? send() : void waiting.push(send));
    // What came while history was being read stands in both.
    const shown = { turns: 0, calls: 0 };
    const turnOf = (n: number, record: TurnRecord) => {
      if (n > shown.turns) this.#send(staffFrame(n, record));
      shown.turns = Math.max(n, shown.turns);
    };
    const callOf = (n: number, message: number, call: Call) => {
      if (n > shown.calls) this.#send(callFrame(message, call));
      shown.calls = Math.max(n, shown.calls);
    };
    const staff = hello.role !== "buyer";
    this.#watcher = {
      streams: hello.stream,
      event: (...args) => inOrder(() => this.#event(...args)),
      delta: (re, n, text) => live && this.#delta(re, n, text),
      filler: (id, speech) => live && this.#send(JSON.stringify({ type: "filler", id, speech })),
      ...(staff
        ? {
            staff: (n, record) => inOrder(() => turnOf(n, record)),
            call: (n, message, call) => inOrder(() => callOf(n, message, call)),
          }
        : {}),
    };
    this.#leave = session.watch(this.#watcher);
    const upTo = session.state.seq;
    const { messages_per_minute } = this.#options;
    this.#send(JSON.stringify(welcome(this.#gateway, session, told, upTo, messages_per_minute)));
    for (let seq = after; seq < upTo && !this.#closed; ) {
      const page = await this.#gateway.house.store.read(session.id, seq, BOUNDS.page_events);
      if (page.length === 0) break;
      for (const item of page) {
        if (item.seq > upTo) break;
        await this.#feed(`{"type":"event","seq":${item.seq},"event":${item.json}}`);
      }
      seq = page.at(-1)?.seq ?? upTo;
    }
    const { store } = this.#gateway.house;
    const [turns, calls] = staff
      ? await Promise.all([store.turns(session.id), store.calls(session.id)])
      : [[], []];
    for (const one of missed(turns, calls)) {
      if ("turn" in one) turnOf(one.n, one.turn);
      else callOf(one.n, one.message, one.call);
    }
    this.#session = session;
    for (const send of waiting) send();
    live = true;
  }

  /** Sends a piece of history as fast as the peer reads: it asked for it, so a long log makes nobody a slow reader. */
  async #feed(text: string): Promise<void> {
    if (this.#wire.buffered() < BOUNDS.send_buffer_bytes / 4) this.#send(text);
    else await new Promise<void>((sent) => this.#send(text, sent));
  }

  async #say(session: Session, frame: Extract<ClientFrame, { type: "say" }>): Promise<void> {
    this.#mustBeBuyer();
    const { type: _, ...message } = frame;
    const receipt = await session.submit(message, this.#watcher);
    if (receipt.duplicate) {
      this.#send(JSON.stringify({ type: "ack", id: frame.id, seq: receipt.seq, duplicate: true }));
    }
  }

  #mustBeBuyer(): void {
    if (this.#role !== "buyer")
      throw new Fault("forbidden", "staff watch and decide; they do not speak as the buyer");
  }

  async #decide(frame: Extract<ClientFrame, { type: "decide" }>): Promise<void> {
    if (this.#role !== "operator") throw new Fault("forbidden", "only an operator may decide an approval");
    await decideApproval(this.#gateway, frame.intent, frame);
  }

  #refuse(error: unknown, id: string | undefined): void {
    const fault = asFault(error);
    this.#gateway.house.meter.fault(fault.code);
    if (fault.cause !== undefined) {
      this.#gateway.house.log.warn({ code: fault.code, cause: String(fault.cause) }, "a message was refused");
    }
    if (closeCode(fault.code) !== null) this.#end(fault, id);
    else this.#send(faultFrame(fault, id));
  }

  #end(fault: Fault, id?: string): void {
    if (this.#closed) return;
    this.#send(faultFrame(fault, id));
    this.#wire.close(closeCode(fault.code) ?? 1011, fault.code);
    this.gone();
  }

  #send(text: string, sent?: () => void): void {
    if (!this.#closed && this.#wire.buffered() > BOUNDS.send_buffer_bytes) {
      this.gone();
      this.#wire.close(closeCode("slow_reader") ?? 1011, "slow_reader");
    }
    if (this.#closed) sent?.();
    else this.#wire.send(text, sent);
  }
}

function idOf(frame: ClientFrame | undefined): string | undefined {
  return frame && "id" in frame ? frame.id : undefined;
}
