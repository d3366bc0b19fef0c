import type { z } from "zod";
import type { Act } from "../domain/act.ts";
import type { Numbered } from "../domain/event.ts";
import { ParleyFault } from "./codes.ts";
import { Emitter } from "./emitter.ts";
import type { Hello, Resume, Welcome } from "./frames.ts";
import { History } from "./history.ts";
import { newId } from "./ids.ts";
import type { Keep } from "./keeping.ts";
import type { LinkState, SocketClass } from "./link.ts";
import { type Held, Pending, type Reply, type SayFrame } from "./pending.ts";
import { openSession, type Session, type SessionEvents } from "./session.ts";

/** What it takes to go on with a session later, from anywhere: whoever has it, has the session. */
export type Credentials = Resume;

export { newId };

export interface ConnectOptions {
  /** `ws://host/v1/ws` or `wss://...`. */
  readonly url: string | URL;
  readonly lang?: Hello["lang"];
  readonly channel?: Hello["channel"];
  readonly kind?: Hello["kind"];
  readonly currency?: string;
  readonly shipTo?: z.input<typeof Hello>["ship_to"];
  /**
   * An API key, an access token or a ticket. As a function it is asked at every connection, for one that is fresh, and told
   * whether the session is opened by it or gone on with; when it rejects, another attempt follows, as after a lost connection.
   */
  readonly key?: string | ((opening: boolean) => string | undefined | Promise<string | undefined>);
  /** An AP2 mandate with its key binding, for opening the session. */
  readonly mandate?: string;
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

/** As the session tells of them. `fault` is what no promise of `say` or `act` is rejected with. */
export interface ClientEvents extends Omit<SessionEvents, "ack" | "refused"> {
  /** One's own message, in the place of its event. */
  ack: { readonly seq: number; readonly message: SayFrame };
}

/** Opens or resumes a session with a Parley gateway. For Node >= 22 and browsers. */
export function connect(options: ConnectOptions): Client {
  return new Client(options);
}

/** A session for programs: with promises for what is said, listeners, and its log to read along. Made by `connect`. */
export class Client {
  /** The first welcome. Rejects when there never is one. */
  readonly opened: Promise<Welcome>;
  readonly #opened = Promise.withResolvers<Welcome>();
  readonly #session: Session;
  readonly #promised = new Map<string, PromiseWithResolvers<Reply | Held>>();
  readonly #pending = new Pending((id, answer) => this.#settled(id)?.resolve(answer));
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #history = new History(this);
  #log: Numbered[] = [];

  constructor(options: ConnectOptions) {
    this.opened = this.#opened.promise;
    this.opened.catch(() => {});
    const { url, lang, channel, kind, currency, shipTo, key, mandate, stream, resume, storage } = options;
    this.#session = openSession(
      {
        url: String(url),
        hello: async (opening) => ({
          ...{ lang, channel, kind, currency, ship_to: shipTo, stream },
          mandate: opening ? mandate : undefined,
          key: typeof key === "function" ? await key(opening) : key,
        }),
        ...{ resume, storage },
        WebSocket: options.WebSocket ?? WebSocket,
        attempts: options.attempts ?? Number.POSITIVE_INFINITY,
      },
      (name, value) => this.#told(name, value),
    );
  }

  get state(): LinkState {
    return this.#session.state;
  }

  /** Language, currency, bounds and rounds of the session, once it is open. */
  get welcome(): Welcome | null {
    return this.#session.welcome;
  }

  /** To be kept where only the session's owner reads it; null before the first welcome. */
  get credentials(): Credentials | null {
    return this.#session.credentials;
  }

  /** The events so far, without those of before `resume.seq` and one's own messages that were acked. */
  get log(): readonly Numbered[] {
    return this.#log;
  }

