import type { Event } from "../domain/event.ts";
import type { State } from "../domain/state.ts";
import { type Step, unsaid } from "../turn.ts";
import type { House } from "./house.ts";
import type { Wordless } from "./seen.ts";
import { onlyText } from "./speaking.ts";
import { vendorAt } from "./vendor-at.ts";

/**
 * The words of a reply that was left without, as its turn would have made them: at its time, by the vendor's files then.
 * `hushed`, they stay unsaid, for somebody else speaks from here on: what was said of them elsewhere is not known.
 */
export async function unsaidWords(
  house: House,
  session: string,
  state: State,
  { reply, move, at }: Wordless,
  hushed: boolean,
): Promise<Step> {
  const whole = unsaid(state, move, await vendorAt(house, session, reply));
  const words = hushed ? onlyText(whole, "") : whole;
  const cut = hushed ? ({ interrupted: true, lost: true } as const) : { interrupted: false };
  const events: Event[] = [{ kind: "words", at, of: reply, words, ...cut }];
  if (move.act === "farewell") events.push({ kind: "closed", at, reason: "left" });
  return { at, events };
}
