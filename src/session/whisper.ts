import { Fault } from "../domain/fault.ts";
import type { Staff } from "../domain/staff.ts";
import type { Note } from "../ports/staffing.ts";
import type { Gateway } from "./gateway.ts";
import type { Session } from "./session.ts";

/** A note as whoever writes it names it. */
interface Written {
  readonly id: string;
  readonly text: string;
}

/** Tells the agent something for its next reply, unseen by the counterpart. The same id again is the same note. */
export async function whisper(
  gateway: Gateway,
  session: string,
  staff: Staff,
  written: Written,
): Promise<Note> {
  return keepNote(gateway, await gateway.find(session), staff, written);
}

/** Keeps a note, and shows it to the staff that watch here. Throws `id_reused`. */
export async function keepNote(
  { house }: Gateway,
  session: Session,
  staff: Staff,
  { id, text }: Written,
): Promise<Note> {
  const { store, clock } = house;
  const note = { id, at: clock.now(), by: staff.name, seq: session.state.seq, text };
  if (await store.note(session.id, note)) {
    session.noted(note);
    return note;
  }
  const before = (await store.notes(session.id)).find((one) => one.id === id);
  if (before?.text === text) return before;
  throw new Fault("id_reused", `the id ${JSON.stringify(id)} was used for another note; choose a new one`);
}
