import { type Reading, SURE } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { State } from "../domain/state.ts";
import { featuresOf } from "./act-features.ts";
import { MODEL } from "./act-model.ts";
import { oddsOf } from "./act-odds.ts";
import { arbitrated } from "./arbiter.ts";
import { contactIn } from "./contact.ts";
import { toldApart } from "./edited.ts";
import { houseReading } from "./house.ts";
import { languageOf } from "./language.ts";
import { normalise } from "./normalise.ts";
import { settingOf } from "./setting.ts";

export interface ReadContext {
  readonly state: State;
  /** RFC 3339 in UTC. */
  readonly now: string;
}

/**
 * What free text means, by rules alone. A reading never binds more than the words do: a yes counts only when nothing
 * else in the message limits it, and whatever could not be placed makes the reading `unsure`, which is asked about.
 */
export function read(text: string, { state, now }: ReadContext): Reading {
  const raw = normalise(text);
  const lang = languageOf(raw, state.lang);
  const contact = contactIn(raw, state);
  if (contact) return { lang, acts: [contact], confidence: 0.95 };
  const setting = settingOf(state, lang, now);
  const house = houseReading(raw, setting);
  const odds = raw.length > BOUNDS.read_chars ? null : oddsOf(MODEL, featuresOf(raw, setting, house));
  const heard = odds ? arbitrated(house, odds, raw, setting) : house;
  const acts = heard.acts
    .slice(0, BOUNDS.acts)
    .map((act) => (act.act === "propose" && !house.whole ? toldApart(act, raw, setting) : act));
  return {
    ...{
      lang,
      acts: [...acts],
      confidence: heard.unsure ? Math.min(heard.confidence, SURE.act - 0.1) : heard.confidence,
    },
    ...(heard.unsure ? { unsure: heard.unsure, words: (heard.words ?? raw).slice(0, 400) } : {}),
  };
}
