import type { State } from "../domain/state.ts";
import { featuresOf, wordsIn } from "./act-features.ts";
import { settled } from "./clause.ts";
import { houseReading } from "./house.ts";
import { languageOf } from "./language.ts";
import { normalise } from "./normalise.ts";
import { settingOf } from "./setting.ts";

/** What is learned from, of a message: the features its reading is weighed by, its words, and those it looks for goods by. */
export function learnt(
  text: string,
  { state, now }: { readonly state: State; readonly now: string },
): { readonly features: Uint32Array; readonly words: readonly string[]; readonly sought: readonly string[] } {
  const raw = normalise(text);
  const setting = settingOf(state, languageOf(raw, state.lang), now);
  const house = houseReading(raw, setting);
  return {
    features: featuresOf(raw, setting, house),
    words: wordsIn(settled(raw, setting)),
    sought: house.acts.flatMap((act) => (act.act === "search" ? wordsIn(act.query) : [])),
  };
}
