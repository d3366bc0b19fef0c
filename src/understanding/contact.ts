import type { Act } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { State } from "../domain/state.ts";

const EMAIL = /[^\s@,;:<>()"']+@[^\s@,;:<>()"']+\.[a-z]{2,}/i;
/** Eight digits or more, with what stands between them on paper. */
const PHONE = /\+?\d(?:[\d().-]| (?=[\d(])){6,}\d/;

/** How they can be reached, where just that was asked; everything they said stays beside it. */
export function contactIn(text: string, { answering, ask }: State): Act | null {
  if (answering.to !== "callback" || answering.contact || ask !== null) return null;
  const [contact] = EMAIL.exec(text) ?? PHONE.exec(text) ?? [];
  if (!contact) return null;
  return { act: "leave_contact", contact: contact.slice(0, 200), note: text.slice(0, BOUNDS.note_chars) };
}
