import { styleText } from "node:util";
import { type Failure, type Outcome, type PlayedTurn, saidIn, totals, type Verdict } from "./outcome.ts";
import { isFlaky } from "./repeat.ts";

export type Paint = (style: "green" | "red" | "yellow" | "dim" | "bold" | "cyan", text: string) => string;

/** Colours for a terminal; plain text for anything else. */
export function paintFor(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

/** One line a fixture, in columns. */
export function table(outcomes: readonly Outcome[], paint: Paint): string {
  const again = outcomes.some(({ repeat }) => repeat !== undefined);
  const head = [
    "",
    "fixture",
    "mode",
    "turns",
    "calls",
    "tokens",
    "cost",
    "ms",
    ...(again ? ["passed"] : []),
  ];
  const rows = outcomes.map((outcome) => {
    const sum = totals(outcome);
    const model = outcome.mode !== "house";
    return [
      outcome.verdict,
      outcome.fixture,
      outcome.mode,
      String(outcome.turns.length),
      model ? String(sum.calls) : "-",
      model ? String(sum.tokens) : "-",
      model ? dollars(sum.micro_usd) : "-",
      String(sum.ms),
      ...(again ? [passRate(outcome)] : []),
    ];
  });
  const lines = columns(
    [head, ...rows],
    ["l", "l", "l", "r", "r", "r", "r", "r", ...(again ? (["l"] as const) : [])],
  );
  return lines
    .map((line, i) => {
      const outcome = outcomes[i - 1];
      return outcome ? paint(COLOURS[outcome.verdict], line.slice(0, 5)) + line.slice(5) : paint("dim", line);
    })
    .join("\n");
}

/** pass^k, and where the rate of passing lies. */
function passRate(outcome: Outcome): string {
  const { repeat } = outcome;
  if (!repeat) return "";
  const percent = (rate: number) => `${Math.round(rate * 100)}%`;
  const range = `${percent(repeat.low)} to ${percent(repeat.high)}`;
  return `${repeat.passed}/${repeat.of} (${range})${isFlaky(outcome) ? " flaky" : ""}`;
}

const COLOURS = { pass: "green", fail: "red", stale: "yellow", error: "red" } as const satisfies Record<
  Verdict,
  string
>;

/** What was said, turn by turn. */
export function transcript(outcome: Outcome, paint: Paint): string {
  const lines = outcome.turns.flatMap((turn) => [
    `  ${paint("cyan", `${turn.n}> ${saidIn(turn)}`)}`,
    ...replied(turn, paint),
    ...turn.calls.map(({ call, source }) => paint("dim", `      ${source}: ${call.prompt}, ${call.outcome}`)),
  ]);
  return [paint("bold", outcome.fixture), ...lines].join("\n");
}

/** Everything that is not a pass, turn by turn. */
export function details(outcomes: readonly Outcome[], paint: Paint): string {
  const told = new Set<string>();
  return outcomes
    .filter(({ verdict }) => verdict !== "pass")
    .map((outcome) => [heading(outcome, paint), ...body(outcome, paint, told)].join("\n"))
    .join("\n\n");
}

function heading(outcome: Outcome, paint: Paint): string {
  const { verdict, fixture, file, about } = outcome;
  const flaky = isFlaky(outcome) ? "FLAKY, " : "";
  return `${paint(COLOURS[verdict], flaky + verdict.toUpperCase())} ${paint("bold", fixture)}  ${about}\n  ${paint("dim", file)}`;
}

/** `told` are the diffs shown before: an edit does the same to many calls. */
function body(outcome: Outcome, paint: Paint, told: Set<string>): string[] {
  if (outcome.problem !== undefined) return [`  ${outcome.problem}`];
  const lines: string[] = [];
  for (const turn of outcome.turns) {
    const open = turn.calls.filter(({ source }) => source === "stale" || source === "missing");
    // After a stale answer nothing is claimed of what would have been said.
    const failures = outcome.verdict === "stale" ? [] : turn.failures;
    if (open.length === 0 && failures.length === 0) continue;
    lines.push(`  turn ${turn.n}  ${paint("cyan", saidIn(turn))}`);
    for (const { call, source, stale } of open) {
      const why = stale ? ` (${stale.changed.join(", ")} changed)` : "";
      lines.push(
        `    ${paint("yellow", `${source}: ${call.prompt}`)}${why}${stale ? change(stale.tokens) : ""}`,
      );
      if (!stale || stale.diff === "") continue;
      const edit = editIn(stale.diff);
      if (!told.has(edit)) lines.push(indented(colouredDiff(stale.diff, paint), 6));
      told.add(edit);
    }
    for (const failure of failures) lines.push(...shown(failure, paint));
    if (failures.length > 0) lines.push(...replied(turn, paint));
  }
  if (outcome.house) {
    const { verdict } = outcome.house;
    lines.push(`  the house alone: ${paint(COLOURS[verdict], verdict)}`);
    for (const turn of outcome.house.turns.filter((each) => each.failures.length > 0))
      lines.push(`    turn ${turn.n}: ${turn.failures.map((failure) => failure.path).join(", ")}`);
  }
  return lines;
}

function shown({ path, wanted, got }: Failure, paint: Paint): string[] {
  return [
    `    ${path}`,
    `      ${paint("green", `- wanted ${brief(wanted)}`)}`,
    `      ${paint("red", `+ got    ${brief(got)}`)}`,
  ];
}

function replied({ words, move, fault, by }: PlayedTurn, paint: Paint): string[] {
  if (fault) return [`    refused: ${fault.code}: ${fault.message}`];
  if (!move || !words) return [];
  const reasons = move.reasons.length > 0 ? ` (${move.reasons.join(", ")})` : "";
  return [`    ${paint("dim", `${by}, ${move.act}${reasons}:`)}`, indented(words.text, 6)];
}

function change({ before, after }: { readonly before: number; readonly after: number }): string {
  const more = after - before;
  return more === 0 ? "" : `, ${more > 0 ? "+" : ""}${more} tokens (${before} to ${after})`;
}

/** The changed lines of a diff, without where they stand and what stands around them. */
function editIn(diff: string): string {
  return diff
    .split("\n")
    .filter((line) => /^[+-](?![+-]{2})/.test(line))
    .join("\n");
}

export function colouredDiff(diff: string, paint: Paint): string {
  return diff
    .split("\n")
    .map((line) =>
      line.startsWith("+") ? paint("green", line) : line.startsWith("-") ? paint("red", line) : line,
    )
    .join("\n");
}

/** What all of it came to, on one line. */
export function summary(outcomes: readonly Outcome[], seconds: number): string {
  const count = (verdict: Verdict) => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  const all = outcomes.map(totals);
  const sum = (of: (each: (typeof all)[number]) => number) =>
    all.reduce((total, each) => total + of(each), 0);
  const turns = outcomes.reduce((total, outcome) => total + outcome.turns.length, 0);
  const verdicts = (["pass", "fail", "stale", "error"] as const)
    .filter((verdict) => verdict === "pass" || count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`);
  const sources = (["replayed", "live", "stale", "missing"] as const)
    .map((source) => ({
      source,
      n: outcomes
        .flatMap((o) => o.turns)
        .flatMap((turn) => turn.calls)
        .filter((call) => call.source === source).length,
    }))
    .filter(({ n }) => n > 0)
    .map(({ source, n }) => `${n} ${source}`);
  const model =
    sources.length === 0
      ? ""
      : `, calls: ${sources.join(", ")}, ${sum((each) => each.tokens)} tokens, ${dollars(sum((each) => each.micro_usd))}`;
  return `${outcomes.length} fixtures: ${verdicts.join(", ")}; ${turns} turns${model}; ${seconds.toFixed(2)} s`;
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

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 600 ? `${text.slice(0, 600)}...` : text;
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^/gm, " ".repeat(by));
}
