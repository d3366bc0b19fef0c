import type { Move } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import { hoursTold } from "./hours.ts";
import { LANGUAGES } from "./languages.ts";
import { plain } from "./plain.ts";
import type { Context } from "./templates.ts";

/** What whoever asks for a person is told. Of before it was known whether anybody is there, `handoff` is absent. */
export function askedText(move: Move, context: Context): string {
  const t = LANGUAGES[context.lang];
  const { email, hours } = context.vendor.contact;
  const contact = t.written.contact(plain(email, 254), plain(inLang(hours, context.lang), 200));
  if (move.reasons.includes("contact_left"))
    return [t.people.taken, ...hoursTold(move, context.lang)].join(" ");
  if (move.handoff === "waiting") return t.people.waiting;
  if (move.handoff !== "callback") return `${t.plain.handoff} ${contact}`;
  return [t.people.callback, ...hoursTold(move, context.lang), contact].join(" ");
}

export function askedSpeech(move: Move, { lang }: Context): string {
  const { people, spoken } = LANGUAGES[lang];
  if (move.reasons.includes("contact_left")) return people.taken;
  if (move.handoff !== "callback") return move.handoff ? people[move.handoff] : spoken.handoff;
  return [people.callback, ...hoursTold(move, lang)].join(" ");
}
