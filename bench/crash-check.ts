import type { WebSocket } from "ws";
import type { Event } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import type { Conversation } from "./crash-buyer.ts";
import { dial, frameIn } from "./frames.ts";

type Log = ReadonlyMap<number, Event>;

/** What one session's log shows after a restart. Every list but `intents` should be empty. */
export interface Finding {
  readonly lost: readonly string[];
  readonly gaps: readonly string[];
  readonly twice: readonly string[];
  /** Orders the log holds, each once for every event that bound it. */
  readonly intents: readonly { readonly id: string; readonly offer: string }[];
  /** Messages sent again that had never been acknowledged. */
  readonly resent: number;
}

/**
 * Resumes a session as its buyer would, from the last event it has; sends everything unacknowledged again under its
 * old id, and one acknowledged message as well; then reads the whole log and holds it against what was promised.
 */
export async function check(url: string, talk: Conversation): Promise<Finding> {
  const gaps: string[] = [];
  const missed = await Visit.open(url, talk, talk.seq);
  if (!missed.resumed) gaps.push(`${talk.session}: the resume failed`);
  for (let seq = talk.seq + 1; seq <= missed.upTo; seq++) {
    if (!missed.log.has(seq)) gaps.push(`${talk.session}: event ${seq} did not come after the resume`);
  }
  const open = [...talk.sent.values()].filter(({ id }) => !talk.acked.has(id));
  const known = [...talk.sent.values()].findLast(({ id }) => talk.acked.has(id));
  const lost: string[] = [];
  const twice: string[] = [];
  for (const { id, text } of open) {
    const answer = await missed.say(id, text);
    if (answer.type === "ack") talk.acked.set(id, answer.seq);
  }
  if (known) {
    const answer = await missed.say(known.id, known.text);
    const told = answer.type === "ack" && answer.duplicate && answer.seq === talk.acked.get(known.id);
    if (!told) twice.push(`${talk.session}: ${known.id} again got ${JSON.stringify(answer).slice(0, 200)}`);
  }
  missed.close();

  const whole = await Visit.open(url, talk, 0);
  whole.close();
  const { log } = whole;
  for (let seq = 1; seq <= whole.upTo; seq++)
    if (!log.has(seq)) gaps.push(`${talk.session}: no event ${seq}`);
  for (const [seq, text] of talk.events) {
    if (JSON.stringify(log.get(seq)) !== text)
      lost.push(`${talk.session}: event ${seq} is not what was received`);
  }
  for (const [id, seq] of talk.acked) {
    const places = [...log].filter(([, event]) => event.kind === "message" && event.message.id === id);
    const replies = [...log.values()].filter((event) => event.kind === "reply" && event.re === seq);
    if (places.length === 0) lost.push(`${talk.session}: ${id} was acknowledged as ${seq} and is gone`);
    else if (places.length > 1) twice.push(`${talk.session}: ${id} is there ${places.length} times`);
    else if (places[0]?.[0] !== seq)
      lost.push(`${talk.session}: ${id} moved from ${seq} to ${places[0]?.[0]}`);
    if (replies.length !== 1) twice.push(`${talk.session}: ${id} was answered ${replies.length} times`);
  }
  const intents = bound(log);
  for (const id of talk.intents.keys()) {
    if (!intents.some((intent) => intent.id === id)) lost.push(`${talk.session}: the order ${id} is gone`);
  }
  return { lost, gaps, twice, intents, resent: open.length };
}

function bound(log: Log): { id: string; offer: string }[] {
  return [...log.values()].flatMap((event) =>
    event.kind === "reply" && ["accepted", "approval_pending"].includes(event.move.act)
      ? event.move.intents.map(({ id, offer }) => ({ id, offer }))
      : [],
  );
}

type Answer = Extract<ServerFrame, { type: "ack" | "fault" }>;

/** Silence is a broken promise too: rejects after ten seconds without what is waited for. */
async function inTime<T>(waited: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing came for 10 s`)), 10_000);
  });
  try {
    return await Promise.race([waited, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One connection that resumes a session and hears it out. */
class Visit {
  readonly log = new Map<number, Event>();
  resumed = false;
  upTo = -1;
  readonly #socket: WebSocket;
  readonly #after: number;
  readonly #answers = new Map<string, (answer: Answer) => void>();
  #ready: () => void = () => {};

  private constructor(socket: WebSocket, after: number) {
    this.#socket = socket;
    this.#after = after;
  }

  /** Resolves when every event after `seq` that the welcome speaks of is there. */
  static async open(url: string, { session, secret, epoch }: Conversation, seq: number): Promise<Visit> {
    const socket = dial(url);
    const visit = new Visit(socket, seq);
    const ready = new Promise<void>((resolve, reject) => {
      visit.#ready = resolve;
      socket.once("error", reject);
      socket.once("close", (code) => reject(new Error(`resuming ${session}: closed with ${code}`)));
    });
    socket.on("open", () => {
      socket.send(JSON.stringify({ type: "hello", resume: { session, secret, epoch, seq } }));
    });
    socket.on("message", (data) => visit.#hear(frameIn(data)));
    await inTime(ready, `resuming ${session}`);
    return visit;
  }

  /** Sends a message and waits until it is acknowledged and answered, or refused. */
  say(id: string, text: string): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => {
      this.#answers.set(id, resolve);
      this.#socket.send(text);
    });
    return inTime(answer, `sending ${id} again`);
  }

  close(): void {
    this.#socket.close();
  }

  #hear(frame: ServerFrame): void {
    if (frame.type === "welcome") {
      this.resumed = frame.resumed;
      this.upTo = frame.seq;
    }
    if (frame.type === "event") this.log.set(frame.seq, frame.event);
    if (frame.type === "ack" || (frame.type === "fault" && frame.id !== undefined)) {
      this.#answers.get(frame.id ?? "")?.(frame);
    }
    if (this.upTo >= 0 && (this.upTo <= this.#after || this.log.has(this.upTo))) this.#ready();
  }
}
