import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Party } from "../domain/party.ts";
import { mayAs, principalOf, type Staff } from "../domain/staff.ts";
import { asFault, closeCode, decode, faultFrame } from "../protocol/codec.ts";
import type { ClientFrame, Hello, Renew } from "../protocol/frames.ts";
import { Entrance, type EntranceOptions } from "./entrance.ts";
import { rate } from "./feedback.ts";
import { Following, StaffFollowing, type Told } from "./following.ts";
import type { Gateway } from "./gateway.ts";
import { decideApproval } from "./orders.ts";
import { refused } from "./refused.ts";
import type { Session } from "./session.ts";
import { welcome } from "./welcome.ts";

/** What a wire does for a connection. None of these may throw. */
export interface Wire {
  /** `sent` is called once the text was handed to the network, or never will be. */
  send(text: string, sent?: () => void): void;
  close(code: number, reason: string): void;
  /** Bytes accepted but not yet handed to the network. */
  buffered(): number;
}

/** One peer on one socket, speaking `parley.v1`: hello first, then messages of one session at a time. */
export class Connection implements Told {
  readonly #gateway: Gateway;
  readonly #wire: Wire;
  readonly #entrance: Entrance;
  readonly #visit: EntranceOptions["visit"];
  /** Until it has said hello. */
  #timer: NodeJS.Timeout | null;
  #session: Session | null = null;
  /** The session that its watcher is in, and as whom it was counted there. */
  #watched: Session | null = null;
  #counted: Party["tier"] | "staff" = "staff";
  #role: Hello["role"] = "buyer";
  #staff: Staff | null = null;
  /** A hello being answered; never rejects. */
  #greeting: Promise<void> | null = null;
  #closed = false;
  /** This connection as its session sees it, once it has entered one. */
  #watcher: Following | null = null;

