import type { Numbered } from "../../domain/event.ts";
import type { Lang } from "../../domain/text.ts";
import { ParleyFault } from "../../protocol/codes.ts";
import type { Welcome } from "../../protocol/frames.ts";
import { newId } from "../../protocol/ids.ts";
import { keepSession, kept } from "../../protocol/keeping.ts";
import { openSession, type Session, type SessionEvents } from "../../protocol/session.ts";
import { Outbox, type Unsent, type Utterance } from "./outbox.ts";
import { shelf } from "./shelf.ts";
import { Timeline } from "./timeline.ts";

export interface Wanted {
  /** The gateway's `wss://.../v1/ws`. */
  readonly src: string;
  readonly lang: Lang;
  readonly currency: string | undefined;
  /** An access token of who is signed in on the host page, asked for at every connection. */
  readonly token: (() => string | undefined | Promise<string | undefined>) | undefined;
}

/** What a conversation tells whoever shows it. */
export interface Hears {
  /** Something of it is different. */
  changed(): void;
  /** `replayed`: it was in the log before this page came. */
  event(numbered: Numbered, replayed: boolean): void;
  fault(fault: ParleyFault): void;
}

type Hearing = { [Name in keyof SessionEvents]?: (value: SessionEvents[Name]) => unknown };

/** Milliseconds until what could not be done is tried again, where nothing else is told. */
const AGAIN_MS = 2_000;

/**
 * One conversation as this page has it: what is in the log, what waits to be, and the one connection. The session's secret is in
 * `localStorage`, so that another tab and another day go on with it; what was said is not, it is read again from the gateway.
 */
export class Conversation {
  timeline = new Timeline();
  /** Why it is over for good, as a code; empty while it is not. */
  ended = "";
  /** The vendor lost the end of the log and went back to an earlier state of it. */
  restored = false;
  refused: { readonly unsent: Unsent; readonly fault: ParleyFault }[] = [];
  readonly #wanted: Wanted;
  readonly #hears: Hears;
  readonly #outbox: Outbox;
  readonly #left = new AbortController();
  #session: Session | null = null;
  /** What was said and is not yet in the log. Another tab may hear first that it is, and take it out of the outbox. */
  #sending: Unsent | null = null;
  /** The log went so far when this page came. */
  #before = 0;
  #ticket: string | undefined;

