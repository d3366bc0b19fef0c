import type { Act, Reading } from "./domain/act.ts";
import { BOUNDS } from "./domain/bounds.ts";
import type { Decision } from "./domain/decision.ts";
import type { Draws } from "./domain/draws.ts";
import type { Event, Message } from "./domain/event.ts";
import { Fault } from "./domain/fault.ts";
import type { Limits } from "./domain/limits.ts";
import { type Found, type Lookup, recordOf } from "./domain/lookup.ts";
import type { Asked, Call, Hear, Question } from "./domain/question.ts";
import type { QuestionName } from "./domain/questions/index.ts";
import type { Move, Words } from "./domain/reply.ts";
import { fold, type State } from "./domain/state.ts";
import type { Vendor } from "./domain/vendor.ts";
import { evidence } from "./knowledge/evidence.ts";
import { decide } from "./negotiation/decide.ts";
import type { Notice } from "./ports/deliveries.ts";
import type { Appended, Commit, TurnRecord } from "./ports/store.ts";
import type { Agent } from "./turn/agent.ts";
import { bind, dueFor } from "./turn/bind.ts";
import { warned } from "./turn/card.ts";
import { asksForPerson, handover } from "./turn/handover.ts";
import { holdAfter } from "./turn/hold.ts";
import { inputOf, roundOfLookups, typed } from "./turn/weigh.ts";
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
  /** How far above its floors these limits keep, by the key of now. */
  readonly draws: Draws;
  /** What this session's earlier replies were decided by; absent where that is not known. */
  readonly decided?: readonly Pick<TurnRecord, "reply" | "reasons">[];
  /** Names this vendor and these limits among all that ever held. */
  readonly policy: string;
  /** What staff told the agent for the words of this reply. */
  readonly whispers?: readonly string[];
  /** Words follow the typed reply piece by piece, as an event of their own. */
  readonly streams: boolean;
  /** Reads and words with a language model's help; null when the house does it alone. */
  readonly agent: Agent | null;
}

/** What a turn may do in the world. A replay answers from the log instead. */
export interface TurnPorts {
  find(lookup: Lookup): Promise<Found>;
  /** Puts a question to a language model; `cut` ends it early. */
  ask<N extends QuestionName>(question: Question<N>, hear?: Hear<N>, cut?: AbortSignal): Promise<Asked<N>>;
  sign(payload: string): Promise<string>;
  /** Whether any of the vendor's staff is there; null in a replay of a turn of before that was asked. */
  attended(): Promise<boolean | null>;
  /** Durable or refused; nothing of a step is seen by anybody before. */
  commit(step: Step): Promise<Appended>;
  /** Begins to say the words of a reply, which has left by then: from here on they may be cut off. */
  speak(reply: number): Promise<Speaker>;
  /** Told where the walk is, by whoever wants to know what takes how long; nothing hangs on it. */
  at?(station: Station): void;
}

/** Where a walk can be, besides in a port. */
export type Station = "read" | "refer" | "look up" | "decide" | "word";

/** Says words while they come. */
export interface Speaker {
  /** Aborted when the counterpart cuts the words off, or nobody is left to hear them. */
  readonly cut: AbortSignal;
  /** As much of the words as is there to say; each time the same beginning and more. */
  say(text: string): void;
  /** Says the rest, and gives what was not cut off. */
  end(words: Words): Promise<{ words: Words; interrupted: boolean; lost?: true }>;
}

/** What one commit appends: events in order, numbered after `state.seq`. */
export type Step = Omit<Commit, "session" | "term" | "after" | "events" | "outbox"> & {
  readonly events: readonly Event[];
  readonly outbox?: readonly Notice[];
};

/**
 * The walk of one message, the only way through the gateway: read it, resolve what it points at, look up what must be
 * known, decide, bind, word, commit. It reads top to bottom; what it calls below is pure. Throws a `Fault` when the
 * message is refused, and then nothing was changed.
 */