  constructor(gateway: Gateway, wire: Wire, options: EntranceOptions) {
    this.#gateway = gateway;
    this.#wire = wire;
    this.#entrance = new Entrance(gateway, options, this);
    this.#visit = options.visit;
    this.#timer = setTimeout(() => {
      this.fail(new Fault("hello_timeout", "no hello came; connect again and send one first"));
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
        this.#visit.message(Buffer.byteLength(text));
      }
      this.#handle(frame)?.catch((error: unknown) => this.#refuse(error, idOf(frame)));
    } catch (error) {
      this.#refuse(error, idOf(frame));
    }
  }

  /** The wire is gone. */
  gone(): void {
    this.#closed = true;
    this.#greeted();
    this.#entrance.left();
    this.#leave();
  }

  /** Ends the connection because of a fault of the wire itself. */
  fail(fault: Fault): void {
    this.#refuse(fault, undefined);
  }

  /** Asks the peer to come back later, elsewhere or here. */
  reconnect(after_ms: number): void {
    this.#gateway.house.meter.reconnect();
    this.tell(JSON.stringify({ type: "reconnect", after_ms }));
  }

  /** A slow reader loses deltas first: the `words` event has them all. */
  spare(text: string): void {
    if (this.#wire.buffered() > BOUNDS.send_buffer_bytes / 4) this.#gateway.house.meter.droppedDelta();
    else this.tell(text);
  }

  #handle(frame: ClientFrame): Promise<void> | undefined {
    if (this.#closed) return undefined;
    if (frame.type === "ping") {
      this.tell(JSON.stringify({ type: "pong", ...(frame.id === undefined ? {} : { id: frame.id }) }));
      return undefined;
    }
    // What was sent behind a hello without waiting for its welcome waits here.
    if (this.#greeting) return this.#greeting.then(() => this.#handle(frame));
    if (frame.type === "hello") return this.#hello(frame);
    if (!this.#session) {
      this.fail(new Fault("hello_required", "say hello first"));
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
      case "feedback":
        this.#mustBeBuyer();
        return rate(this.#session, this.#gateway.house, frame).then(() => {});
      case "renew":
        return this.#renew(frame);
      case "bye":
        this.#leave();
        this.#session = null;
        this.#entrance.exit();
        return undefined;
    }
  }

  #hello(hello: Hello): Promise<void> {
    if (this.#session) {
      throw new Fault("session_open", "this connection is in a session; send `bye` before another hello");
    }
    const greeted = this.#enter(hello);
    const done = () => {
      this.#greeting = null;
    };
    this.#greeting = greeted.then(done, done);
    return greeted;
  }

  async #enter(hello: Hello): Promise<void> {
    const { session, after, secret, resumed, failed, staff } = await this.#entrance.enter(hello);
    if (this.#closed) return;
    if (hello.role === "buyer" && hello.resume) this.#gateway.house.meter.resume(failed ?? "resumed");
    if (failed) {
      const { epoch } = this.#gateway.house.store;
      const at = { session: session.id, epoch, seq: session.state.seq };
      this.tell(JSON.stringify({ type: "resume_failed", reason: failed, ...at }));
    }
    this.#greeted();
    this.#role = hello.role;
    this.#staff = staff ?? null;
    try {
      await this.#catchUp(session, after, hello, { resumed, ...(secret ? { secret } : {}) });
    } catch (error) {
      // It was welcomed to a history that cannot be had now: it is in no session, and comes back for it.
      const fault = asFault(error);
      refused(this.#gateway.house, fault, "a message", { session: session.id });
      this.end(fault);
    }
  }

  /** Welcome, then the events after `after`, then live ones, with nothing lost or doubled between. */
  async #catchUp(
    session: Session,
    after: number,
    hello: Hello,
    told: { resumed: boolean; secret?: string },
  ): Promise<void> {
    const staff = hello.role === "buyer" ? null : new StaffFollowing(this, hello.stream);
    this.#watcher = staff ?? new Following(this, hello.stream);
    session.watch(this.#watcher);
    this.#watched = session;
    this.#counted = staff ? "staff" : session.state.party.tier;
    this.#gateway.house.meter.peers(this.#counted, 1);
    const upTo = session.state.seq;
    const { messages_per_minute } = this.#visit;
    this.tell(JSON.stringify(welcome(this.#gateway, session, told, upTo, messages_per_minute)));
    for (let seq = after; seq < upTo && !this.#closed; ) {
      const page = await this.#gateway.house.store.read(session.id, seq, BOUNDS.page_events);
      if (page.length === 0) break;
      for (const item of page) {
        if (item.seq > upTo) break;
        await this.#feed(`{"type":"event","seq":${item.seq},"event":${item.json}}`);
      }
      seq = page.at(-1)?.seq ?? upTo;
    }
    if (staff) await staff.past(this.#gateway.house.store, session.id);
    this.#session = session;
    this.#watcher.live();
  }

  /** Sends a piece of history as fast as the peer reads: it asked for it, so a long log makes nobody a slow reader. */
  async #feed(text: string): Promise<void> {
    if (this.#wire.buffered() < BOUNDS.send_buffer_bytes / 4) this.tell(text);
    else await new Promise<void>((sent) => this.tell(text, sent));
  }

  async #say(session: Session, frame: Extract<ClientFrame, { type: "say" }>): Promise<void> {
    this.#mustBeBuyer();
    const { type: _, ...message } = frame;
    const helped = message.act === undefined && this.#visit.mayAsk();
    const receipt = await session.submit(message, this.#watcher, { helped });
    if (receipt.duplicate) {
      this.tell(JSON.stringify({ type: "ack", id: frame.id, seq: receipt.seq, duplicate: true }));
    }
  }

  #leave(): void {
    if (!this.#watched || !this.#watcher) return;
    this.#watched.unwatch(this.#watcher);
    this.#watched = null;
    this.#gateway.house.meter.peers(this.#counted, -1);
  }

  #greeted(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #mustBeBuyer(): void {
    if (this.#role !== "buyer")
      throw new Fault("forbidden", "staff watch and decide; they do not speak as the buyer");
  }

  async #decide(frame: Extract<ClientFrame, { type: "decide" }>): Promise<void> {
    const { vendor } = this.#gateway.house.policy();
    if (this.#role !== "operator" || !this.#staff || !mayAs(vendor.approve_as, this.#staff))
      throw new Fault("forbidden", "only an operator may decide an approval", {
        detail: { needs: vendor.approve_as },
      });
    await decideApproval(this.#gateway, frame.intent, frame, principalOf(this.#staff));
  }

  async #renew({ id, key }: Renew): Promise<void> {
    const until = await this.#entrance.renew(key);
    this.tell(JSON.stringify({ type: "renewed", id, until }));
  }

  #refuse(error: unknown, id: string | undefined): void {
    const fault = asFault(error);
    refused(this.#gateway.house, fault, "a message", { session: this.#session?.id, message: id });
    if (closeCode(fault.code) !== null) this.end(fault, id);
    else this.tell(faultFrame(fault, id));
  }

  end(fault: Fault, id?: string): void {
    if (this.#closed) return;
    this.tell(faultFrame(fault, id));
    this.#wire.close(closeCode(fault.code) ?? 1011, fault.code);
    this.gone();
  }

  tell(text: string, sent?: () => void): void {
    if (!this.#closed && this.#wire.buffered() > BOUNDS.send_buffer_bytes) {
      this.gone();
      this.#gateway.house.meter.fault("slow_reader");
      this.#wire.close(closeCode("slow_reader") ?? 1011, "slow_reader");
    }
    if (this.#closed) sent?.();
    else this.#wire.send(text, sent);
  }
}

function idOf(frame: ClientFrame | undefined): string | undefined {
  return frame && "id" in frame ? frame.id : undefined;
}
