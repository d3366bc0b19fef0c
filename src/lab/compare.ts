import { type Outcome, type PlayedTurn, type Totals, totals } from "./outcome.ts";

/** What two plays of one fixture have apart. */
export interface Difference {
  readonly fixture: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** One passed and the other failed. */
  readonly flipped: boolean;
  readonly turns: readonly TurnDifference[];
  /** After less before. Of the milliseconds only where a model answered: the rest is how busy the machine was. */
  readonly change: Omit<Totals, "ms"> & { readonly ms: number | null };
}

export interface TurnDifference {
  readonly n: number;
  /** What the typed reply has otherwise, as `act: offer -> counter`. */
  readonly outcome: readonly string[];
  readonly words: { readonly before: string; readonly after: string } | null;
  /** A question whose answer one of the two had not got: nothing is claimed of this turn's words. */
  readonly unknown: boolean;
  readonly after: PlayedTurn;
}

/** Fixture by fixture, flips first, then what else differs, then the rest. The two lists are of the same fixtures. */
export function compare(before: readonly Outcome[], after: readonly Outcome[]): Difference[] {
  const differences = after.flatMap((now) => {
    const then = before.find(({ fixture }) => fixture === now.fixture);
    return then ? [difference(then, now)] : [];
  });
  return differences.toSorted((a, b) => weight(b) - weight(a));
}

export function differs({ flipped, turns, before, after }: Difference): boolean {
  return flipped || before.verdict !== after.verdict || turns.length > 0;
}

function weight(one: Difference): number {
  return one.flipped ? 3 : one.before.verdict !== one.after.verdict ? 2 : differs(one) ? 1 : 0;
}

function difference(before: Outcome, after: Outcome): Difference {
  const known = (outcome: Outcome) => outcome.verdict === "pass" || outcome.verdict === "fail";
  const [a, b] = [totals(before), totals(after)];
  return {
    ...{ fixture: after.fixture, before, after },
    flipped: known(before) && known(after) && before.verdict !== after.verdict,
    turns: after.turns.flatMap((now, i) => {
      const then = before.turns[i];
      const one = then ? turnDifference(then, now) : null;
      return one ?? [];
    }),
    change: {
      calls: b.calls - a.calls,
      tokens: b.tokens - a.tokens,
      micro_usd: b.micro_usd - a.micro_usd,
      ms: after.mode === "live" ? b.ms - a.ms : null,
    },
  };
}

function turnDifference(then: PlayedTurn, now: PlayedTurn): TurnDifference | null {
  const open = ({ calls }: PlayedTurn) =>
    calls.some(({ source }) => source === "stale" || source === "missing");
  const unknown = open(then) !== open(now) || open(now);
  const facts = (turn: PlayedTurn) => {
    const offer = turn.move?.offers[0];
    return {
      fault: turn.fault?.code ?? null,
      act: turn.move?.act ?? null,
      reasons: turn.move?.reasons.join(", ") ?? null,
      asks: turn.move?.ask ?? null,
      offer: offer ? offer.lines.map((line) => `${line.quantity} x ${line.sku}`).join(", ") : null,
      total: offer?.totals.total ?? null,
      intents: turn.move?.intents.map(({ status }) => status).join(", ") ?? null,
      shows: turn.move?.results.map(({ sku }) => sku).join(", ") ?? null,
      words_by: turn.by,
    };
  };
  const [a, b] = [facts(then), facts(now)];
  const keys = Object.keys(b) as (keyof typeof b)[];
  const outcome = keys.filter((key) => a[key] !== b[key]).map((key) => `${key}: ${a[key]} -> ${b[key]}`);
  const [before, after] = [then.words?.text ?? "", now.words?.text ?? ""];
  if (outcome.length === 0 && before === after && !unknown) return null;
  return { n: now.n, outcome, words: before === after ? null : { before, after }, unknown, after: now };
}
