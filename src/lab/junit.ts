import { type Outcome, type PlayedTurn, saidIn, totals } from "./outcome.ts";

/**
 * Outcomes as JUnit XML, as CI servers read it: one suite a mode, one case a fixture. What failed is a failure with
 * what was wanted and what came; what could not be played is an error; what is stale fails as `stale`, because a build
 * that passes on answers nobody gave is worth nothing.
 */
export function junit(outcomes: readonly Outcome[], name = "parley lab"): string {
  const modes = [...new Set(outcomes.map(({ mode }) => mode))];
  const suites = modes.map((mode) =>
    suite(
      mode,
      outcomes.filter((one) => one.mode === mode),
    ),
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(name)}" ${counts(outcomes)}>`,
    ...suites,
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function suite(mode: string, outcomes: readonly Outcome[]): string {
  return [
    `  <testsuite name="${attribute(mode)}" ${counts(outcomes)}>`,
    ...outcomes.map(testcase),
    "  </testsuite>",
  ].join("\n");
}

function counts(outcomes: readonly Outcome[]): string {
  const failures = outcomes.filter(({ verdict }) => verdict === "fail" || verdict === "stale").length;
  const errors = outcomes.filter(({ verdict }) => verdict === "error").length;
  const ms = outcomes.reduce((sum, one) => sum + totals(one).ms, 0);
  return `tests="${outcomes.length}" failures="${failures}" errors="${errors}" skipped="0" time="${seconds(ms)}"`;
}

function testcase(outcome: Outcome): string {
  const { fixture, file, mode, verdict, about, problem, turns } = outcome;
  const sum = totals(outcome);
  const open = `    <testcase name="${attribute(fixture)}" classname="${attribute(`${mode}.${file.replace(/\.ya?ml$/, "").replaceAll("/", ".")}`)}" file="${attribute(file)}" time="${seconds(sum.ms)}">`;
  const wrong = turns.flatMap(whatFailed).join("\n");
  const verdicts: Record<Outcome["verdict"], string[]> = {
    pass: [],
    fail: [`      <failure type="fail" message="${attribute(firstOf(wrong))}">${text(wrong)}</failure>`],
    stale: [
      `      <failure type="stale" message="${attribute(staleIn(turns))}">${text(staleIn(turns))}</failure>`,
    ],
    error: [
      `      <error type="error" message="${attribute(firstOf(problem ?? ""))}">${text(problem ?? "")}</error>`,
    ],
  };
  const figures = `${turns.length} turns, ${sum.calls} calls, ${sum.tokens} tokens, ${sum.micro_usd} micro-USD`;
  return [
    open,
    ...verdicts[verdict],
    `      <system-out>${text(`${about}\n${figures}`)}</system-out>`,
    "    </testcase>",
  ].join("\n");
}

function whatFailed(turn: PlayedTurn): string[] {
  return turn.failures.map(
    ({ path, wanted, got }) =>
      `turn ${turn.n} (${saidIn(turn)}): ${path}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got) ?? "nothing"}`,
  );
}

function staleIn(turns: readonly PlayedTurn[]): string {
  const open = turns.flatMap(({ n, calls }) =>
    calls
      .filter(({ source }) => source === "stale" || source === "missing")
      .map(({ call, source }) => `turn ${n}: ${call.prompt}@${call.hash} is ${source}`),
  );
  return open.join("; ");
}

function firstOf(lines: string): string {
  return (lines.split("\n")[0] ?? "").slice(0, 300);
}

/** Seconds with three decimals, as the format wants them. */
function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

/** XML 1.0 has no way to write most control characters and lone surrogates, not even as references. */
function text(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>]/g, (mark) => (mark === "&" ? "&amp;" : mark === "<" ? "&lt;" : "&gt;"));
}

function attribute(value: string): string {
  return text(value).replace(/["\n\r\t]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
