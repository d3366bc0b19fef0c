import type { Asker } from "../asking/asker.ts";
import type { Act } from "../domain/act.ts";
import type { Event, EventOf } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { Words } from "../domain/reply.ts";
import { Gateway } from "../session/gateway.ts";
import { type House, UNCOUNTED } from "../session/house.ts";
import type { Session } from "../session/session.ts";
import type { Agent } from "../turn/agent.ts";
import { unsaid } from "../turn.ts";
import { unmet } from "./expect.ts";
import type { Expect, FixtureFile, FixtureTurn, Mode } from "./fixture.ts";
import type { Failure, Outcome, PlayedCall, PlayedTurn } from "./outcome.ts";
import { filled, NOTHING_OFFERED, type Offered, offeredAfter } from "./placeholders.ts";

/** A vendor's house for one fixture alone: nothing that happens in it is seen by another. */
export interface Stage {
  readonly house: Pick<House, "store" | "search" | "signer" | "policy">;
  /** Called once, whatever happened. */
  close(): void;
}

/** Who reads and words in one play of one fixture. */
export interface Cast {
  readonly mode: Mode;
  /** As it is shown; null when the house is alone. */
  readonly model: string | null;
  readonly partner: { readonly agent: Agent; readonly asker: Asker } | null;
  /** The fixture's turn `n` begins, counted from 1. */
  turn(n: number): void;
  /** The fixture was played to its end; `answered` is false when a question to the model got no answer. */
  ended?(answered: boolean): void;
  /** How the answer to a question came about; asked once for each, in order. `ms` is what a recording took. */
  source(call: Call): Promise<Pick<PlayedCall, "source" | "stale" | "objection"> & { readonly ms?: number }>;
}

export const HOUSE: Cast = {
  mode: "house",
  model: null,
  partner: null,
  turn: () => {},
  source: async () => ({ source: "live" }),
};

/** Plays one fixture to its end, through the gateway's own sessions and turn. Never throws. */
export async function play(file: FixtureFile, stage: Stage, cast: Cast): Promise<Outcome> {
  const { fixture } = file;
  const turns: PlayedTurn[] = [];
  const outcome = (verdict: Outcome["verdict"], problem?: string): Outcome => ({
    ...{ fixture: fixture.id, file: file.file, about: fixture.about, lang: fixture.lang },
    ...{ mode: cast.mode, model: cast.model, verdict, turns },
    ...(problem === undefined ? {} : { problem }),
  });
  try {
    const clock = clockFrom(fixture.at);
    const gateway = new Gateway({ ...stage.house, ...QUIET, clock, model: cast.partner }, "lab");
    const { lang, currency, channel, kind, ship_to } = fixture;
    const opening = { lang, currency, channel, kind, ...(ship_to ? { ship_to } : {}) };
    const party = { principal: "anonymous", kind, tier: "anonymous" } as const;
    // Ids follow from the key, so that what a tape recorded of them comes again.
    const { session } = await gateway.open(opening, party, fixture.id);
    const going: Going = { session, stage, cast, offered: NOTHING_OFFERED, calls: 0, strayed: false };
    for (const [i, turn] of fixture.turns.entries()) {
      turns.push(await playTurn(turn, i + 1, going));
      clock.pass();
    }
    cast.ended?.(!turns.some(({ failures }) => failures.some(({ path }) => path === NO_ANSWER)));
    return outcome(verdictOf(turns));
  } catch (error) {
    return outcome("error", error instanceof Error ? error.message : String(error));
  } finally {
    stage.close();
  }
}

/** What the turns of a fixture come to together. */
export function verdictOf(turns: readonly PlayedTurn[]): Outcome["verdict"] {
  const stale = turns.some((turn) =>
    turn.calls.some(({ source }) => source === "stale" || source === "missing"),
  );
  // What would have been said is not known, so a failure proves as little as a pass.
  if (stale) return "stale";
  return turns.some((turn) => turn.failures.length > 0) ? "fail" : "pass";
}

/** What one turn hands to the next. */
interface Going {
  readonly session: Session;
  readonly stage: Stage;
  readonly cast: Cast;
  offered: Offered;
  calls: number;
  /** A hostile model has read a message its way: from there on it is another conversation. */
  strayed: boolean;
}

