import type { Act, ActOf } from "./act.ts";
import { BOUNDS } from "./bounds.ts";
import { completed } from "./completed.ts";
import type { EventOf, Numbered } from "./event.ts";
import { AGENT_ANSWERS, type Answering } from "./handoff.ts";
import { type Held, heldAfter, waitingIn } from "./held.ts";
import { kept, stands } from "./kept.ts";
import type { Currency } from "./money.ts";
import type { Offer } from "./offer.ts";
import type { PartialDetails, ShipTo } from "./order.ts";
import type { Channel, Party } from "./party.ts";
import type { Proposal } from "./proposal.ts";
import { type IntentView, isUnsure, type Move, type Slot } from "./reply.ts";
import type { Lang } from "./text.ts";

export type OfferStatus = "live" | "superseded" | "rejected" | "accepted";

/** An offer and what became of it. Whether it has expired is a question of the clock, not of the log. */
export interface Standing {
  readonly offer: Offer;
  readonly status: OfferStatus;
  /** The event that carried it. */
  readonly seq: number;
  /** False when the counterpart cut the words off before their end: a bare yes is then read back. */
  readonly heard: boolean;
  /** One of the vendor's people has approved this very offer, by its hash. */
  readonly approved?: true;
}

/** What one side said. */
export interface Utterance {
  readonly by: "counterpart" | "vendor";
  readonly text: string;
}

/** Everything a turn may know of the past; a pure fold of the public log, so that any replica can rebuild it. */
export interface State {
  readonly seq: number;
  /** The latest reply, 0 before the first. */
  readonly replied: number;
  readonly lang: Lang;
  readonly currency: Currency;
  readonly channel: Channel;
  readonly party: Party;
  readonly ship_to: ShipTo;
  readonly rounds: number;
  /** Vendor replies so far that carried an offer in answer to a proposal. */
  readonly round: number;
  readonly standings: readonly Standing[];
  readonly proposals: readonly Proposal[];
  /** Products last shown, in the order shown, with the unit price they were shown at. */
  readonly focus: readonly { readonly sku: string; readonly price: number }[];
  /** The SKU spoken of. */
  readonly that: string | null;
  readonly readback: { readonly offer: string; readonly hash: string } | null;
  /** The goods of every offer that ever waited for the last word: none is held without end. */
  readonly held: readonly Held[];
  /** Ids of the offers last laid side by side, in the order they were numbered; empty once another one stands alone. */
  readonly laid: readonly string[];
  readonly details: PartialDetails;
  /** What was asked last, and the choices given with it. */
  readonly ask: Slot | null;
  readonly choices: readonly string[];
  /** The acts of the latest message, with what they left standing of the one before: what a question back was about. */
  readonly said: readonly Act[];
  /** What was last looked for, so that "under 400 then?" narrows it down. */
  readonly sought: ActOf<"search"> | null;
  readonly codes: readonly string[];
  /** What was last said, oldest first, cut to size; a typed act is said by its name. */
  readonly recent: readonly Utterance[];
  readonly intents: readonly IntentView[];
  readonly answering: Answering;
  /** Replies in a row in which the vendor did not know what to say. */
  readonly unsure: number;
  readonly closed: boolean;
}

export function initial(opened: EventOf<"opened">, seq: number): State {
  const { lang, currency, channel, party, ship_to, rounds } = opened;
  return {
    ...{ seq, lang, currency, channel, party, ship_to, rounds },
    replied: 0,
    round: 0,
    standings: [],
    proposals: [],
    focus: [],
    that: null,
    readback: null,
    held: [],
    laid: [],
    details: {},
    ask: null,
    choices: [],
    said: [],
    sought: null,
    codes: [],
    recent: [],
    intents: [],
    answering: AGENT_ANSWERS,
    unsure: 0,
    closed: false,
  };
}

