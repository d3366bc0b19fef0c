import { SCRIPT, STYLE } from "./html-style-templates.ts";
import { differs, dollars, esc, talkOf } from "./html-talk.ts";
import { known, type Outcome, saidIn, totals, type Verdict } from "./outcome.ts";

export interface HtmlOptions {
  readonly title?: string;
  /** When it was made, as it is to be shown. */
  readonly at?: string;
  /** Outcomes to compare with, and what they are of: "main", "gpt-5-mini". */
  readonly before?: { readonly outcomes: readonly Outcome[]; readonly name: string };
}

/**
 * Outcomes as one HTML file that needs nothing beside it and reaches for nothing: a table with filters, every
 * conversation to unfold, and with `before` what changed in each. Whatever was said in them is text, never markup.
 */
export function html(outcomes: readonly Outcome[], options: HtmlOptions = {}): string {
  const { title = "Parley lab", at = "", before } = options;
  const earlier = new Map(before?.outcomes.map((one) => [keyOf(one), one]));
  const fixtures = outcomes.map((one) => fixtureOf(one, earlier.get(keyOf(one)) ?? null)).join("\n");
  const gone = before?.outcomes.filter((one) => !outcomes.some((now) => keyOf(now) === keyOf(one))) ?? [];
  const changed = before
    ? outcomes.filter((one) => changedIn(one, earlier.get(keyOf(one)) ?? null)).length
    : 0;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${esc(title)}</title><style>${STYLE}</style></head><body><main>
<h1>${esc(title)}<small>${esc(at)}${before ? ` compared with ${esc(before.name)}` : ""}</small></h1>
<div class="sum">${tilesOf(outcomes, before ? changed : null)}</div>
<div class="tools"><input type="search" id="find" placeholder="Filter by name, words, language" aria-label="Filter">
${buttonsOf(outcomes, before !== undefined)}<button type="button" id="open">Open or close all</button></div>
<div class="row head" aria-hidden="true"><span></span><span>fixture</span><span class="wide">mode</span><span class="num wide">turns</span><span class="num wide">calls</span><span class="num wide">tokens</span><span class="num wide">cost</span><span class="num">ms</span></div>
${fixtures}
<p class="none">Nothing fits.</p>
${gone.length > 0 ? `<p class="file">No longer there: ${gone.map(({ fixture }) => esc(fixture)).join(", ")}</p>` : ""}
</main><script>${SCRIPT}</script></body></html>
`;
}

const VERDICTS: readonly Verdict[] = ["pass", "fail", "stale", "error"];

function tilesOf(outcomes: readonly Outcome[], changed: number | null): string {
  const sums = outcomes.map(totals);
  const sum = (key: keyof (typeof sums)[number]) => sums.reduce((all, one) => all + one[key], 0);
  const told = (key: "tokens" | "micro_usd") => outcomes.some((one) => known(one)[key] !== null);
  const counts = VERDICTS.flatMap((verdict): [string, string, string][] => {
    const n = outcomes.filter((one) => one.verdict === verdict).length;
    return n > 0 ? [[String(n), verdict, verdict]] : [];
  });
  const asked: readonly (readonly [string, string, string])[] = [
    [String(sum("calls")), "calls", ""],
    ...(told("tokens") ? [[sum("tokens").toLocaleString("en"), "tokens", ""] as const] : []),
    ...(told("micro_usd") ? [[dollars(sum("micro_usd")), "cost", ""] as const] : []),
  ];
  const tiles: readonly (readonly [string, string, string])[] = [
    ...counts,
    ...(changed === null ? [] : [[String(changed), "changed", ""] as const]),
    [String(outcomes.reduce((all, { turns }) => all + turns.length, 0)), "turns", ""],
    ...(sum("calls") > 0 ? asked : []),
    [`${(sum("ms") / 1_000).toFixed(1)} s`, "in turns", ""],
  ];
  return tiles
    .map(
      ([n, name, kind]) => `<div class="tile${kind ? ` ${kind}` : ""}"><b>${n}</b><span>${name}</span></div>`,
    )
    .join("");
}

function buttonsOf(outcomes: readonly Outcome[], compared: boolean): string {
  const there = VERDICTS.filter((verdict) => outcomes.some((one) => one.verdict === verdict));
  return ["all", ...there, ...(compared ? ["changed"] : [])]
    .map(
      (want) => `<button type="button" data-want="${want}" aria-pressed="${want === "all"}">${want}</button>`,
    )
    .join("");
}

function fixtureOf(outcome: Outcome, before: Outcome | null): string {
  const { fixture, about, mode, verdict, lang, turns, repeat } = outcome;
  const sum = totals(outcome);
  const { tokens, micro_usd } = known(outcome);
  const then = before ? totals(before) : null;
  const changed = changedIn(outcome, before);
  const find = [
    fixture,
    about,
    lang,
    mode,
    verdict,
    ...turns.map((turn) => `${saidIn(turn)} ${turn.words?.text ?? ""}`),
  ];
  const was =
    before && before.verdict !== verdict ? ` <span class="pill changed">was ${before.verdict}</span>` : "";
  const mark = changed ? '<span class="pill changed">changed</span>' : "";
  const often = repeat
    ? ` <small class="about">${repeat.passed} of ${repeat.of} passed, ${percent(repeat.low)} to ${percent(repeat.high)}</small>`
    : "";
  const open = verdict === "fail" || verdict === "error" ? " open" : "";
  const cells = [
    ["wide", esc(mode)],
    ["num wide", String(turns.length)],
    ["num wide", mode === "house" ? "–" : `${sum.calls}`],
    ["num wide", tokens === null ? "–" : tokens.toLocaleString("en")],
    [
      "num wide",
      micro_usd === null ? "–" : `${dollars(sum.micro_usd)}${delta(sum.micro_usd, then?.micro_usd, dollars)}`,
    ],
    ["num", `${sum.ms}${delta(sum.ms, then?.ms, String)}`],
  ].map(([kind, text]) => `<span class="${kind}">${text}</span>`);
  return `<details class="fix" id="${esc(fixture)}-${mode}" data-verdict="${verdict}" data-changed="${changed ? "yes" : "no"}" data-find="${esc(find.join(" ").toLowerCase().replace(/\s+/g, " "))}"${open}><summary><span class="row"><span><span class="pill ${verdict}">${verdict}</span></span><span><span class="id">${esc(fixture)}</span>${mark}${was}<span class="about" lang="${lang}">${esc(about)}</span>${often}</span>${cells.join("")}</span></summary>${talkOf(outcome, before)}</details>`;
}

function changedIn(now: Outcome, then: Outcome | null): boolean {
  if (!then) return false;
  if (now.verdict !== then.verdict || now.turns.length !== then.turns.length) return true;
  return now.turns.some((turn, i) => differs(turn, then.turns[i] ?? null));
}

function delta(now: number, then: number | undefined, show: (n: number) => string): string {
  if (then === undefined || now === then) return "";
  return `<br><small>${now > then ? "+" : "−"}${show(Math.abs(now - then))}</small>`;
}

/** Several models may play one fixture: it is compared with its own kind. */
function keyOf({ fixture, mode }: Outcome): string {
  return `${fixture} ${mode}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
