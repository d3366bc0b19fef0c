import { styleText } from "node:util";
import { known, type Outcome, type PlayedTurn, saidIn, totals, type Verdict, worded } from "./outcome.ts";
import { isFlaky } from "./repeat.ts";

export type Paint = (style: "green" | "red" | "yellow" | "dim" | "bold" | "cyan", text: string) => string;

/** Colours for a terminal; plain text for anything else. */
export function paintFor(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

/** One line a fixture, in columns. */
export function table(outcomes: readonly Outcome[], paint: Paint): string {
  const again = outcomes.some(({ repeat }) => repeat !== undefined);
  const live = outcomes.some(({ mode }) => mode === "live");
  const head = [
    "",
    "fixture",
    "mode",
    "turns",
    "calls",
    "tokens",
    "cost",
    "ms",
    ...(live ? ["own words"] : []),
    ...(again ? ["passed"] : []),
  ];
  const rows = outcomes.map((outcome) => {
    const sum = totals(outcome);
    const { tokens, micro_usd } = known(outcome);
    return [
      outcome.verdict,
      outcome.fixture,
      outcome.mode,
      String(outcome.turns.length),
      outcome.mode === "house" ? "-" : String(sum.calls),
      tokens === null ? "-" : String(tokens),
      micro_usd === null ? "-" : dollars(micro_usd),
      String(sum.ms),
      ...(live ? [wordedOf(outcome)] : []),
      ...(again ? [passRate(outcome)] : []),
    ];
  });
  const lines = columns(
    [head, ...rows],
    [
      "l",
      "l",
      "l",
      "r",
      "r",
      "r",
      "r",
      "r",
      ...(live ? (["r"] as const) : []),
      ...(again ? (["l"] as const) : []),
    ],
  );
  return lines
    .map((line, i) => {
      const outcome = outcomes[i - 1];
      return outcome ? paint(COLOURS[outcome.verdict], line.slice(0, 5)) + line.slice(5) : paint("dim", line);
    })
    .join("\n");
}

/** In how many turns the model's words went out, of those in which it was asked for some. */
function wordedOf(outcome: Outcome): string {
  const { own, of } = worded(outcome);
  return of === 0 ? "-" : `${own}/${of}`;
}

/** pass^k, and where the rate of passing lies. */
function passRate(outcome: Outcome): string {
  const { repeat } = outcome;
  if (!repeat) return "";
  const percent = (rate: number) => `${Math.round(rate * 100)}%`;
  const range = `${percent(repeat.low)} to ${percent(repeat.high)}`;
  return `${repeat.passed}/${repeat.of} (${range})${isFlaky(outcome) ? " flaky" : ""}`;
}

export const COLOURS = {
  pass: "green",
  fail: "red",
  stale: "yellow",
  error: "red",
} as const satisfies Record<Verdict, string>;

/** What was said, turn by turn. */
export function transcript(outcome: Outcome, paint: Paint): string {
  const lines = outcome.turns.flatMap((turn) => [
    `  ${paint("cyan", `${turn.n}> ${saidIn(turn)}`)}`,
    ...replied(turn, paint),
    ...turn.calls.map(({ call, source }) => paint("dim", `      ${source}: ${call.prompt}, ${call.outcome}`)),
  ]);
  return [paint("bold", outcome.fixture), ...lines].join("\n");
}

export function replied({ words, move, fault, by }: PlayedTurn, paint: Paint): string[] {
  if (fault) return [`    refused: ${fault.code}: ${fault.message}`];
  if (!move || !words) return [];
  const reasons = move.reasons.length > 0 ? ` (${move.reasons.join(", ")})` : "";
  return [`    ${paint("dim", `${by}, ${move.act}${reasons}:`)}`, indented(words.text, 6)];
}

/** What all of it came to. */
export function summary(outcomes: readonly Outcome[], seconds: number): string {
  const verdicts = (["pass", "fail", "stale", "error"] as const)
    .map((verdict) => ({ verdict, n: outcomes.filter((outcome) => outcome.verdict === verdict).length }))
    .filter(({ verdict, n }) => verdict === "pass" || n > 0)
    .map(({ verdict, n }) => `${n} ${verdict}`);
  const turns = outcomes.reduce((total, outcome) => total + outcome.turns.length, 0);
  const all = outcomes.length === 1 ? "1 fixture" : `${outcomes.length} fixtures`;
  return `${all}: ${verdicts.join(", ")}; ${turns} turns${callsIn(outcomes)}; ${seconds.toFixed(2)} s`;
}

/** Where answers came from, whose words went out and what it cost, as far as that is known. */
function callsIn(outcomes: readonly Outcome[]): string {
  const calls = outcomes.flatMap(({ turns }) => turns).flatMap((turn) => turn.calls);
  if (calls.length === 0) return "";
  const sources = (["replayed", "live", "unasked", "stale", "missing"] as const)
    .map((source) => ({ source, n: calls.filter((call) => call.source === source).length }))
    .filter(({ n }) => n > 0)
    .map(({ source, n }) => `${n} ${source}`);
  const sum = (of: (each: Outcome) => number | null) =>
    outcomes.map(of).reduce((total, n) => (n === null ? total : (total ?? 0) + n), null);
  const [tokens, cost] = [sum((each) => known(each).tokens), sum((each) => known(each).micro_usd)];
  const words = outcomes.map(worded).reduce((a, b) => ({ own: a.own + b.own, of: a.of + b.of }));
  return [
    `; calls: ${sources.join(", ")}`,
    ...(words.of > 0 ? [`model's words in ${words.own} of ${words.of}`] : []),
    ...(tokens === null ? [] : [`${tokens} tokens`]),
    ...(cost === null ? [] : [dollars(cost)]),
  ].join(", ");
}

export function dollars(micro_usd: number): string {
  return `$${(micro_usd / 1_000_000).toFixed(micro_usd >= 1_000_000 ? 2 : 4)}`;
}

/** Cells padded to the width they have on a terminal, where a Hangul syllable takes two places. */
export function columns(rows: readonly (readonly string[])[], align: readonly ("l" | "r")[]): string[] {
  const widths = align.map((_, i) => Math.max(...rows.map((row) => width(row[i] ?? ""))));
  return rows.map((row) =>
    align
      .map((side, i) => {
        const cell = row[i] ?? "";
        const gap = " ".repeat((widths[i] ?? 0) - width(cell));
        return side === "l" ? cell + gap : gap + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}

function width(text: string): number {
  return text.replace(WIDE, "  ").length;
}

/** What takes two places on a terminal: Hangul, Han and kana, and full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

export function indented(text: string, by: number): string {
  return text.replaceAll(/^/gm, " ".repeat(by));
}
