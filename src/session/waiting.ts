import { BOUNDS } from "../domain/bounds.ts";
import type { Event, Numbered } from "../domain/event.ts";
import type { State } from "../domain/state.ts";
import type { Lease } from "../ports/staffing.ts";
import { handoverWords, hoursAt } from "../turn/handover.ts";
import type { House } from "./house.ts";
import { type InTurn, later, mustAppend } from "./lease.ts";

/**
 * What events leave of a wait for a person. It is kept as a lease of nobody's, in the commit that tells of it, so that every
 * node knows when it ends; whatever puts the counterpart elsewhere ends it.
 */
export function waitIn(
  events: readonly Numbered[],
  { answering }: State,
  { policy }: Pick<House, "policy">,
): { readonly lease?: Omit<Lease, "session"> | null } {
  const last = events.findLast(({ event }) => event.kind === "handoff" || event.kind === "closed");
  if (last?.event.kind === "closed") return answering.to === "waiting" ? { lease: null } : {};
  if (last?.event.kind !== "handoff") return {};
  const { to, at } = last.event;
  if (to !== "waiting") return { lease: null };
  const until = later(at, policy().vendor.handoff.wait_minutes * 60_000);
  return { lease: { seq: last.seq, operator: "", until } };
}

/** Whether any of the vendor's people was there of late. */
export function anybodyThere({ store, clock }: House): Promise<boolean> {
  return store.attended(later(clock.now(), -BOUNDS.absence_ms));
}

/**
 * Who waits for a person that does not come in time, or while nobody is there, is told so and asked how to be reached; else
 * nothing changes. MUST be called in the session's turn.
 */
export async function endWait(session: InTurn, house: House): Promise<void> {
  const { answering, lang, closed } = session.state;
  if (answering.to !== "waiting" || closed) return;
  const wait = await house.store.held(session.id);
  if (wait?.seq !== answering.seq) return;
  const at = house.clock.now();
  const there = await anybodyThere(house);
  if (there && wait.until > at) return;
  const change = { to: "callback", why: there ? "nobody_came" : "nobody_there", by: "gateway" } as const;
  const hours = hoursAt(house.policy().vendor, at);
  const words = handoverWords({ ...change, ...hours, name: null }, lang);
  const event: Event = { kind: "handoff", at, ...change, ...hours, words };
  await mustAppend(session, { at, events: [event] });
}