export async function turn(message: Message, context: TurnContext, ports: TurnPorts): Promise<void> {
  const { state } = context;
  // Typed acts need no reading, and machines are answered by template.
  const reader = message.act ? null : context.agent;
  const speaks = reader !== null && state.channel !== "agent";
  const calls: Call[] = [];
  ports.at?.("read");
  const reading = message.act
    ? typed(message.act, message, state)
    : await understood(message.text ?? "", reader, context, ports, calls);
  const heard: Event = { kind: "message", at: context.at, message, reading };
  const told = fold(state, { seq: state.seq + 1, event: heard });
  const inner = { ...context, agent: reader, state: told };
  ports.at?.("refer");
  const referred = refer(reading.acts, state);
  ports.at?.("look up");
  const { rounds, found: first } = await researched(referred, message, inner, ports, calls);
  const acts = rounds.flat();

  let outcome: Appended | null = null;
  for (let attempt = 0; attempt <= BOUNDS.conflicts; attempt++) {
    const found = attempt === 0 ? first : await lookUpAgain(rounds, inner, ports);
    ports.at?.("decide");
    const input = inputOf(message, reading, acts, told, found, context);
    const decision = decide(input);
    const due = dueFor(decision, context);
    const bound = bind(decision, due, due?.sign ? await ports.sign(due.payload) : null, context);
    const asks = asksForPerson(decision.move, told, context.vendor);
    const about = { ...context, move: decision.move, state: told, lang: reading.lang };
    const handed = asks && handover(asks, await ports.attended(), about);
    const intents = [...decision.move.intents, ...bound.views];
    const move = { ...warned(decision.move, message), intents, ...handed?.stands };
    const { channel, currency } = state;
    ports.at?.("word");
    const house = word(move, { vendor: context.vendor, lang: reading.lang, channel, currency });
    const later = context.streams || speaks;
    const words = later ? {} : { words: house };
    const replied = { kind: "reply" as const, at: context.at, re: state.seq + 1, move, ...words };

    outcome = await ports.commit({
      at: context.at,
      events: [
        ...[heard, replied, ...bound.events, ...(handed?.events ?? [])],
        ...(later ? [] : ending(decision, context)),
      ],
      message: { id: message.id, seq: state.seq + 1 },
      turn: {
        message: state.seq + 1,
        reply: state.seq + 2,
        now: context.at,
        policy: context.policy,
        draws: context.draws.key,
        lookups: found.map(recordOf),
        reasons: decision.reasons,
      },
      calls: { message: state.seq + 1, calls },
      ...bound.changes,
      ...holdAfter(decision, replied, input),
    });
    if (outcome === "appended") {
      if (!later) return;
      const reply = { move, house, text: message.text ?? "" };
      // Where they stand is said by the house alone.
      return speak(reply, decision, { ...inner, agent: speaks && !handed ? reader : null }, ports);
    }
    if (outcome === "stale" || outcome === "fenced")
      throw new Fault("unavailable", "another writer has this session; send the message again");
    if (outcome === "status")
      throw new Fault("order_status_conflict", "the order changed meanwhile; ask for its status");
  }
  if (outcome && "spent" in outcome)
    throw new Fault("below_limit", "this offer can no longer be kept; ask for a new one");
  throw new Fault("out_of_stock", "others took the stock while this was decided; ask again");
}

/** By the house grammar, and where that is unsure by a model, into the same closed schema. */
async function understood(
  text: string,
  agent: Agent | null,
  { state, vendor, at }: TurnContext,
  ports: TurnPorts,
  calls: Call[],
): Promise<Reading> {
  if (!agent) return read(text, { state, now: at });
  const steps = agent.understand(text, { state, vendor, now: at });
  let step = steps.next();
  while (!step.done) step = steps.next(kept(await ports.ask(step.value), calls));
  return step.value;
}

/**
 * What the acts need looked up, and round by round the acts that a question of several facts needs beside them: further
 * inquiries, a bounded number of rounds.
 */
