import type { Act, Reading } from "./domain/act.ts";
import { BOUNDS } from "./domain/bounds.ts";
import type { Decision } from "./domain/decision.ts";
import type { Event, Message } from "./domain/event.ts";
import { Fault } from "./domain/fault.ts";
import { intentOf, payloadOf, viewOf } from "./domain/intents/bind.ts";
import type { Limits } from "./domain/limits.ts";
import { type Found, type Lookup, recordOf } from "./domain/lookup.ts";
import type { IntentView, Move, Words } from "./domain/reply.ts";
import { fold, type State } from "./domain/state.ts";
import type { Vendor } from "./domain/vendor.ts";
import { evidence } from "./knowledge/evidence.ts";
import { needs } from "./knowledge/needs.ts";
import { decide } from "./negotiation/decide.ts";
import type { Appended, Commit, IntentRecord, StatusChange } from "./ports/store.ts";
import { read } from "./understanding/read.ts";
import { refer } from "./understanding/refer.ts";
import { word } from "./wording/word.ts";

/** Everything a turn may know besides its message: values only. */
export interface TurnContext {
  readonly session: string;
  readonly state: State;
  readonly at: string;
  readonly vendor: Vendor;
  readonly limits: Limits;
  /** Names this vendor and these limits among all that ever held. */
  readonly policy: string;
  /** Words follow the typed reply piece by piece, as an event of their own. */
  readonly streams: boolean;
}

/** What a turn may do in the world. A replay answers from the log instead. */
export interface TurnPorts {
  find(lookup: Lookup): Promise<Found>;
  sign(payload: string): Promise<string>;
  /** Durable or refused; nothing of a step is seen by anybody before. */
  commit(step: Step): Promise<Appended>;
  /** Sends words while they may still be cut off; gives what was not cut off. */
  speak(reply: number, words: Words): Promise<{ words: Words; interrupted: boolean }>;
}

/** What one commit appends: events in order, numbered after `state.seq`. */
export type Step = Omit<Commit, "session" | "after" | "events"> & { readonly events: readonly Event[] };

/**
 * The walk of one message, the only way through the gateway: read it, resolve what it points at, look up what must be
 * known, decide, bind, word, commit. It reads top to bottom; what it calls below is pure. Throws a `Fault` when the
 * message is refused, and then nothing was changed.
 */
export async function turn(message: Message, context: TurnContext, ports: TurnPorts): Promise<void> {
  const { state } = context;
  const reading = message.act
    ? typed(message.act, message, state)
    : read(message.text ?? "", { state, now: context.at });
  const acts = refer(reading.acts, state);
  const heard: Event = { kind: "message", at: context.at, message, reading };
  const told = fold(state, { seq: state.seq + 1, event: heard });

  for (let attempt = 0; attempt <= BOUNDS.conflicts; attempt++) {
    const found = await lookUp(acts, told, context.limits, ports);
    const decision = decide({
      state: told,
      reading: { ...reading, acts: [...acts] },
      typed: message.act !== undefined,
      evidence: evidence(acts, told, found, context.vendor),
      vendor: context.vendor,
      limits: context.limits,
      now: context.at,
      session: context.session,
      seq: state.seq + 2,
    });
    const bound = await bind(decision, context, ports);
    const move = { ...decision.move, intents: [...decision.move.intents, ...bound.views] };
    const words = word(move, {
      ...context,
      lang: reading.lang,
      channel: state.channel,
      currency: state.currency,
    });

    const outcome = await ports.commit({
      at: context.at,
      events: [
        heard,
        { kind: "reply", at: context.at, re: state.seq + 1, move, ...(context.streams ? {} : { words }) },
        ...bound.events,
        ...(context.streams ? [] : ending(decision, context)),
      ],
      message: { id: message.id, seq: state.seq + 1 },
      turn: {
        message: state.seq + 1,
        reply: state.seq + 2,
        now: context.at,
        policy: context.policy,
        lookups: found.map(recordOf),
        reasons: decision.reasons,
      },
      ...bound.changes,
    });
    if (outcome === "appended") return context.streams ? speak(words, decision, context, ports) : undefined;
    if (outcome === "stale")
      throw new Fault("unavailable", "another writer has this session; send the message again");
    if (outcome === "status")
      throw new Fault("order_status_conflict", "the order changed meanwhile; ask for its status");
  }
  throw new Fault("out_of_stock", "others took the stock while this was decided; ask again");
}

