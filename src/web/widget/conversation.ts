import type { Numbered } from "../../domain/event.ts";
import type { Lang } from "../../domain/text.ts";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { ClientFrame, Welcome } from "../../protocol/frames.ts";
import { newId } from "../../protocol/ids.ts";
import { keepSession, kept } from "../../protocol/keeping.ts";
import { openSession, type Session, type SessionEvents } from "../../protocol/session.ts";
import { outboxFor, type Unsent, type Utterance, unsentFor } from "./outbox.ts";
import { shelf } from "./shelf.ts";
import { newTimeline, type Timeline } from "./timeline.ts";
import { words } from "./words.ts";

/** What is used of the element that the conversation is held in. */
export interface Holder {
  getAttribute(name: "currency"): string | null;
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

/** One conversation as this page has it: what is in the log, what waits to be, and the one connection. */
export interface Conversation {
  readonly timeline: Timeline;
  /** Why it is over for good, as a code; empty while it is not. */
  readonly ended: string;
  /** The vendor lost the end of the log and went back to an earlier state of it. */
  readonly restored: boolean;
  readonly refused: readonly { readonly unsent: Unsent; readonly fault: ParleyFault }[];
  readonly state: string;
  readonly welcome: Welcome | null;
  /** Typed and not yet in the log, in order. */
  readonly unsent: readonly Unsent[];
  /** Written and not sent; kept as the outbox is. */
  draft: string;
  /** Keeps it until the log has it. After the end, it begins another conversation; or this one again, after a sign-in ended. */
  say(said: Utterance): void;
  /** Something that is of use now or never: what a reply was worth, how much of it was heard. */
  tell(frame: Told): void;
  /** A refused message is let go. */
  drop(unsent: Unsent): void;
  /** Deletes everything that was said, at the gateway. Gives the receipt's pseudonym; rejects with a fault. */
  erase(): Promise<string>;
  /** Another conversation, with what is still unsent. */
  renew(): void;
  stop(): void;
  /** The next one is said when the one before it is in the log: the order they were typed in is the order they come in. */
  pump(): void;
}
type Told = Without<"id", Extract<ClientFrame, { type: "feedback" | "cancel" }>>;
type Without<Name extends string, T> = T extends unknown ? Omit<T, Name> : never;

type Hearing = { [Name in keyof SessionEvents]?: (value: SessionEvents[Name]) => unknown };

/** Milliseconds until what could not be done is tried again, where nothing else is told. */
const AGAIN_MS = 2_000;

/**
 * The session's secret is in `localStorage`, so that another tab and another day go on with it; what was said is not, it is read
 * again from the gateway. `src` is the gateway's `wss://.../v1/ws`.
 */
export function converse(host: Holder, src: string, hears: Hears): Conversation {
  const outbox = outboxFor(src);
  const draft = `parley draft ${src}`;
  const left = new AbortController();
  const { signal } = left;
  let session: Session | null = null;
  /** What was said and is not yet in the log. Another tab may hear first that it is, and take it out of the outbox. */
  let sending: Unsent | null = null;
  /** The log went so far when this page came. */
  let before = 0;
  let ticket: string | undefined;

  const fresh = () => ({ timeline: newTimeline(), ended: "", restored: false });
  const send = (frame: Told | ({ type: "say" } & Utterance)) =>
    session?.send({ id: newId(), ...frame } as ClientFrame);

  const reset = () => {
    session?.close();
    session = sending = null;
    before = 0;
    Object.assign(talk, fresh());
    hears.changed();
  };
  const again = () => {
    reset();
    void start();
  };

  const post = async (path: string, headers = {}) => {
    const url = new URL(`/v1/${path}`, src.replace("ws", "http"));
    const answer = await fetch(url, { method: "POST", headers });
    const body = await answer.json();
    // A fault of the gateway, as it tells it.
    if (!answer.ok) throw body;
    return body;
  };
  const takeTicket = async (): Promise<string> => (await post("tickets")).ticket;

  /** One tab of a site opens a session; those that come meanwhile wait, and then share it. */
  const start = async () => {
    const open = async () => {
      // Before the socket, which could not say why it is refused.
      if (!kept(shelf, src) && !host.token) ticket = await takeTicket();
      if (!signal.aborted && !session) await connect();
    };
    try {
      if (kept(shelf, src) || !navigator.locks) await open();
      else await navigator.locks.request(`parley ${src}`, open);
    } catch (error) {
      const { code, retry = true } = error as { code: string; retry?: boolean };
      if (retry) setTimeout(start, AGAIN_MS);
      else end(code);
    }
  };

  const key = async (opening: boolean) => {
    if (host.token || !opening) return host.token?.();
    const taken = ticket ?? (await takeTicket());
    ticket = undefined;
    return taken;
  };

  /** Message `id` waits no longer. */
  const next = (id: string) => {
    if (sending?.id === id) sending = null;
    talk.pump();
  };
  const logged = (id: string) => {
    outbox.done(id);
    next(id);
  };
  const end = (code: string) => {
    if (/erased|unknown/.test(code)) {
      keepSession(shelf, src, null);
      reset();
    }
    if (code === "session_erased") {
      for (const { id } of talk.unsent) outbox.done(id);
      talk.draft = "";
    }
    session?.close();
    talk.ended ||= code;
    hears.changed();
  };

  /** Resolves when the session is opened, or will never be. */
  const connect = () =>
    new Promise<void>((resolve) => {
      const hearing: Hearing = {
        welcome: ({ seq }) => {
          before ||= seq;
          resolve();
        },
        event: (numbered) => {
          const { seq, event } = numbered;
          talk.timeline.event(numbered);
          hears.event(numbered, seq <= before);
          if (event.kind === "message") logged(event.message.id);
        },
        ack: ({ id, seq, duplicate }) => {
          const at = new Date().toISOString();
          if (sending?.id === id && !duplicate)
            talk.timeline.event({ seq, event: { kind: "message", at, message: sending } });
          logged(id);
        },
        delta: ({ re, n, text }) => talk.timeline.delta(re, n, text),
        resume_failed: () => {
          talk.timeline = newTimeline();
          talk.restored = true;
        },
        fault: (fault) => {
          if (fault.code === "session_erased" || talk.state === "closed") end(fault.code);
          hears.fault(fault);
        },
        state: (state) => {
          sending = null;
          talk.pump();
          if (state === "closed") resolve();
        },
        refused: ({ id, fault }) => {
          const unsent = talk.unsent.find((one) => one.id === id);
          hears.fault(fault);
          if (fault.retry) setTimeout(() => next(id), Number(fault.detail.retry_after_ms ?? AGAIN_MS));
          else {
            if (unsent) talk.refused.push({ unsent, fault });
            logged(id);
          }
        },
      };
      const opened = openSession(
        {
          url: src,
          hello: async (opening) => ({
            ...{ lang: words.lang as Lang, channel: "chat", kind: "person", stream: true },
            currency: host.getAttribute("currency") ?? undefined,
            key: await key(opening),
          }),
          ...{ storage: shelf, WebSocket },
          attempts: Number.POSITIVE_INFINITY,
        },
        (name, value) => {
          if (session !== opened) return;
          hearing[name]?.(value);
          hears.changed();
        },
      );
      session = opened;
    });

  const talk = {
    ...fresh(),
    refused: [] as { unsent: Unsent; fault: ParleyFault }[],
    get state() {
      return session?.state ?? "connecting";
    },
    get welcome() {
      return session?.welcome ?? null;
    },
    get unsent() {
      return unsentFor(src);
    },
    get draft() {
      return shelf[draft] ?? "";
    },
    set draft(text: string) {
      if (text) shelf[draft] = text;
      else delete shelf[draft];
    },
    say(said: Utterance) {
      outbox.add(said);
      if (talk.ended === "unauthorized") again();
      else if (talk.ended || talk.timeline.closed) talk.renew();
      hears.changed();
      talk.pump();
    },
    tell: send,
    drop(dropped: Unsent) {
      talk.refused = talk.refused.filter(({ unsent }) => unsent !== dropped);
      hears.changed();
    },
    async erase() {
      const { session: id, secret } = session?.credentials ?? {};
      const token = await host.token?.();
      const { receipt } = await post(`sessions/${id}/erase`, {
        authorization: `Bearer ${secret}`,
        ...(token && { "parley-token": token }),
      });
      end("session_erased");
      return receipt.pseudonym as string;
    },
    renew() {
      keepSession(shelf, src, null);
      again();
    },
    stop() {
      left.abort();
      session?.close();
    },
    pump() {
      const unsent = outbox.next();
      if (!unsent || sending || talk.state !== "open") return;
      const { key: _, ...said } = unsent;
      sending = unsent;
      send({ type: "say", ...said });
    },
  };

  const wake = () => document.hidden || session?.wake();
  addEventListener("online", wake, { signal });
  document.addEventListener("visibilitychange", wake, { signal });
  // Another tab typed something, or began another conversation.
  const stored = () => {
    const now = kept(shelf, src)?.session;
    const mine = session?.credentials?.session;
    if (now && mine && now !== mine) again();
    hears.changed();
  };
  addEventListener("storage", stored, { signal });
  void start();
  return talk;
}
