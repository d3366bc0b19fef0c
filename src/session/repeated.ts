import type { Event, Message } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { canonical } from "../domain/hash.ts";
import type { Store } from "../ports/store.ts";

/** Where a message ended up: its event, and the last event that followed from it. */
export interface Receipt {
  readonly seq: number;
  readonly last: number;
  readonly duplicate: boolean;
}

/** Where a message that came once more ended up the first time. Throws `id_reused` when it is another one. */
export async function repeated(
  message: Message,
  seq: number,
  session: string,
  store: Store,
): Promise<Receipt> {
  const [stored] = await store.read(session, seq - 1, 1);
  const event = stored ? (JSON.parse(stored.json) as Event) : null;
  if (event?.kind !== "message" || canonical(event.message) !== canonical(message)) {
    throw new Fault(
      "id_reused",
      `the id ${JSON.stringify(message.id)} was used for another message; choose a new one`,
    );
  }
  let last = seq;
  for (const { json } of await store.read(session, seq, TURN_EVENTS)) {
    if (!belongs(JSON.parse(json) as Event)) break;
    last += 1;
  }
  return { seq, last, duplicate: true };
}

/** More than one turn appends: a reply, the orders it cancelled, its words, the end. */
const TURN_EVENTS = 16;

/** Whether an event right after a message, or after another such, is of the same turn. */
function belongs(event: Event): boolean {
  if (event.kind === "order") return event.by === "buyer";
  if (event.kind === "handoff") return event.by === "buyer" || event.by === "agent";
  return event.kind === "reply" || event.kind === "words" || event.kind === "closed";
}
