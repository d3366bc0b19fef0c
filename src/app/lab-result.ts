import { compare, type Difference, differs } from "../lab/compare.ts";
import type { Outcome, PlayedTurn } from "../lab/outcome.ts";
import { saidIn } from "../lab/outcome.ts";
import type { LabOutcome, LabResult } from "../protocol/lab.ts";

/** What a run came to, for a page: with an edited prompt each fixture beside how it was, flips first. */
export function labResult(
  after: readonly Outcome[],
  before: readonly Outcome[] | null,
  ms: number,
): LabResult {
  const outcomes = before
    ? compare(before, after).map(beside)
    : after.toSorted((a, b) => rank(a) - rank(b)).map((outcome) => ({ ...alone(outcome), flipped: false }));
  const count = (verdict: Outcome["verdict"]) => after.filter((one) => one.verdict === verdict).length;
  return {
    outcomes,
    counts: {
      ...{ pass: count("pass"), fail: count("fail"), stale: count("stale"), error: count("error") },
      flipped: outcomes.filter(({ flipped }) => flipped).length,
    },
    ms: Math.round(ms),
  };
}

function rank({ verdict }: Outcome): number {
  return ["error", "fail", "stale", "pass"].indexOf(verdict);
}

function verdictOf({ verdict, problem, turns }: Outcome) {
  return {
    verdict,
    ...(problem === undefined ? {} : { problem }),
    unmet: turns.flatMap(({ n, failures }) =>
      failures.map(({ path, wanted, got }) => ({ turn: n, path, wanted: wanted ?? null, got: got ?? null })),
    ),
  };
}

function alone(outcome: Outcome): Omit<LabOutcome, "flipped"> {
  const { fixture, about, lang, mode, turns } = outcome;
  return { fixture, about, lang, mode, ...verdictOf(outcome), turns: turns.map((turn) => turnOf(turn)) };
}

function turnOf(turn: PlayedTurn): LabOutcome["turns"][number] {
  return {
    ...{ n: turn.n, said: saidIn(turn), changed: [], before: null },
    text: turn.words?.text ?? turn.fault?.message ?? "",
    unknown: turn.calls.some(({ source }) => source === "stale" || source === "missing"),
  };
}

function beside(difference: Difference): LabOutcome {
  const { before, after, flipped, turns } = difference;
  const whole = alone(after);
  if (!differs(difference)) return { ...whole, flipped, before: verdictOf(before) };
  return {
    ...{ ...whole, flipped, before: verdictOf(before) },
    turns: whole.turns.map((turn) => {
      const other = turns.find(({ n }) => n === turn.n);
      if (!other) return turn;
      const { outcome, words, unknown } = other;
      return { ...turn, unknown, changed: [...outcome], before: words?.before ?? null };
    }),
  };
}
