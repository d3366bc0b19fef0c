import type { Offer } from "../domain/offer.ts";
import type { Move } from "../domain/reply.ts";
import type { Lang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import type { Context } from "./templates.ts";

/**
 * House words without what differs between two runs of the same conversation: no number of an order, and for the time
 * until which an offer holds, how long that is; nothing when one of the offers was made earlier, which has run for a
 * while already: a fresh one beside it may or may not end in the same minute.
 */
export function steady(text: string, move: Move, context: BriefContext): string {
  const fresh = move.offers.every(({ id }) => !context.known.includes(id));
  const timeless = move.offers.reduce((rest, offer) => {
    const row = expiryOf(offer, context);
    if (fresh) return rest.replaceAll(row, validFor(context.vendor.offer_minutes, context.lang));
    return rest.replaceAll(`\n- ${row}`, "").replaceAll(`; ${row}`, "").replaceAll(row, "");
  }, text);
  return move.intents.reduce((rest, { id }) => rest.replaceAll(` ${id}`, "").replaceAll(id, ""), timeless);
}

/** "Valid for 15 minutes", in the largest unit that is exact. */
export function validFor(minutes: number, lang: Lang): string {
  const [per, en, ko] = SPANS.find(([size]) => minutes % size === 0) ?? [1, "minute", "분"];
  const n = minutes / per;
  return lang === "ko"
    ? `지금부터 ${n}${ko} 동안 유효`
    : `Valid for ${n} ${en}${n === 1 ? "" : "s"} from now`;
}

const SPANS: readonly (readonly [number, string, string])[] = [
  [1_440, "day", "일"],
  [60, "hour", "시간"],
];

/** `known` are the offers of the session before this reply: they began to run earlier, so their time left differs. */
export interface BriefContext extends Context {
  readonly known: readonly string[];
}

/** A counterpart's message without the numbers of its offers and orders, which no two runs share. */
export function withoutIds(text: string, ids: readonly string[]): string {
  return ids.reduce((rest, id) => rest.replaceAll(id, "[number]"), text);
}

/** As the house writes it, to the letter. */
function expiryOf(offer: Offer, { lang }: BriefContext): string {
  const local = offer.ship_to.country === "KR";
  const at = new Date(Date.parse(offer.expires_at) + (local ? 9 * 3_600_000 : 0));
  const time = at.toISOString().slice(11, 16);
  return LANGUAGES[lang].written.expires(at.getUTCMonth() + 1, at.getUTCDate(), time, local);
}