async function researched(
  read: readonly Act[],
  message: Message,
  context: TurnContext,
  ports: TurnPorts,
  calls: Call[],
): Promise<{ readonly rounds: readonly (readonly Act[])[]; readonly found: readonly Found[] }> {
  const { agent, state, vendor, at } = context;
  const rounds = [read];
  let found = await lookUp(read, [], context, ports);
  for (let round = 1; agent && round <= BOUNDS.research_rounds; round++) {
    const acts = rounds.flat();
    const known = evidence(acts, state, found, vendor);
    const steps = agent.research(message.text ?? "", acts, known, round, { state, vendor, now: at });
    let step = steps.next();
    while (!step.done) step = steps.next(kept(await ports.ask(step.value), calls));
    if (step.value.length === 0) break;
    rounds.push(step.value);
    found = await lookUp(rounds.flat(), found, context, ports);
  }
  return { rounds, found };
}

/** The same look-ups in the same rounds as things stand now: a replay, which sees no conflict, asks for just these. */
async function lookUpAgain(
  rounds: readonly (readonly Act[])[],
  context: TurnContext,
  ports: TurnPorts,
): Promise<readonly Found[]> {
  ports.at?.("look up");
  let found: readonly Found[] = [];
  for (const at of rounds.keys()) found = await lookUp(rounds.slice(0, at + 1).flat(), found, context, ports);
  return found;
}

function kept<N extends QuestionName>(asked: Asked<N>, calls: Call[]): Asked<N> {
  calls.push(asked.call);
  return asked;
}

/** Rounds of look-up, each asking for what the last one showed to be missing; `known` was found before. */
async function lookUp(
  acts: readonly Act[],
  known: readonly Found[],
  context: TurnContext,
  ports: TurnPorts,
): Promise<readonly Found[]> {
  const found = [...known];
  for (let round = 0; ; round++) {
    const wanted = roundOfLookups(acts, context, known.length, found, round);
    if (wanted.length === 0) return found;
    found.push(...(await Promise.all(wanted.map((lookup) => ports.find(lookup)))));
  }
}

/** The words of a reply whose second commit never came: the house words it from what was decided. */
export function unsaid({ lang, channel, currency }: State, move: Move, vendor: Vendor): Words {
  return word(move, { lang, channel, currency, vendor });
}

function ending(decision: Decision, { at }: TurnContext): Event[] {
  return decision.closes ? [{ kind: "closed", at, reason: "left" }] : [];
}

/** The second commit of a turn whose words come later: as they were heard. */
async function speak(
  reply: { readonly move: Move; readonly house: Words; readonly text: string },
  decision: Decision,
  context: TurnContext,
  ports: TurnPorts,
): Promise<void> {
  const of = context.state.seq + 1;
  const calls: Call[] = [];
  const speaker = await ports.speak(of);
  const words = context.agent
    ? await phrased(reply, context.agent, context, speaker, ports, calls)
    : reply.house;
  const said = await speaker.end(words);
  const events: Event[] = [{ kind: "words", at: context.at, of, ...said }, ...ending(decision, context)];
  const outcome = await ports.commit({ at: context.at, events, calls: { message: of - 1, calls } });
  if (outcome !== "appended")
    throw new Fault("unavailable", "another writer has this session; resume to read on");
}

/** A model's words, said sentence by sentence as each is verified; the house's where that fails. */
async function phrased(
  { move, house, text }: { readonly move: Move; readonly house: Words; readonly text: string },
  agent: Agent,
  { state, vendor, at, whispers = [] }: TurnContext,
  speaker: Speaker,
  ports: TurnPorts,
  calls: Call[],
): Promise<Words> {
  const steps = agent.phrase(text, move, house, { state, vendor, now: at, whispers });
  let step = steps.next();
  while (!step.done) {
    const { question, sayable } = step.value;
    const hear: Hear<"word"> = (partial) => {
      const { text: verified, stop } = sayable(partial);
      speaker.say(verified);
      return stop ? "stop" : "on";
    };
    // What the words may say is worked out while the question is on its way.
    const [asked] = await Promise.all([
      ports.ask(question, hear, speaker.cut),
      meanwhile(() => void sayable({})),
    ]);
    step = steps.next(kept(asked, calls));
  }
  return step.value;
}

/** Once everything begun so far has left the process. */
async function meanwhile(work: () => void): Promise<void> {
  await new Promise((turned) => setImmediate(turned));
  work();
}