function typed(act: Act, message: Message, state: State): Reading {
  return { lang: message.lang ?? state.lang, acts: [act], confidence: 1 };
}

/** Rounds of look-up, each asking for what the last one showed to be missing. */
async function lookUp(
  acts: readonly Act[],
  state: State,
  limits: Limits,
  ports: TurnPorts,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let round = 0; round < BOUNDS.lookup_rounds; round++) {
    const asked =
      round === 0 ? [...needs(acts, state, found), ...giftsFor(acts, limits)] : needs(acts, state, found);
    const wanted = asked.slice(0, BOUNDS.lookups - found.length);
    if (wanted.length === 0) break;
    found.push(...(await Promise.all(wanted.map((lookup) => ports.find(lookup)))));
  }
  return found;
}

/** What may be given away is secret, so knowledge cannot ask for it: whoever wishes for a gift has them looked up here. */
function giftsFor(acts: readonly Act[], { gifts }: Limits): Lookup[] {
  const wished = acts.some((act) => act.act === "propose" && act.terms?.gift !== undefined);
  const skus = gifts.map((gift) => gift.sku).slice(0, 20);
  return wished && skus.length > 0 ? [{ kind: "products", skus }] : [];
}

/** Turns what was decided into what is stored with it: signed intents, stock taken, orders cancelled, deliveries due. */
async function bind(decision: Decision, context: TurnContext, ports: TurnPorts) {
  const { state, vendor, at, session } = context;
  const statuses: StatusChange[] = [];
  const events: Event[] = [];
  const outbox: { id: string; topic: string; body: string }[] = [];
  const views: IntentView[] = [];
  for (const id of decision.cancels) {
    const before = state.intents.find((intent) => intent.id === id);
    if (!before) throw new Fault("unknown_order", `this session has no order ${id}`);
    statuses.push({ intent: id, from: before.status, to: "cancelled", gives_back: true });
    const after: IntentView = { ...before, status: "cancelled" };
    views.push(after);
    events.push({ kind: "order", at, intent: after, by: "buyer" });
    outbox.push({
      id: `${id}.cancelled`,
      topic: "order.cancelled",
      body: JSON.stringify({ intent: id, at }),
    });
  }
  if (!decision.binding) {
    return { views, events, changes: { ...(statuses.length > 0 ? { statuses, outbox } : {}) } };
  }

  const intent = intentOf(decision.binding, state, vendor, {
    session,
    seq: state.seq + 2,
    at,
    policy: context.limits.version,
  });
  const payload = payloadOf(intent);
  const waits = decision.binding.needs_approval;
  const jws = waits ? null : await ports.sign(payload);
  const view = viewOf(intent, waits ? "approval_pending" : "pending", jws);
  if (jws) outbox.push({ id: intent.id, topic: "order.bound", body: JSON.stringify({ intent, jws }) });
  const { id, kind, currency } = intent;
  const lines = intent.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const record: IntentRecord = {
    ...{ id, session, kind, currency, jws, payload, lines },
    offer: intent.offer.id,
    status: view.status,
    total: view.total,
  };
  return { views: [...views, view], events, changes: { intents: [record], take: lines, statuses, outbox } };
}

/** The words of a reply whose second commit never came: the house words it from what was decided. */
export function unsaid({ lang, channel, currency }: State, move: Move, vendor: Vendor): Words {
  return word(move, { lang, channel, currency, vendor });
}

function ending(decision: Decision, { at }: TurnContext): Event[] {
  return decision.closes ? [{ kind: "closed", at, reason: "left" }] : [];
}

/** The second commit of a streamed turn: the words as they were heard. */
async function speak(
  words: Words,
  decision: Decision,
  context: TurnContext,
  ports: TurnPorts,
): Promise<void> {
  const of = context.state.seq + 2;
  const said = await ports.speak(of, words);
  const events: Event[] = [{ kind: "words", at: context.at, of, ...said }, ...ending(decision, context)];
  const outcome = await ports.commit({ at: context.at, events });
  if (outcome !== "appended")
    throw new Fault("unavailable", "another writer has this session; resume to read on");
}
