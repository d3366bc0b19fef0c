import type { Act } from "../domain/act.ts";
import type { Event } from "../domain/event.ts";
import type { Intent } from "../domain/intents/index.ts";
import type { Found, Lookup } from "../domain/lookup.ts";
import type { Offer } from "../domain/offer.ts";
import type { Move } from "../domain/reply.ts";
import { type Edit, edited } from "../negotiation/edited.ts";
import { word } from "../wording/word.ts";
import { inputOf, roundOfLookups, typed, type Weighing } from "./weigh.ts";

export type { Edit };

/** What has to be known to judge a person's edit of an order. */
export function counterLookups(edit: Edit, weighing: Weighing): readonly Lookup[] {
  return roundOfLookups([asked(edit)], weighing, 0, [], 0);
}

/** The edit as a counter-offer of the vendor's, in words, behind the event that declines the order it was made of. */
export function counterReply(
  edit: Edit,
  order: Intent,
  found: readonly Found[],
  weighing: Weighing,
): { readonly event: Event; readonly offer: Offer } {
  const { state, at, vendor } = weighing;
  const act = asked(edit);
  const message = { id: order.id, act };
  const input = inputOf(message, typed(act, message, state), [act], state, found, weighing);
  const base = state.standings.find(({ offer }) => offer.id === order.offer.id)?.offer ?? null;
  const freed = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const offer = edited(input, edit, { base, terms: order.terms, freed });
  const move: Move = {
    act: "counter",
    ...{
      reasons: [],
      proposal: null,
      answers: [],
      results: [],
      offers: [offer],
      readback: null,
      intents: [],
    },
    ...{ ask: null, choices: [], round: { n: state.round, of: state.rounds }, citations: [] },
  };
  const { lang, channel, currency } = state;
  const words = word(move, { vendor, lang, channel, currency });
  // It answers the message by which the order was accepted.
  const re = order.seq - 1;
  const event: Event = { kind: "reply", at, re, by: "operator", approved: true, move, words };
  return { event, offer };
}

function asked({ lines }: Edit): Act {
  return { act: "propose", lines: lines.map(({ sku, quantity }) => ({ item: { sku }, quantity })) };
}
