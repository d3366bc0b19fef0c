import { type Act, type ActName, type ActOf, onlyTells, SURE } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Decision } from "../domain/decision.ts";
import type { Citation } from "../domain/fact.ts";
import type { Answer, Comparison, Move, MoveReason, Slot } from "../domain/reply.ts";
import { asksWhoSpeaks, whichItem } from "./acts/ask.ts";
import { type Doing, HANDLERS, HARMLESS, PRECEDENCE } from "./acts/index.ts";
import { tell } from "./acts/tell.ts";
import { standingOf } from "./binding.ts";
import { sendable } from "./earlier.ts";
import { entitled } from "./entitlement.ts";
import type { Input, Outcome } from "./input.ts";
import { notInTime } from "./late.ts";
import { keptPending } from "./readback.ts";
import { stanceOf } from "./stance.ts";

/**
 * What to do about a message: the public move, the secret reasons, and what binds. Pure: the same input gives the same
 * decision, byte for byte. Throws a `Fault` for a typed act that cannot be carried out, and then nothing is decided.
 */
export function decide(input: Input): Decision {
  const outcome = notInTime(input, doingOf(input)) ?? doubt(input) ?? handled(input);
  return {
    move: moveOf(input, outcome),
    reasons: {
      policy: input.limits.version,
      strategy: stanceOf(input.limits, spokenOf(input, outcome), input.state.party.kind).strategy,
      candidates: 0,
      ...outcome.why,
      notes: [...(outcome.why?.notes ?? []), ...knowledgeNotes(answersOf(input))].slice(0, NOTES),
    },
    binding: outcome.binding ?? null,
    cancels: outcome.cancels ?? [],
    closes: outcome.closes ?? false,
  };
}

const NOTES = 20;

/** What the vendor's own knowledge lacks, and where it contradicts itself, for whoever keeps it. */
function knowledgeNotes(answers: readonly Answer[]): string[] {
  return answers.flatMap(({ topic, about, facts, conflicts = [] }) => {
    const named = new Map(
      facts.map(({ id, source }) => [id, `${id} (${source.name}:${source.line ?? "-"})`]),
    );
    return [
      ...(facts.length === 0 ? [`not stated of ${about ?? "the shop"}: ${topic.slice(0, 200)}`] : []),
      ...conflicts.map(
        (one) => `conflict: ${named.get(one.fact)} counts, ${named.get(one.with)} says otherwise`,
      ),
    ];
  });
}

/** The goods of the offer that a reply shows first or reads back; none where it is about no order. */
function spokenOf({ state, evidence }: Input, { move }: Outcome) {
  const id = move.readback?.offer;
  const offer = move.offers?.[0] ?? (id === undefined ? undefined : standingOf(state, id)?.offer);
  return (offer?.lines ?? []).flatMap(({ sku, quantity, list_price, gift }) => {
    const known = evidence.products.get(sku);
    return known && !gift ? [{ known, quantity, list: list_price }] : [];
  });
}

function handled(input: Input): Outcome {
  const name = doingOf(input);
  const act = input.evidence.acts.find((one) => doneBy(one) === name);
  if (name === undefined || !act)
    return { move: { act: "clarify", reasons: ["not_understood"], ask: "rephrase" } };
  return name === "tell" ? tell(input) : (entitled(input, name) ?? handle(input, name, act));
}

/** What is done about a message of several acts. */
function doingOf({ evidence }: Input): Doing | undefined {
  const done = new Set(evidence.acts.map(doneBy));
  return PRECEDENCE.find((name) => done.has(name));
}

function doneBy(act: Act): Doing {
  return act.act === "propose" && onlyTells(act) ? "tell" : act.act;
}

function handle<N extends ActName>(input: Input, name: N, act: Act): Outcome {
  // Found by that very name, which the compiler cannot follow through the table.
  return HANDLERS[name](input, act as ActOf<N>);
}

const DOUBTS: Readonly<
  Record<NonNullable<Input["reading"]["unsure"]>, { act: Move["act"]; reason: MoveReason; ask: Slot | null }>
