import type { Message } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { HandoffTo, HandoffWhy } from "../domain/handoff.ts";
import { principalOf, type Staff } from "../domain/staff.ts";
import type { State } from "../domain/state.ts";
import type { Lease } from "../ports/staffing.ts";
import type { Appended } from "../ports/store.ts";
import { handoverWords, silently } from "../turn/handover.ts";
import type { Step } from "../turn.ts";
import type { House } from "./house.ts";

/** A session whose turn it is. */
export interface InTurn {
  readonly id: string;
  readonly state: State;
  append(step: Step, from: null): Promise<Appended>;
}

/** What puts a conversation into somebody's hands, behind event `after`. */
export type Taking = (state: State, after: number) => Pick<Step, "events" | "lease">;

/** Acts that name what they bind or undo: they do so whoever answers. */
const ANYWAY: ReadonlySet<string> = new Set(["accept", "confirm", "cancel_order"]);

export function bindsAnyway({ act }: Message): boolean {
  return act !== undefined && ANYWAY.has(act.act);
}

/** A message that a person is to answer: stored, read by the house alone, and left without a reply. */
export function leftToPerson(message: Message, state: State, at: string): Step {
  const heard = silently(message, state, at);
  return { at, events: [heard], message: { id: message.id, seq: state.seq + 1 } };
}

/** What is stored instead of a reply where somebody takes the conversation before it is: the message, and that. */
export function takenInstead(step: Step, taking: Taking | null, state: State): Step | null {
  const { at, message, calls, events } = step;
  const [heard] = events;
  if (!taking || !message || !heard) return null;
  const taken = taking(state, message.seq);
  return { at, message, ...(calls ? { calls } : {}), ...taken, events: [heard, ...taken.events] };
}

/**
 * Who of staff has the conversation; a lease that is over is ended by whoever comes upon it, and its counterpart told. MUST be
 * called in the session's turn.
 */
export async function holder(session: InTurn, { store, clock }: House): Promise<Lease | null> {
  const { answering } = session.state;
  if (answering.to !== "person") return null;
  const lease = await store.held(session.id);
  const at = clock.now();
  if (lease?.seq === answering.seq && lease.until > at) return lease;
  await mustAppend(session, {
    ...handedOver(session.state, at, { to: "agent", why: "lease_ended", by: "gateway" }),
    lease: null,
  });
  return null;
}

/** An event that says who answers from here on, with words in the session's language. */
export function handedOver(
  state: State,
  at: string,
  { name = state.answering.name, ...change }: Change,
): Pick<Step, "at" | "events"> {
  const words = handoverWords({ ...change, name }, state.lang);
  return { at, events: [{ kind: "handoff", at, ...change, ...(name === null ? {} : { name }), words }] };
}

interface Change {
  readonly to: HandoffTo;
  readonly why: HandoffWhy;
  readonly by: "operator" | "gateway";
  /** The person's; as it was, where it is left out. */
  readonly name?: string | null;
}

export function takingBy(staff: Staff, { clock, lease_ms }: House): Taking {
  return (state, after) => {
    const at = clock.now();
    const until = later(at, lease_ms);
    const { events } = handedOver(state, at, {
      to: "person",
      why: "operator",
      by: "operator",
      name: staff.name,
    });
    return { events, lease: { seq: after + 1, operator: principalOf(staff), until } };
  };
}

/** RFC 3339, so many milliseconds on. */
export function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

export async function mustAppend(session: InTurn, step: Step): Promise<void> {
  if ((await session.append(step, null)) !== "appended")
    throw new Fault("unavailable", "another gateway has this session; send the same again");
}

/** To whoever names a lease that is over. */
export function lost({ answering }: State, now: Lease | null): Fault {
  const mend = "take the conversation anew";
  if (now) {
    const operator = answering.name ?? now.operator;
    return new Fault("lease_lost", `${operator} has this conversation now; ${mend} once it is handed back`, {
      detail: { operator },
    });
  }
  const since = answering.seq > 0 ? `since event ${answering.seq}, ${answering.at},` : "";
  return new Fault("lease_lost", `${since} nobody of the staff has this conversation; ${mend}`.trim(), {
    detail: { since: answering.at },
  });
}
