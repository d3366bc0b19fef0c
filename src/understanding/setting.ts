import type { Offer } from "../domain/offer.ts";
import type { State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import { LEXICON, type Lexicon } from "./lexicon.ts";

/** What the talk so far gives to the reading of the next message. Prices in minor units of the session. */
export interface Setting {
  readonly state: State;
  /** RFC 3339 in UTC. */
  readonly now: string;
  readonly lexicon: Lexicon;
  readonly currency: string;
  /** The live offer spoken of: the one picked, else the first of the latest reply that carried one. An expired one
   * still counts when no other is left: that it is too late is the core's to say. */
  readonly offer: Offer | null;
  /** The offers last laid side by side, by number; none when one stands alone. */
  readonly packages: readonly Offer[];
  /** Live offers that a bare yes could mean. */
  readonly live: number;
  /** What one unit of the thing on the table costs; null when nothing or many things are on it. */
  readonly unit: number | null;
  /** All-in total of the live offer. */
  readonly total: number | null;
  /** Units on the table; null when the offer holds several products. */
  readonly quantity: number | null;
  /** Something was shown or spoken of that "that" can mean. */
  readonly pointed: boolean;
  /** An order is being talked about: an offer stands, or an earlier clause of this message asks for one. */
  readonly ordering: boolean;
}

export function settingOf(state: State, lang: Lang, now: string): Setting {
  const standing = state.standings.filter(({ status }) => status === "live");
  const fresh = standing.filter(({ offer }) => offer.expires_at > now);
  const live = fresh.length > 0 ? fresh : standing;
  const latest = live.at(-1)?.seq;
  const picked = live.find((one) => one.offer.id === state.readback?.offer);
  const offer = (picked ?? live.find(({ seq }) => seq === latest))?.offer ?? null;
  const bought = (offer?.lines ?? []).filter((line) => !line.gift);
  const only = bought.length === 1 ? bought[0] : undefined;
  const spoken = state.focus.find((item) => item.sku === state.that) ?? state.focus[0];
  return {
    ...{ state, now },
    lexicon: LEXICON[lang],
    currency: state.currency,
    offer,
    packages: laidBy(state),
    live: live.length,
    unit: only?.unit_price ?? (offer ? null : (spoken?.price ?? null)),
    total: offer?.totals.total ?? null,
    quantity: only?.quantity ?? (offer ? null : 1),
    pointed: offer !== null || state.that !== null || state.focus.length > 0 || state.ask === "choice",
    ordering: offer !== null,
  };
}

/** In the order they were numbered, whatever became of them since. */
function laidBy({ laid, standings }: State): Offer[] {
  return laid.flatMap((id) => standings.findLast(({ offer }) => offer.id === id)?.offer ?? []);
}