  constructor(wanted: Wanted, hears: Hears) {
    this.#wanted = wanted;
    this.#hears = hears;
    this.#outbox = new Outbox(wanted.src);
    const { signal } = this.#left;
    const wake = () => document.hidden || this.#session?.wake();
    addEventListener("online", wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
    addEventListener("storage", () => this.#stored(), { signal });
    void this.#start();
  }

  get state(): string {
    return this.#session?.state ?? "connecting";
  }

  get welcome(): Welcome | null {
    return this.#session?.welcome ?? null;
  }

  /** Typed and not yet in the log, in order. */
  get unsent(): readonly Unsent[] {
    return this.#outbox.all;
  }

  /** Written and not sent; kept as the outbox is. */
  get draft(): string {
    return shelf[`parley draft ${this.#wanted.src}`] ?? "";
  }

  set draft(text: string) {
    const key = `parley draft ${this.#wanted.src}`;
    if (text) shelf[key] = text;
    else delete shelf[key];
  }

  /** Keeps it until the log has it. After the end, it begins another conversation; or this one again, after a sign-in ended. */
  say(said: Utterance): void {
    this.#outbox.add(said);
    if (this.ended === "unauthorized") this.#again();
    else if (this.ended || this.timeline.closed) this.renew();
    this.#hears.changed();
    this.pump();
  }

  /** What the buyer thinks of reply `of`. */
  feedback(of: number, helpful: boolean): void {
    this.#session?.send({ type: "feedback", id: newId(), of, helpful });
  }

  /** Barge-in: of reply `of` this much was heard. */
  cancel(heard: number, of: number): void {
    this.#session?.send({ type: "cancel", id: newId(), heard, of });
  }

  /** A refused message is let go. */
  drop(dropped: Unsent): void {
    this.refused = this.refused.filter(({ unsent }) => unsent !== dropped);
    this.#hears.changed();
  }

  /** Deletes everything that was said, at the gateway. Gives the receipt's pseudonym; rejects with a `ParleyFault`. */
  async erase(): Promise<string> {
    const { session, secret } = this.#session?.credentials ?? {};
    const token = await this.#wanted.token?.();
    const shown = { authorization: `Bearer ${secret}`, ...(token && { "parley-token": token }) };
    const { receipt } = await this.#post(`sessions/${session}/erase`, shown);
    this.#end("session_erased");
    return receipt.pseudonym;
  }

  /** Another conversation, with what is still unsent. */
  renew(): void {
    keepSession(shelf, this.#wanted.src, null);
    this.#again();
  }

  stop(): void {
    this.#left.abort();
    this.#session?.close();
  }

  /** The next one is said when the one before it is in the log: the order they were typed in is the order they come in. */
  pump(): void {
    const unsent = this.#outbox.next;
    if (!unsent || this.#sending || this.state !== "open") return;
    const { key, ...said } = unsent;
    this.#sending = unsent;
    this.#session?.send({ type: "say", ...said });
  }

  #again(): void {
    this.#reset();
    void this.#start();
  }

  #reset(): void {
    this.#session?.close();
    this.#session = null;
    this.timeline = new Timeline();
    this.ended = "";
    this.#sending = null;
    this.restored = false;
    this.#before = 0;
    this.#hears.changed();
  }

  /** One tab of a site opens a session; those that come meanwhile wait, and then share it. */
  async #start(): Promise<void> {
    const { src, token } = this.#wanted;
    const open = async () => {
      // Before the socket, which could not say why it is refused.
      if (!kept(shelf, src) && !token) this.#ticket = await this.#takeTicket();
      if (!this.#left.signal.aborted && !this.#session) await this.#connect();
    };
    try {
      if (kept(shelf, src) || !navigator.locks) await open();
      else await navigator.locks.request(`parley ${src}`, open);
    } catch (error) {
      if (error instanceof ParleyFault && !error.retry) this.#end(error.code);
      else setTimeout(() => this.#start(), AGAIN_MS);
    }
  }

  async #takeTicket(): Promise<string> {
    return (await this.#post("tickets")).ticket;
  }

  async #post(path: string, headers: Record<string, string> = {}) {
    const url = new URL(`/v1/${path}`, this.#wanted.src.replace("ws", "http"));
    const answer = await fetch(url, { method: "POST", headers });
    const body = await answer.json();
    if (!answer.ok) throw new ParleyFault(body.code, body.detail, body.retry);
    return body;
  }

  async #key(opening: boolean): Promise<string | undefined> {
    const { token } = this.#wanted;
    if (token || !opening) return token?.();
    const ticket = this.#ticket ?? (await this.#takeTicket());
    this.#ticket = undefined;
    return ticket;
  }

  /** Resolves when the session is opened, or will never be. */
  #connect(): Promise<void> {
    const { src, lang, currency } = this.#wanted;
    const { promise, resolve } = Promise.withResolvers<void>();
    const hears: Hearing = {
      welcome: ({ seq }) => {
        this.#before ||= seq;
        resolve();
      },
      event: (numbered) => {
        this.timeline.event(numbered);
        this.#hears.event(numbered, numbered.seq <= this.#before);
        if (numbered.event.kind === "message") this.#logged(numbered.event.message.id);
      },
      ack: ({ id, seq, duplicate }) => {
        const message = this.#sending;
        const at = new Date().toISOString();
        if (message?.id === id && !duplicate)
          this.timeline.event({ seq, event: { kind: "message", at, message } });
        this.#logged(id);
      },
      delta: ({ re, n, text }) => this.timeline.delta(re, n, text),
      resume_failed: () => {
        this.timeline = new Timeline();
        this.restored = true;
      },
      fault: (fault) => {
        if (fault.code === "session_erased" || session.state === "closed") this.#end(fault.code);
        this.#hears.fault(fault);
      },
      state: (state) => {
        this.#sending = null;
        if (state === "open") this.pump();
        if (state === "closed") resolve();
      },
      refused: ({ id, fault }) => this.#refuse(id, fault),
    };
    const session: Session = openSession(
      {
        url: src,
        hello: { lang, channel: "chat", kind: "person", stream: true, currency },
        key: (opening) => this.#key(opening),
        storage: shelf,
        WebSocket,
        attempts: Number.POSITIVE_INFINITY,
      },
      (name, value) => {
        if (this.#session !== session) return;
        hears[name]?.(value);
        this.#hears.changed();
      },
    );
    this.#session = session;
    return promise;
  }

  #logged(id: string): void {
    this.#outbox.done(id);
    this.#next(id);
  }

  /** Message `id` waits no longer. */
  #next(id: string): void {
    if (this.#sending?.id === id) this.#sending = null;
    this.pump();
  }

  #refuse(id: string, fault: ParleyFault): void {
    const unsent = this.unsent.find((one) => one.id === id);
    this.#hears.fault(fault);
    if (fault.retry) setTimeout(() => this.#next(id), Number(fault.detail.retry_after_ms ?? AGAIN_MS));
    else {
      if (unsent) this.refused.push({ unsent, fault });
      this.#logged(id);
    }
  }

  #end(code: string): void {
    if (/erased|unknown/.test(code)) {
      keepSession(shelf, this.#wanted.src, null);
      this.#reset();
    }
    if (code === "session_erased") {
      for (const { id } of this.unsent) this.#outbox.done(id);
      this.draft = "";
    }
    this.#session?.close();
    this.ended ||= code;
    this.#hears.changed();
  }

  /** Another tab typed something, or began another conversation. */
  #stored(): void {
    const now = kept(shelf, this.#wanted.src)?.session;
    const mine = this.#session?.credentials?.session;
    if (now && mine && now !== mine) this.#again();
    this.#hears.changed();
  }
}
