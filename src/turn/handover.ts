import type { Event, Message } from "../domain/event.ts";
import type { HandoffWhy } from "../domain/handoff.ts";
import { isUnsure, type Move } from "../domain/reply.ts";
import { type Staffed, staffedAt } from "../domain/shift.ts";
import type { State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { read } from "../understanding/read.ts";
import { handoverWords } from "../wording/handover-words.ts";
import { typed } from "./weigh.ts";

/** That a reply asks for a person of the vendor's. */
export interface Asking {
  readonly why: Extract<HandoffWhy, "asked" | "unsure">;
  readonly by: "buyer" | "agent";
}

/** Whether this reply asks for a person: because the counterpart did, or the agent did not know what to say once too often. */
export function asksForPerson(move: Move, state: State, { handoff }: Vendor): Asking | null {
  if (move.act === "handoff") return { why: "asked", by: "buyer" };
  const { unsure = Number.POSITIVE_INFINITY } = handoff;
  if (state.channel === "agent" || state.answering.to !== "agent") return null;
  return isUnsure(move) && state.unsure + 1 >= unsure ? { why: "unsure", by: "agent" } : null;
}

/**
 * Where that leaves the counterpart, as the reply has it, and the event that says so: none where it stands there already, so
 * that asking again changes nothing. `there` is whether any of the vendor's staff watches; null, where that was not asked
 * yet, hands nothing over.
 */
export function handover(
  { why, by }: Asking,
  there: boolean | null,
  { move, state, lang, at, vendor }: { move: Move; state: State; lang: Lang; at: string; vendor: Vendor },
): { readonly stands: Pick<Move, "handoff" | "staffed">; readonly events: readonly Event[] } | null {
  if (there === null) return null;
  const left = move.reasons.includes("contact_left") || (state.answering.contact && !there);
  const to = !left && there ? "waiting" : "callback";
  const hours = to === "callback" ? hoursAt(vendor, at) : {};
  const stands = { handoff: to, ...hours } as const;
  if (state.answering.to === to) return { stands, events: [] };
  const because = to === "callback" && !left ? "nobody_there" : why;
  const words = handoverWords({ to, why: because, by, name: null, ...hours }, lang);
  return { stands, events: [{ kind: "handoff", at, to, why: because, by, ...hours, words }] };
}

/** When people are there by the vendor's hours, where it states any. */
export function hoursAt({ contact }: Vendor, at: string): { readonly staffed?: Staffed } {
  const staffed = staffedAt(contact.shifts, at);
  return staffed ? { staffed } : {};
}

/** A message that no agent answers, as the house reads it without a model's help. */
export function silently(message: Message, state: State, at: string): Event {
  const reading = message.act
    ? typed(message.act, message, state)
    : read(message.text ?? "", { state, now: at });
  return { kind: "message", at, message, reading };
}

export { handoverWords };
