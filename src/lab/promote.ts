import type { Event, EventOf, Numbered } from "../domain/event.ts";
import type { Call } from "../domain/question.ts";
import type { Tape } from "../domain/tape.ts";
import type { Model } from "../ports/model.ts";
import { Fixture, type FixtureTurn } from "./fixture.ts";
import { type Known, knownIn, type Mask, masking } from "./mask.ts";
import type { Outcome } from "./outcome.ts";
import { NOTHING_OFFERED, type Offered, offeredAfter, placeOf } from "./placeholders.ts";
import { expectationFrom } from "./promote-expect.ts";
import { byTurn, retelling } from "./promote-tape.ts";

export interface PromoteOptions {
  /** Of the fixture to be. */
  readonly id: string;
  readonly about?: string;
  readonly vendor?: string;
  /** When it is promoted: RFC 3339. */
  readonly at: string;
  /** Beginnings of postal codes on which the vendor's fees depend. */
  readonly postal_prefixes?: readonly string[];
  /** Names and the like that only the caller knows of. */
  readonly known?: readonly Known[];
  /** Plays the fixture with a model that is told where each turn begins. */
  readonly play: (fixture: Fixture, model: Model, turn: (n: number) => void) => Promise<Outcome>;
}

export interface Promoted {
  readonly fixture: Fixture;
  /** Null when no question was put to a model. */
  readonly tape: Tape | null;
  /** How many different values of personal data were replaced. */
  readonly masked: number;
  /** The fixture as it plays now, with the stored answers. */
  readonly outcome: Outcome;
  /** What of the conversation a fixture cannot say. */
  readonly notes: readonly string[];
}

/**
 * A stored conversation as a fixture with its tape: every message in order, what came of each as its expectation, and
 * nobody's personal data. `log` begins with `opened`; `calls` are the store's.
 */
export async function promote(
  log: readonly Numbered[],
  calls: readonly { readonly message: number; readonly call: Call }[],
  options: PromoteOptions,
): Promise<Promoted> {
  const opened = log.find(
    (one): one is { seq: number; event: EventOf<"opened"> } => one.event.kind === "opened",
  );
  const messages = log.flatMap(({ seq, event }) => (event.kind === "message" ? [{ seq, event }] : []));
  if (!opened || messages.length === 0)
    throw new TypeError("a conversation begins with `opened` and has a message");
  const { postal_prefixes = [], known = [] } = options;
  const mask = masking([...known, ...knownOf(log)], { postal_prefixes });
  const notes: string[] = [];
  const turns = turnsOf(log, mask, notes);
  const { lang, currency, channel, party, ship_to } = opened.event;
  const fixture = Fixture.parse({
    id: options.id,
    about: options.about ?? `A conversation of ${turns.length} turns, promoted`,
    ...(options.vendor === undefined ? {} : { vendor: options.vendor }),
    ...{ lang, currency, channel, kind: party.kind, ship_to: mask.deep(ship_to) },
    at: messages[0]?.event.at,
    turns,
  });
  const told = retelling(
    byTurn(
      messages.map(({ seq }) => seq),
      calls,
    ),
    mask,
  );
  const outcome = await options.play(fixture, told.model, told.turn);
  const tape = told.tape({ fixture: options.id, recorded_at: options.at });
  return {
    ...{ fixture, outcome, notes },
    // What was put into its questions was made of the masked conversation, and its answers were masked.
    tape: tape.calls.length > 0 ? tape : null,
    masked: mask.count(),
  };
}

/** Everything typed that tells of people, wherever in the log it stands. */
export function knownOf(log: readonly Numbered[]): Known[] {
  return log.flatMap(({ event }): Known[] => {
    if (event.kind === "opened") return knownIn({ ship_to: { ...event.ship_to, name: "", lines: [] } });
    if (event.kind === "reply")
      return event.move.readback?.details ? knownIn(event.move.readback.details) : [];
    if (event.kind !== "message") return [];
    const acts = [...event.reading.acts, ...(event.message.act ? [event.message.act] : [])];
    return acts.flatMap((act) =>
      (act.act === "inform" || act.act === "accept") && act.details ? knownIn(act.details) : [],
    );
  });
}

function turnsOf(log: readonly Numbered[], mask: Mask, notes: string[]): FixtureTurn[] {
  const turns: FixtureTurn[] = [];
  let offered = NOTHING_OFFERED;
  let intent: string | null = null;
  for (const { seq, event } of log) {
    if (event.kind === "order" && event.by !== "buyer")
      notes.push(`event ${seq}: an answer of the ${event.by} to an order cannot be said in a fixture`);
    if (event.kind === "interrupted") notes.push(`event ${seq}: an interruption cannot be said in a fixture`);
    if (event.kind !== "message") continue;
    const reply = log.find((one) => one.event.kind === "reply" && one.event.re === seq);
    if (reply?.event.kind !== "reply") {
      notes.push(`event ${seq}: the message has no reply and was left out`);
      continue;
    }
    const { move } = reply.event;
    const { text, act } = event.message;
    const said =
      text === undefined ? { act: placed({ ...act }, offered, intent, seq, notes) } : { say: text };
    turns.push({
      ...mask.deep(said),
      expect: expectationFrom(move, wordsOf(reply.event, reply.seq, log)),
    } as FixtureTurn);
    offered = offeredAfter(offered, move.offers);
    intent = move.intents.at(-1)?.id ?? intent;
  }
  return turns;
}

function wordsOf(reply: EventOf<"reply">, seq: number, log: readonly Numbered[]) {
  const later = log
    .map(({ event }): Event => event)
    .find((event) => event.kind === "words" && event.of === seq);
  return reply.words ?? (later?.kind === "words" ? later.words : null);
}

/** Ids and hashes differ from play to play: offers are named by their placeholders, the only order by nothing. */
function placed(
  act: Record<string, unknown>,
  offered: Offered,
  order: string | null,
  seq: number,
  notes: string[],
): Record<string, unknown> {
  const { offer, hash, counters, intent, ...rest } = act;
  const named = (name: string, value: unknown, as: string | null) => {
    if (value === undefined) return {};
    if (as === null)
      notes.push(`event ${seq}: \`${name}\` names no offer that was made, or not the latest order`);
    return { [name]: as ?? value };
  };
  return {
    ...rest,
    ...named("offer", offer, placeOf(offer, "offer", offered)),
    ...named("hash", hash, placeOf(hash, "hash", offered)),
    ...named("counters", counters, placeOf(counters, "offer", offered)),
    ...(intent === undefined || intent === order ? {} : named("intent", intent, null)),
  };
}
