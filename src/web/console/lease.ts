import { signal } from "@preact/signals";
import type { ParleyFault } from "../../protocol/codes.ts";
import * as api from "./api.ts";
import { asFault } from "./request.ts";

/** A conversation held here, or the reason why it is no longer. */
export interface Held {
  readonly lease: number;
  readonly until: string;
  readonly lost: ParleyFault | null;
}

const RENEW_MS = 10_000;

const held = signal<ReadonlyMap<string, Held>>(new Map());
export const leaseOf = (session: string): Held | undefined => held.value.get(session);
/** Whether whoever sits here may write in this conversation. */
export const holds = (session: string): boolean => leaseOf(session)?.lost === null;

function put(session: string, lease: Held | null): void {
  const changed = new Map(held.value);
  if (lease) changed.set(session, lease);
  else changed.delete(session);
  held.value = changed;
}

/** Takes a conversation over; to take one's own again changes nothing. Throws the fault that refused it. */
export async function take(session: string): Promise<void> {
  put(session, { ...(await api.take(session)), lost: null });
}

/** A lease that was one's own when the conversation was entered is still: after a reload one goes on. */
export function resume(session: string, lease: number, until: string): void {
  if (leaseOf(session)?.lease !== lease) put(session, { lease, until, lost: null });
}

/** `note` is for the agent and whoever of staff comes next; "" for none. */
export async function handBack(session: string, note: string): Promise<void> {
  await withLease(session, (lease) => api.handBack(session, lease, note));
  put(session, null);
}

export async function close(session: string): Promise<void> {
  await withLease(session, (lease) => api.close(session, lease));
  put(session, null);
}

/** Says words as the person who holds the conversation. `key` is the same for every attempt at the same words. */
export function say(session: string, key: string, text: string): Promise<unknown> {
  return withLease(session, (lease) => api.say(session, lease, key, text));
}

/** The notice that a lease was lost has been read. */
export function forget(session: string): void {
  if (!holds(session)) put(session, null);
}

async function withLease<T>(session: string, act: (lease: number) => Promise<T>): Promise<T> {
  try {
    return await act(leaseOf(session)?.lease ?? 0);
  } catch (error) {
    noteLoss(session, asFault(error));
    throw error;
  }
}

function noteLoss(session: string, fault: ParleyFault): void {
  const lease = leaseOf(session);
  if (lease && fault.code === "lease_lost") put(session, { ...lease, lost: fault });
}

setInterval(() => {
  for (const [session, { lease, lost }] of held.value) if (!lost) void renewed(session, lease);
}, RENEW_MS);

/** A renewal that does not get through is tried again in time; the gateway decides when it is over. */
async function renewed(session: string, lease: number): Promise<void> {
  try {
    const { until } = await api.renew(session, lease);
    if (leaseOf(session)?.lease === lease) put(session, { lease, until, lost: null });
  } catch (error) {
    if (leaseOf(session)?.lease === lease) noteLoss(session, asFault(error));
  }
}
