import type { Event, EventOf, Numbered } from "../domain/event.ts";
import type { Call } from "../domain/question.ts";
import type { Store, TurnRecord } from "../ports/store.ts";
import { logOf } from "../session/replay.ts";

/** A stored session, whole: what was said, why it was decided so, and what was asked of a model for it. */
export interface Conversation {
  readonly id: string;
  /** Begins with `opened`. */
  readonly log: readonly Numbered[];
  readonly turns: readonly TurnRecord[];
  readonly calls: readonly { readonly message: number; readonly call: Call }[];
}

/** Null when there is none such, or it was erased. */
export async function conversation(id: string, store: Store): Promise<Conversation | null> {
  const log = await logOf(id, store);
  if (log[0]?.event.kind !== "opened") return null;
  return { id, log, turns: await store.turns(id), calls: await store.calls(id) };
}

export function opening({ log }: Conversation): EventOf<"opened"> {
  const first = log[0]?.event;
  if (first?.kind !== "opened") throw new TypeError("a log begins with `opened`");
  return first;
}

/** Events of one kind with their numbers, in order. */
export function eventsOf<K extends Event["kind"]>(
  { log }: Pick<Conversation, "log">,
  kind: K,
): readonly { readonly seq: number; readonly event: EventOf<K> }[] {
  return log.filter((one): one is { seq: number; event: EventOf<K> } => one.event.kind === kind);
}

/** The highest all-in total that was ever on the table; null where nothing was offered. */
export function highestTotal(talk: Pick<Conversation, "log">): number | null {
  const totals = eventsOf(talk, "reply").flatMap(({ event }) =>
    event.move.offers.map(({ totals }) => totals.total),
  );
  return totals.length === 0 ? null : Math.max(...totals);
}

/** Whether a person of the vendor's took part, or was called for. */
export function metPerson({ log }: Pick<Conversation, "log">): boolean {
  return log.some(
    ({ event }) =>
      event.kind === "said" || (event.kind === "order" && event.by === "operator") || calledFor(event),
  );
}

/** A person was called for, or took over; that an order waits for one is no such thing. */
function calledFor(event: Event): boolean {
  if (event.kind === "reply") return event.move.act === "handoff";
  return event.kind === "handoff" && event.to !== "agent";
}

/** A person was called for because the agent did not do: not where staff came of their own accord. */
export function gaveUp(event: Event): boolean {
  return calledFor(event) && (event.kind !== "handoff" || event.why === "asked" || event.why === "unsure");
}

/** What the buyer said of a reply; null of one it said nothing of. The last word counts. */
export function helped(talk: Pick<Conversation, "log">, reply: number): boolean | null {
  return eventsOf(talk, "feedback").findLast(({ event }) => event.of === reply)?.event.helpful ?? null;
}