  /** `log`, and what comes after it, until the client is closed; from the beginning again after a `resume_failed`. */
  get events(): AsyncIterable<Numbered> {
    return this.#history.read();
  }

  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  /**
   * Says something in words. Resolves with the finished reply (`kind: "reply"`), or with its place in the log where a person of
   * the vendor's has the conversation (`kind: "held"`): no reply follows, and what the person says comes as `said`. Rejects
   * with the `ParleyFault` that refused it. Whoever keeps messages over page loads gives them an `id`: however often one is
   * said, it is heard once.
   */
  say(text: string, id = newId()): Promise<Reply | Held> {
    return this.#send({ type: "say", id, text });
  }

  /** Says something as a typed act: as `say`, but it needs no reading. */
  act(act: z.input<typeof Act>, id = newId()): Promise<Reply | Held> {
    return this.#send({ type: "say", id, act });
  }

  /** Something changed (a network is there, a page is looked at again): comes back, or finds out about the socket, now. */
  wake(): void {
    this.#session.wake();
  }

  /** Barge-in: stops the words on their way, or tells that of a finished reply `heard` characters were heard. */
  cancel(heard: number, of?: number): void {
    this.#session.send({ type: "cancel", id: newId(), heard, ...(of === undefined ? {} : { of }) });
  }

  /** What one thinks of reply `of`; a later word on it counts. Only while the connection is open. */
  feedback(of: number, helpful: boolean, note?: string): void {
    this.#session.send({
      type: "feedback",
      id: newId(),
      of,
      helpful,
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Shows a fresh access token before the old one ends; give the same from `key` from then on. */
  renew(key: string): void {
    this.#session.send({ type: "renew", id: newId(), key });
  }

  /** Leaves; the session itself stays open and may be resumed. What is still unanswered is rejected. */
  close(): void {
    this.#session.close();
    this.#fail(new ParleyFault("closed", "this client was closed", false));
  }

  #send(frame: SayFrame): Promise<Reply | Held> {
    if (this.state === "closed")
      return Promise.reject(new ParleyFault("closed", "this client was closed", false));
    const promised = Promise.withResolvers<Reply | Held>();
    this.#promised.set(frame.id, promised);
    this.#pending.add(frame);
    this.#session.send(frame);
    return promised.promise;
  }

  #told<Name extends keyof SessionEvents>(name: Name, value: SessionEvents[Name]): void {
    const told = { name, value } as Told;
    switch (told.name) {
      case "ack":
        this.#acked(told.value);
        break;
      case "refused":
        if (this.#pending.refused(told.value.id)) this.#settled(told.value.id)?.reject(told.value.fault);
        else this.#emitter.emit("fault", told.value.fault);
        break;
      case "event":
        this.#log.push(told.value);
        this.#pending.event(told.value);
        this.#emitter.emit("event", told.value);
        break;
      case "resume_failed":
        this.#log = [];
        this.#pending.forget();
        this.#emitter.emit("resume_failed", told.value);
        break;
      case "state":
        if (told.value === "open") for (const frame of this.#pending.unacked()) this.#session.send(frame);
        this.#emitter.emit("state", told.value);
        break;
      default:
        if (told.name === "welcome") this.#opened.resolve(told.value);
        this.#emitter.emit(told.name, told.value as never);
        if (told.name === "fault" && this.state === "closed") this.#fail(told.value);
    }
    this.#history.wake();
  }

  #acked({ id, seq, duplicate }: SessionEvents["ack"]): void {
    // A duplicate's reply came before its ack, when it came at all.
    const since = duplicate ? this.#log.filter((numbered) => numbered.seq > seq) : [];
    const message = this.#pending.acked(id, seq, since);
    if (message) this.#emitter.emit("ack", { seq, message });
  }

  #settled(id: string): PromiseWithResolvers<Reply | Held> | undefined {
    const promised = this.#promised.get(id);
    this.#promised.delete(id);
    return promised;
  }

  #fail(fault: ParleyFault): void {
    this.#opened.reject(fault);
    for (const id of [...this.#promised.keys()]) this.#settled(id)?.reject(fault);
  }
}

type Told = {
  [Name in keyof SessionEvents]: { name: Name; value: SessionEvents[Name] };
}[keyof SessionEvents];
