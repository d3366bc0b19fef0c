import { BOUNDS } from "../domain/bounds.ts";
import { ERASED } from "../domain/erased.ts";
import type { Event, Message, Numbered } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { Move } from "../domain/reply.ts";
import { fold, initial, type State } from "../domain/state.ts";
import type { Store } from "../ports/store.ts";

/** What the log of a session says to whoever reads it, on any node: a fold of its events. */
export interface Seen {
  readonly state: State;
  /** The event of each message, by the id its sender gave it. Grows with the log. */
  readonly ids: Map<string, number>;
  /** What staff said, by the id they gave it. Grows with the log. */
  readonly said: Map<string, { readonly seq: number; readonly text: string }>;
  /** What the counterpart thinks of replies. */
  readonly rated: Map<number, { readonly seq: number; readonly text: string }>;
  /** Replies that were cut off. */
  readonly cut: Set<number>;
  /** The latest message of the counterpart. */
  readonly message: Message | null;
  /** Replies so far: the numbering of what staff see. */
  readonly turns: number;
  /** The latest reply, while its words are still to come. */
  readonly wordless: Wordless | null;
}

/** A reply whose words are still to come. */
export interface Wordless {
  readonly reply: number;
  readonly move: Move;
  readonly at: string;
}

/** An event as it stands in the log. */
export interface Stored extends Numbered {
  readonly json: string;
}

/** Null before a log's first event, and of a log that begins with none. */
export function seenAfter(seen: Seen | null, { seq, event }: Numbered): Seen | null {
  if (event.kind === "opened") {
    return {
      state: initial(event, seq),
      ids: new Map(),
      said: new Map(),
      rated: new Map(),
      cut: new Set(),
      message: null,
      turns: 0,
      wordless: null,
    };
  }
  if (!seen) return null;
  const state = fold(seen.state, { seq, event });
  if (event.kind === "message") {
    seen.ids.set(event.message.id, seq);
    return { ...seen, state, message: event.message };
  }
  if (event.kind === "said") seen.said.set(event.id, { seq, text: event.text });
  if (event.kind === "feedback") seen.rated.set(event.of, { seq, text: ratingOf(event) });
  if (event.kind === "interrupted" || (event.kind === "words" && event.interrupted)) seen.cut.add(event.of);
  if (event.kind !== "reply") {
    return { ...seen, state, wordless: event.kind === "words" ? null : seen.wordless };
  }
  const wordless = event.words ? null : { reply: seq, move: event.move, at: event.at };
  const turns = seen.turns + (event.by === undefined ? 1 : 0);
  return { ...seen, state, turns, wordless };
}

/** A rating as one text, so that the same one again is known. */
export function ratingOf({ helpful, note = "" }: { helpful: boolean; note?: string | undefined }): string {
  return `${helpful} ${note}`;
}

/** Every event after `after`. Throws `session_erased` when there is nothing to read any more. */
export async function storedAfter(store: Store, session: string, after: number): Promise<Stored[]> {
  const all: Stored[] = [];
  for (;;) {
    const page = await store.read(session, all.at(-1)?.seq ?? after, BOUNDS.page_events);
    for (const { seq, json } of page) {
      if (json === ERASED) throw erased();
      all.push({ seq, json, event: JSON.parse(json) as Event });
    }
    if (page.length < BOUNDS.page_events) return all;
  }
}

/** What anybody is told who comes for a session that was erased, or is in it then. */
export function erased(): Fault {
  return new Fault("session_erased", "this conversation was erased; open a new session");
}
