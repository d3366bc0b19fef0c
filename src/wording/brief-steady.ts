import type { Offer } from "../domain/offer.ts";
import type { Move } from "../domain/reply.ts";
import { LANGUAGES } from "./languages.ts";
import type { Context } from "./templates.ts";

/**
 * House words without what differs between two runs of the same conversation: numbers of orders, and the times until
 * which offers hold. How long a new offer holds stands in the brief.
 */
export function steady(text: string, move: Move, context: BriefContext): string {
  const rows = new Set(move.offers.map((offer) => expiryOf(offer, context)));
  const timeless = [...rows].reduce(
    (rest, row) => rest.replaceAll(`\n- ${row}`, "").replaceAll(`; ${row}`, "").replaceAll(row, ""),
    text,
  );
  return move.intents.reduce((rest, { id }) => rest.replaceAll(` ${id}`, "").replaceAll(id, ""), timeless);
}

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
