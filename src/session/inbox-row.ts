import type { Event } from "../domain/event.ts";
import type { Offer } from "../domain/offer.ts";
import { liveOffers, type State } from "../domain/state.ts";
import type { TurnRecord } from "../ports/store.ts";
import type { InboxState, Row } from "../protocol/staff.ts";

/** What an inbox remembers of a log beside the state it folds to. */
export interface Line {
  readonly opened_at: string;
  readonly last: Row["last"];
  /** Since when the counterpart waits for an answer of the person who has the conversation. */
  readonly unanswered: string | null;
  /** Since when they wait for a person, whatever they were told meanwhile. */
  readonly asked: string | null;
  /** Since when an order waits for a person's yes. */
  readonly pending: string | null;
}

const LAST_CHARS = 240;

export function lineAfter(before: Line | null, event: Event): Line {
  const line = before ?? { opened_at: event.at, last: null, unanswered: null, asked: null, pending: null };
  const said = saidIn(event);
  const last = said ? { at: event.at, by: said.by, text: said.text.slice(0, LAST_CHARS) } : line.last;
  const pends = event.kind === "reply" && event.move.act === "approval_pending";
  const answered = event.kind === "said" || event.kind === "reply";
  const unanswered =
    event.kind === "message" ? (line.unanswered ?? event.at) : answered ? null : line.unanswered;
  return { ...line, last, unanswered, asked: askedIn(event, line), pending: pends ? event.at : line.pending };
}

function askedIn(event: Event, { asked }: Line): string | null {
  if (event.kind !== "handoff") return asked;
  return event.to === "waiting" || event.to === "callback" ? (asked ?? event.at) : null;
}

function saidIn(event: Event): { by: NonNullable<Row["last"]>["by"]; text: string } | null {
  switch (event.kind) {
    case "message":
      return { by: "buyer", text: event.message.text ?? `[${event.message.act?.act}]` };
    case "reply":
      return { by: "agent", text: event.words?.text ?? `[${event.move.act}]` };
    case "words":
      return { by: "agent", text: event.words.text };
    case "said":
      return { by: "operator", text: event.text };
    case "handoff":
      return { by: "gateway", text: event.words.text };
    case "order":
      return { by: event.by === "system" ? "gateway" : event.by, text: `[order ${event.intent.status}]` };
    default:
      return null;
  }
}

/** A conversation in one line. Of `turns` the latest that weighed an offer says how far one may go. */
export function rowOf(
  session: string,
  state: State,
  line: Line,
  turns: readonly Pick<TurnRecord, "reasons">[],
  now: string,
): Row {
  const { party, lang, channel, currency, answering } = state;
  const latest = state.standings.at(-1)?.offer;
  const totals = [
    ...liveOffers(state, now).map(({ totals: { total } }) => total),
    ...state.intents.filter(({ status }) => status === "approval_pending").map(({ total }) => total),
  ];
  const inbox = stateOf(state);
  return {
    session,
    who: { kind: party.kind, tier: party.tier, principal: party.principal },
    ...{ lang, channel, state: inbox },
    operator: answering.to === "person" ? answering.name : null,
    value: totals.length > 0 ? { amount: Math.max(...totals), currency } : null,
    discount_bp: latest ? discountOf(latest) : null,
    allowed_bp: latest ? allowedOf(latest, turns) : null,
    waiting_since: waitingSince(inbox, line),
    last: line.last,
    opened_at: line.opened_at,
    seq: state.seq,
  };
}

function stateOf({ closed, answering, intents }: State): InboxState {
  if (closed) return "closed";
  if (answering.to === "person") return "with_person";
  if (answering.to !== "agent") return "needs_person";
  return intents.some(({ status }) => status === "approval_pending") ? "needs_approval" : "agent";
}

function waitingSince(inbox: InboxState, line: Line): string | null {
  if (inbox === "needs_person") return line.asked;
  if (inbox === "needs_approval") return line.pending;
  return inbox === "with_person" ? line.unanswered : null;
}

function listOf({ lines }: Offer): number {
  return lines.reduce((sum, { gift, list_price, quantity }) => sum + (gift ? 0 : list_price * quantity), 0);
}

function discountOf(offer: Offer): number | null {
  const list = listOf(offer);
  const { goods, discounts } = offer.totals;
  return list === 0 ? null : Math.round(((list - goods + discounts) * 10_000) / list);
}

/** The discount, and what of net revenue is left above the limit, as a share of the list price. */
function allowedOf(offer: Offer, turns: readonly Pick<TurnRecord, "reasons">[]): number | null {
  const list = listOf(offer);
  const weighed = turns.findLast(({ reasons }) => reasons.net !== undefined && reasons.limit !== undefined);
  const discount = discountOf(offer);
  if (!weighed || discount === null) return null;
  const { net = 0, limit = 0 } = weighed.reasons;
  const gross = offer.tax.treatment === "included" ? 1 + offer.tax.rate_bp / 10_000 : 1;
  return Math.max(0, discount + Math.round(((net - limit) * gross * 10_000) / list));
}