> = {
  act: { act: "clarify", reason: "not_understood", ask: "rephrase" },
  item: { act: "clarify", reason: "ambiguous_item", ask: "item" },
  amount: { act: "clarify", reason: "amount_unclear", ask: "price" },
  quantity: { act: "clarify", reason: "amount_unclear", ask: "quantity" },
  condition: { act: "clarify", reason: "conditional_accept", ask: "rephrase" },
  out_of_scope: { act: "unknown", reason: "out_of_scope", ask: null },
};

/** A reading nobody is sure of is asked about, not acted on, unless all it asks for is an answer that was found. */
function doubt(input: Input): Outcome | null {
  const { reading, typed, evidence } = input;
  if (typed || (reading.unsure === undefined && reading.confidence >= SURE.act)) return null;
  const answered = evidence.answers.some(({ facts }) => facts.length > 0) || evidence.results.length > 0;
  if (answered && evidence.acts.every((act) => HARMLESS.has(act.act))) return null;
  if (reading.unsure === "item" && evidence.unresolved.length > 0) return whichItem(input);
  // What the words left open, the talk before them settled, if it is about what was shown last.
  const { focus } = input.state;
  const lines = evidence.proposal?.lines ?? [];
  const shown = focus.length === 0 || lines.some(({ sku }) => focus.some((one) => one.sku === sku));
  if (reading.unsure === "item" && lines.length > 0 && shown) return null;
  const { act, reason, ask } = DOUBTS[reading.unsure ?? "act"];
  const open = input.state.ask;
  if (ask === "rephrase" && open === "change") return { move: { act, reasons: [reason], ask: open } };
  // What an order still needs is asked for again: another question would leave it unasked.
  if (ask === "rephrase" && (open === "ship_to" || open === "payer"))
    return { move: { act, reasons: [reason], ...keptPending(input) } };
  return { move: { act, reasons: [reason], ask, choices: reading.words ? [reading.words] : [] } };
}

function moveOf(input: Input, { move }: Outcome): Move {
  const { state, evidence } = input;
  const offered = state.round > 0 || state.standings.length > 0;
  const answers = answersOf(input).slice(0, BOUNDS.acts);
  // What matters is heard whatever else is done; a proposal that something else overrode is not answered.
  const comparison = move.act === "comparison" ? (evidence.comparison ?? null) : null;
  const who = evidence.acts.some(asksWhoSpeaks) ? (["automated"] as const) : [];
  const told = evidence.acts.some((act) => act.act === "propose" && onlyTells(act));
  return {
    ...{ proposal: told ? evidence.proposal : null, readback: null, intents: [], ask: null, choices: [] },
    ...{
      answers,
      results: evidence.results.slice(0, BOUNDS.results),
      citations: citationsOf(answers, comparison),
    },
    ...(comparison ? { comparison } : {}),
    round: offered ? { n: state.round, of: state.rounds } : { n: 0, of: 0 },
    ...move,
    reasons: [...new Set([...who, ...(move.reasons ?? [])])].slice(0, 6),
    offers: sendable(input, move.offers ?? []).slice(0, BOUNDS.offers),
  };
}

/** Those that may be said: that nothing is stated takes a look-up that was not cut short. */
function answersOf({ evidence }: Input): readonly Answer[] {
  const who = evidence.acts.flatMap((act) => (act.act === "ask" && asksWhoSpeaks(act) ? act.question : []));
  const answers = evidence.answers.filter(({ topic }) => !who.includes(topic));
  return evidence.partial ? answers.filter(({ facts }) => facts.length > 0) : answers;
}

function citationsOf(answers: readonly Answer[], comparison: Comparison | null): Citation[] {
  const cited = new Map<string, Citation>();
  const { rows = [], verdict } = comparison ?? {};
  const said = verdict ? rows.filter(({ key }) => key === verdict.key) : rows;
  const compared = said.flatMap(({ values }) => values.filter((fact) => fact !== null));
  for (const { id, source, text } of [...answers.flatMap((answer) => answer.facts), ...compared]) {
    const quote = text === undefined ? {} : { quote: text.slice(0, 300) };
    cited.set(id, { fact: id, source: source.name, ...quote });
  }
  return [...cited.values()].slice(0, 40);
}