/** The state after one more event. `opened` is first and only first. */
export function fold(state: State, { seq, event }: Numbered): State {
  const next = { ...state, seq };
  switch (event.kind) {
    case "message":
      return afterMessage(next, event);
    case "reply":
      return afterReply(next, event, seq);
    case "interrupted":
      return { ...next, standings: unheard(state.standings, event.of) };
    case "words":
      return afterWords(next, event);
    case "order":
      return { ...next, intents: withIntents(state.intents, [event.intent]) };
    case "handoff":
      return afterHandoff(next, event);
    case "said":
      return { ...next, recent: remembered(state.recent, { by: "vendor", text: event.text }) };
    case "closed":
      return { ...next, closed: true };
    case "feedback":
    case "opened":
      return next;
  }
}

/** Folds a whole log; it must begin with `opened`. */
export function replayed(log: readonly Numbered[]): State {
  const [first, ...rest] = log;
  if (first?.event.kind !== "opened") throw new TypeError("a log begins with `opened`");
  return rest.reduce(fold, initial(first.event, first.seq));
}

function afterMessage(state: State, event: EventOf<"message">): State {
  let { details, ship_to } = state;
  for (const act of event.reading.acts) {
    const told = act.act === "inform" ? act.details : act.act === "accept" ? act.details : undefined;
    if (told) details = { ...details, ...told };
    if (told?.ship_to) {
      const { country, region, postal_code } = told.ship_to;
      ship_to = { country, ...(region ? { region } : {}), ...(postal_code ? { postal_code } : {}) };
    }
  }
  const { acts, lang } = event.reading;
  const said = { by: "counterpart" as const, text: event.message.text ?? `[${event.message.act?.act}]` };
  const recent = remembered(state.recent, said);
  return {
    ...state,
    details,
    ship_to,
    lang,
    said: completed(acts, state),
    sought: soughtIn(acts) ?? state.sought,
    recent,
    answering: acts.some(({ act }) => act === "leave_contact")
      ? { ...state.answering, contact: true }
      : state.answering,
  };
}

function afterHandoff(state: State, event: EventOf<"handoff">): State {
  const { to, why, at } = event;
  const contact = to === "callback" && state.answering.contact;
  return {
    ...state,
    unsure: 0,
    answering: { to, why, seq: state.seq, at, name: event.name ?? null, contact },
  };
}

function afterWords(state: State, { of, words, interrupted }: EventOf<"words">): State {
  const recent = remembered(state.recent, { by: "vendor", text: words.text });
  return interrupted ? { ...state, recent, standings: unheard(state.standings, of) } : { ...state, recent };
}

function remembered(before: readonly Utterance[], { by, text }: Utterance): readonly Utterance[] {
  return [...before, { by, text: text.slice(0, BOUNDS.recent_chars) }].slice(-BOUNDS.recent);
}

/** What a message looks for: its search, or what it would order by name. */
function soughtIn(acts: readonly Act[]): ActOf<"search"> | null {
  for (const act of acts) {
    if (act.act === "search" && act.query !== "") return act;
    const [line] = act.act === "propose" ? (act.lines ?? []) : [];
    if (line && "query" in line.item) return { act: "search", query: line.item.query };
  }
  return null;
}