async function playTurn(turn: FixtureTurn, n: number, going: Going): Promise<PlayedTurn> {
  const { session, stage, cast } = going;
  const began = performance.now();
  cast.turn(n);
  const message = turn.say === undefined ? { act: filled(turn.act, going.offered) } : { say: turn.say };
  let played = await submitted(message, n, going).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    const fault = { code: error.code, message: error.message };
    return { reading: null, move: null, words: null, fault, by: null };
  });
  const spent = performance.now() - began;
  const stored = (await stage.house.store.calls(session.id)).slice(going.calls);
  const calls: PlayedCall[] = [];
  let ms = spent;
  for (const { call } of stored) {
    const { ms: recorded, ...source } = await cast.source(call);
    calls.push({ call, ...source });
    ms += recorded ?? 0;
    going.calls += 1;
  }
  if (cast.mode === "hostile" && calls.some(({ call }) => call.prompt !== "word")) going.strayed = true;
  if (played.by === "model" && !calls.some(({ call }) => call.prompt === "word"))
    played = { ...played, by: "house" };
  const whole = { n, message: said(turn), ...played, calls, ...sums(calls), ms: Math.round(ms) };
  const failures = [
    ...(cast.mode === "live" ? unanswered(calls) : []),
    ...unmet(whole, expected(turn, cast, going.strayed, whole.by), going.offered.latest),
  ];
  going.offered = offeredAfter(going.offered, played.move?.offers ?? []);
  return { ...whole, failures };
}

type Said = Pick<PlayedTurn, "reading" | "move" | "words" | "fault" | "by">;

async function submitted(
  message: { readonly say: string } | { readonly act: Act },
  n: number,
  { session, stage }: Going,
): Promise<Said> {
  const id = `t${n}`;
  const sent = "say" in message ? { id, text: message.say } : { id, act: message.act };
  const { seq, last } = await session.submit(sent, null);
  const rows = await stage.house.store.read(session.id, seq - 1, last - seq + 1);
  const events = rows.map(({ json }) => JSON.parse(json) as Event);
  const heard = events.find((event): event is EventOf<"message"> => event.kind === "message");
  const reply = events.find((event): event is EventOf<"reply"> => event.kind === "reply");
  const later = events.find((event): event is EventOf<"words"> => event.kind === "words");
  const words = reply?.words ?? later?.words ?? null;
  if (!heard || !reply) throw new Error(`turn ${n} left no reply in the log`);
  return {
    ...{ reading: heard.reading, move: reply.move, words, fault: null },
    by: words && whose(words, heard, reply, session, stage),
  };
}

/** A house that asks nobody says its words with the reply. */
function whose(
  words: Words,
  heard: EventOf<"message">,
  reply: EventOf<"reply">,
  session: Session,
  stage: Stage,
): "house" | "model" {
  if (reply.words) return "house";
  const { vendor } = stage.house.policy();
  const house = unsaid({ ...session.state, lang: heard.reading.lang }, reply.move, vendor);
  return words.text === house.text && words.speech === house.speech ? "house" : "model";
}

/** What holds of this turn, by who plays. Of a strayed conversation nothing of its own is expected any more. */
function expected(turn: FixtureTurn, cast: Cast, strayed: boolean, by: PlayedTurn["by"]): Expect {
  if (strayed) return {};
  const { expect, house } = turn;
  if (cast.mode === "house") {
    // The house asks nobody, so what is expected of a model's part is not its business.
    const { verified: _v, calls: _c, cost_micro_usd: _m, ...rest } = expect;
    return { ...rest, ...house };
  }
  if (cast.mode === "hostile") {
    const { verified: _v, calls: _c, cost_micro_usd: _m, latency_ms: _l, text, speech, ...rest } = expect;
    return by === "house" ? { ...rest, ...(text ? { text } : {}), ...(speech ? { speech } : {}) } : rest;
  }
  return expect;
}

/** The house went on without the model, as it must; but of the model nothing was seen, which is no pass. */
function unanswered(calls: readonly PlayedCall[]): Failure[] {
  return calls
    .map(({ call }) => call)
    .filter(({ outcome }) => !["answered", "aborted", "stopped"].includes(outcome))
    .map(({ prompt, outcome, detail }) => ({
      path: NO_ANSWER,
      wanted: `an answer to ${prompt}`,
      got: detail ? `${outcome}: ${detail}` : outcome,
    }));
}

const NO_ANSWER = "model";

function said(turn: FixtureTurn): PlayedTurn["message"] {
  return turn.say === undefined ? { act: turn.act ?? {} } : { say: turn.say };
}

function sums(calls: readonly PlayedCall[]): Pick<PlayedTurn, "tokens" | "micro_usd"> {
  const tokens = { in: 0, out: 0 };
  let micro_usd = 0;
  for (const { call } of calls) {
    tokens.in += call.tokens?.in ?? 0;
    tokens.out += call.tokens?.out ?? 0;
    micro_usd += call.micro_usd ?? 0;
  }
  return { tokens, micro_usd };
}

/** Half a minute passes from turn to turn, and nothing within one: what a play comes to hangs on no real clock. */
function clockFrom(at: string) {
  let now = Date.parse(at);
  return {
    now: () => new Date(now).toISOString(),
    pass: () => {
      now += 30_000;
    },
  };
}

const nothing = () => {};
export const QUIET = {
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  meter: UNCOUNTED,
  sinks: [],
  wakeOutbox: nothing,
  bus: { say: nothing, hear: () => nothing, close: async () => {} },
  patience_ms: 0,
  // What a fixture finds hangs on no clock.
  search_ms: 30_000,
  lease_ms: 30_000,
};
