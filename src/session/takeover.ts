import { Fault } from "../domain/fault.ts";
import { principalOf, type Staff } from "../domain/staff.ts";
import type { Lease } from "../ports/staffing.ts";
import type { Gateway } from "./gateway.ts";
import { handedOver, holder, later, lost, mustAppend, takingBy } from "./lease.ts";
import type { Session } from "./session.ts";
import { endWait } from "./waiting.ts";
import { keepNote } from "./whisper.ts";

/** That somebody has a conversation, and until when unless they renew it. `lease` is named with all they do in it. */
export interface Taken {
  readonly lease: number;
  readonly until: string;
}

/**
 * Gives a conversation to one of the vendor's people. What the agent was still saying ends where it is, and what it was
 * about to say is dropped. Once more, by the same person, changes nothing. Throws `lease_held`.
 */
export async function takeOver(gateway: Gateway, id: string, staff: Staff): Promise<Taken> {
  const { house } = gateway;
  // What another node was still saying is to end where it is.
  const session = await gateway.find(id, false);
  const taking = takingBy(staff, house);
  return session.taken(taking, async () => {
    mustBeOpen(session);
    const now = await holder(session, house);
    if (now) return now.operator === principalOf(staff) ? takenBy(now) : Promise.reject(held(session, now));
    const { state } = session;
    const step = taking(state, state.seq);
    await mustAppend(session, { at: house.clock.now(), ...step });
    return { lease: state.seq + 1, until: step.lease?.until ?? "" };
  });
}

/** Keeps a lease for as long again. It is no event, and needs nobody's turn. Throws `lease_lost`. */
export async function renew(gateway: Gateway, id: string, staff: Staff, lease: number): Promise<Taken> {
  const { store, clock, lease_ms } = gateway.house;
  const now = await store.held(id);
  const at = clock.now();
  const own = now?.seq === lease && now.operator === principalOf(staff);
  const until = later(at, lease_ms);
  if (own && now.until > at && (await store.renew(id, lease, until))) return { lease, until };
  return underLease(gateway, id, staff, lease, async () => ({ lease, until }));
}

/** Says something in a conversation that one has. The same id again is the same words. Throws `lease_lost`, `id_reused`. */
export async function say(
  gateway: Gateway,
  id: string,
  staff: Staff,
  said: {
    readonly lease: number;
    readonly id: string;
    readonly text: string;
    readonly of?: number | undefined;
  },
): Promise<{ readonly seq: number }> {
  const known = (session: Session) => {
    const before = session.seen.said.get(said.id);
    if (before && before.text !== said.text)
      throw new Fault(
        "id_reused",
        `the id ${JSON.stringify(said.id)} was used for other words; choose a new one`,
      );
    return before && { seq: before.seq };
  };
  const session = await gateway.find(id);
  const before = known(session);
  if (before) return before;
  return underLease(gateway, id, staff, said.lease, async (session) => {
    const there = known(session);
    if (there) return there;
    const { state } = session;
    const at = gateway.house.clock.now();
    const of = said.of === undefined ? {} : { of: said.of };
    const words = { by: "operator" as const, name: staff.name, id: said.id, text: said.text, ...of };
    await mustAppend(session, { at, events: [{ kind: "said", at, ...words }] });
    return { seq: state.seq + 1 };
  });
}

/**
 * The agent answers again. A note is for its next reply and for whoever of staff comes next; it is kept before anything is
 * handed back, so that none is lost between. Throws `lease_lost`, `id_reused` where it was another note at first.
 */
export function handBack(
  gateway: Gateway,
  id: string,
  staff: Staff,
  lease: number,
  note?: string,
): Promise<{ seq: number }> {
  return underLease(gateway, id, staff, lease, async (session) => {
    // Named by the lease, so that the same hand-back is the same note.
    if (note !== undefined) await keepNote(gateway, session, staff, { id: `hand-back ${lease}`, text: note });
    const seq = session.state.seq + 1;
    const at = gateway.house.clock.now();
    const change = { to: "agent", why: "handed_back", by: "operator" } as const;
    await mustAppend(session, { ...handedOver(session.state, at, change), lease: null });
    return { seq };
  });
}

/** Ends the conversation. Throws `lease_lost`. */
export function close(gateway: Gateway, id: string, staff: Staff, lease: number): Promise<{ seq: number }> {
  return underLease(gateway, id, staff, lease, async (session) => {
    const seq = session.state.seq + 2;
    const at = gateway.house.clock.now();
    const { events } = handedOver(session.state, at, { to: "agent", why: "resolved", by: "operator" });
    await mustAppend(session, {
      at,
      events: [...events, { kind: "closed", at, reason: "operator" }],
      lease: null,
    });
    return { seq };
  });
}

/** Ends the lease of a session if it is over, and a wait for somebody who does not come. */
export async function endLapsed(gateway: Gateway, id: string): Promise<void> {
  const session = await gateway.find(id);
  await session.inTurn(async () => {
    await holder(session, gateway.house);
    await endWait(session, gateway.house);
  });
}

async function underLease<T>(
  gateway: Gateway,
  id: string,
  staff: Staff,
  lease: number,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await gateway.find(id);
  return session.inTurn(async () => {
    const now = await holder(session, gateway.house);
    if (now?.seq !== lease || now.operator !== principalOf(staff)) throw lost(session.state, now);
    return work(session);
  });
}

function mustBeOpen({ state }: Session): void {
  if (state.closed)
    throw new Fault("session_closed", "this session has ended; there is nothing to take over");
}

function takenBy({ seq, until }: Lease): Taken {
  return { lease: seq, until };
}

function held({ state }: Session, { operator }: Lease): Fault {
  const who = state.answering.name ?? operator;
  return new Fault("lease_held", `${who} has this conversation; ask them to hand it back`, {
    detail: { operator: who },
  });
}