function afterReply(state: State, event: EventOf<"reply">, seq: number): State {
  const { move } = event;
  const shown = move.results.map((card) => ({ sku: card.sku, price: card.list_price }));
  const offered = (move.offers[0]?.lines ?? [])
    .filter((line) => !line.gift)
    .map((line) => ({ sku: line.sku, price: line.unit_price }));
  const about = move.answers.findLast((answer) => answer.about !== null)?.about ?? null;
  // What could not be offered was spoken of all the same: "do you have it in gray?"
  const asked = onlyOne(move.proposal?.lines ?? []);
  const standings = withOffers(state.standings, event, seq);
  const readback = move.readback && { offer: move.readback.offer, hash: move.readback.hash };
  return {
    ...state,
    replied: seq,
    standings,
    proposals: move.proposal
      ? [...state.proposals, move.proposal].slice(-BOUNDS.proposals_kept)
      : state.proposals,
    focus: shown.length > 0 ? shown : offered.length > 0 ? offered : state.focus,
    that: offered[0]?.sku ?? about ?? (shown.length > 0 ? onlyOne(shown) : (asked ?? state.that)),
    readback,
    held: heldAfter(state.held, waitingIn({ standings, readback }, event.at), event.at),
    laid: laidAfter(state.laid, move),
    ask: move.ask,
    choices: move.choices,
    codes: move.proposal ? [...new Set([...state.codes, ...move.proposal.codes])].slice(-5) : state.codes,
    intents: withIntents(state.intents, move.intents),
    round: move.round.n,
    unsure: isUnsure(move) ? state.unsure + 1 : 0,
    recent: event.words ? remembered(state.recent, { by: "vendor", text: event.words.text }) : state.recent,
  };
}

/** Packages keep their numbers while one of them is spoken of; another offer, an order or other goods shown end that. */
function laidAfter(before: readonly string[], { offers, intents, results }: Move): readonly string[] {
  const ids = offers.map(({ id }) => id);
  if (results.length > 0 || intents.some(({ offer }) => before.includes(offer))) return [];
  if (ids.length === 0 || (ids.length === 1 && ids.every((id) => before.includes(id)))) return before;
  return ids.length > 1 ? ids : [];
}

function onlyOne(shown: readonly { sku: string }[]): string | null {
  return shown.length === 1 ? (shown[0]?.sku ?? null) : null;
}

function withOffers(before: readonly Standing[], event: EventOf<"reply">, seq: number): readonly Standing[] {
  const { offers, intents, proposal } = event.move;
  const taken = new Set(intents.map((intent) => intent.offer));
  const skus = new Set(
    offers.flatMap((offer) => offer.lines.filter((line) => !line.gift).map((line) => line.sku)),
  );
  // An offer that this very reply binds is shown once more, but no longer stands; its alternatives go with it.
  const shown = offers.filter((offer) => !taken.has(offer.id));
  // One that is said again stands once, as it was last said: an older entry would outlive its acceptance.
  const others = before.filter((standing) => !shown.some((offer) => offer.id === standing.offer.id));
  const after = others.map((standing): Standing => {
    if (standing.status !== "live") return standing;
    if (taken.has(standing.offer.id)) return { ...standing, status: "accepted" };
    const overlaps = standing.offer.lines.some((line) => !line.gift && skus.has(line.sku));
    const named =
      offers.some((offer) => offer.supersedes === standing.offer.id) ||
      proposal?.counters === standing.offer.id;
    return offers.length > 0 && (overlaps || named) ? { ...standing, status: "superseded" } : standing;
  });
  const was = (offer: Offer) => before.some((one) => one.approved && one.offer.hash === offer.hash);
  const added = shown.map((offer): Standing => {
    const approved = event.approved || was(offer) ? { approved: true as const } : {};
    return { offer, status: "live", seq, heard: true, ...approved };
  });
  return kept([...after, ...added], event.at);
}

function withIntents(before: readonly IntentView[], changed: readonly IntentView[]): readonly IntentView[] {
  if (changed.length === 0) return before;
  const ids = new Set(changed.map((intent) => intent.id));
  return [...before.filter((intent) => !ids.has(intent.id)), ...changed];
}

function unheard(standings: readonly Standing[], seq: number): readonly Standing[] {
  return standings.map((standing) => (standing.seq === seq ? { ...standing, heard: false } : standing));
}

/** Offers that may still be taken at `now` (an RFC 3339 instant in UTC), latest last. */
export function liveOffers(state: State, now: string): readonly Offer[] {
  return state.standings.filter((one) => stands(one, now)).map(({ offer }) => offer);
}
