import type { Event, EventOf } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { Store } from "../ports/store.ts";
import type { Step } from "../turn.ts";
import type { House } from "./house.ts";
import type { Seen } from "./seen.ts";

type Log = Pick<Store, "read">;

/**
 * Notes that no more than `heard` characters of a finished reply were heard, or all of it where that is less. Null where it
 * was cut off before: the first word on it counts. Throws `not_found` for what is no reply.
 */
export async function cutOff(
  { store, clock }: House,
  session: string,
  { cut }: Seen,
  of: number,
  heard: number,
): Promise<Step | null> {
  const reply = await mustBeReply(store, session, of);
  if (cut.has(of)) return null;
  const words = reply.words ?? (await wordsOf(store, session, of));
  const said = words ? Math.max(words.text.length, words.speech.length) : heard;
  const at = clock.now();
  return { at, events: [{ kind: "interrupted", at, of, heard: Math.min(heard, said) }] };
}

/** Gives reply `seq` of the session. Throws `not_found`, and what there is instead, unless it is one. */
export async function mustBeReply(store: Log, session: string, seq: number): Promise<EventOf<"reply">> {
  if (seq === 0) throw new Fault("not_found", "nothing was answered yet, so there is no reply");
  const event = await eventAt(store, session, seq);
  if (event?.kind === "reply") return event;
  const what = event ? `event ${seq} is no reply but \`${event.kind}\`` : `there is no event ${seq} yet`;
  throw new Fault("not_found", `${what}; \`of\` names a reply by its \`seq\``);
}

/** The words of a reply that came without: they are the next event but for what staff or the vendor's system did meanwhile. */
async function wordsOf(store: Log, session: string, reply: number) {
  for (let seq = reply + 1; ; seq++) {
    const event = await eventAt(store, session, seq);
    if (!event) return undefined;
    if (event.kind === "words" && event.of === reply) return event.words;
  }
}

async function eventAt(store: Log, session: string, seq: number): Promise<Event | undefined> {
  const [stored] = await store.read(session, seq - 1, 1);
  return stored && (JSON.parse(stored.json) as Event);
}
