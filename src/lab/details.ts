import { type Failure, type Outcome, type PlayedTurn, type StaleCall, saidIn } from "./outcome.ts";
import { isFlaky } from "./repeat.ts";
import { COLOURS, indented, type Paint, replied } from "./table.ts";

/** Everything that is not a pass, turn by turn; what is wrong with many in the same way is said once. */
export function details(outcomes: readonly Outcome[], paint: Paint): string {
  const told = new Set<string>();
  const parts: string[] = [];
  for (const outcome of outcomes.filter(({ verdict }) => verdict !== "pass")) {
    const { problem } = outcome;
    const alike = problem === undefined ? [] : outcomes.filter((other) => other.problem === problem);
    const line = inOneLine(outcome, paint, told);
    if (line !== null) parts.push(line);
    else if (alike.length < 2)
      parts.push([heading(outcome, paint), ...body(outcome, paint, told)].join("\n"));
    else if (alike[0] === outcome) parts.push(together(alike, problem ?? "", paint));
  }
  return parts
    .map((part, i) => (i > 0 && (part.includes("\n") || parts[i - 1]?.includes("\n")) ? `\n${part}` : part))
    .join("\n");
}

function together(alike: readonly Outcome[], problem: string, paint: Paint): string {
  const [first, second, third, ...more] = alike.map(({ fixture }) => fixture);
  const names = [first, second, third].filter((name) => name !== undefined).join(", ");
  const rest = more.length > 0 ? ` and ${more.length} more` : "";
  return `${paint("red", "ERROR")} ${paint("bold", `${alike.length} fixtures`)}  ${names}${rest}\n${indented(problem, 2)}`;
}

/** A fixture in which an edit does only what was told of others, with the turns it touches. */
function inOneLine(outcome: Outcome, paint: Paint, told: ReadonlySet<string>): string | null {
  if (outcome.verdict !== "stale" || outcome.problem !== undefined) return null;
  const open = outcome.turns.flatMap(({ n, calls }) =>
    calls.filter(({ source }) => source === "stale" || source === "missing").map((call) => ({ n, ...call })),
  );
  if (open.some(({ stale }) => !stale || stale.diff === "" || !told.has(editIn(stale.diff)))) return null;
  const prompts = [...new Set(open.map(({ call }) => call.prompt))].map((prompt) => {
    const turns = open.filter(({ call }) => call.prompt === prompt).map(({ n }) => n);
    return `${prompt} in turn${turns.length === 1 ? "" : "s"} ${turns.join(", ")}`;
  });
  const more = open.reduce(
    (sum, { stale }) => sum + (stale ? stale.tokens.after - stale.tokens.before : 0),
    0,
  );
  const house = outcome.house ? `; the house alone: ${outcome.house.verdict}` : "";
  return `${paint("yellow", "STALE")} ${paint("bold", outcome.fixture)}  ${prompts.join("; ")}, ${more > 0 ? "+" : ""}${more} tokens${house}`;
}

function heading(outcome: Outcome, paint: Paint): string {
  const { verdict, fixture, file, about } = outcome;
  const flaky = isFlaky(outcome) ? "FLAKY, " : "";
  return `${paint(COLOURS[verdict], flaky + verdict.toUpperCase())} ${paint("bold", fixture)}  ${about}\n  ${paint("dim", file)}`;
}

/** `told` are the diffs shown before: an edit does the same to many calls. */
function body(outcome: Outcome, paint: Paint, told: Set<string>): string[] {
  if (outcome.problem !== undefined) return [indented(outcome.problem, 2)];
  const lines: string[] = [];
  for (const turn of outcome.turns) {
    const open = openCalls(turn, paint, told);
    // After a stale answer nothing is claimed of what would have been said.
    const failures = outcome.verdict === "stale" ? [] : turn.failures;
    if (open.length === 0 && failures.length === 0) continue;
    lines.push(`  turn ${turn.n}  ${paint("cyan", saidIn(turn))}`, ...open.map((line) => indented(line, 4)));
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

/** The turn's stale and missing answers: what changed, by how many tokens, and the diff where it was not told yet. */
export function openCalls({ calls }: PlayedTurn, paint: Paint, told: Set<string>): string[] {
  const lines: string[] = [];
  for (const { call, source, stale, objection } of calls) {
    if (source !== "stale" && source !== "missing") continue;
    const why = stale ? ` (${stale.changed.join(", ")} changed)` : "";
    lines.push(`${paint("yellow", `${source}: ${call.prompt}`)}${why}${stale ? change(stale) : ""}`);
    if (objection !== undefined)
      lines.push(indented(`asked again, for the words before were not let out:\n${objection}`, 2));
    if (!stale || stale.diff === "") continue;
    const edit = editIn(stale.diff);
    if (!told.has(edit)) lines.push(indented(colouredDiff(stale.diff, paint), 2));
    told.add(edit);
  }
  return lines;
}

/** One line a prompt: how many answers its edit made stale, and by how many tokens its questions grew; then what to do. */
export function staleSummary(outcomes: readonly Outcome[]): string[] {
  const byPrompt = new Map<
    string,
    { calls: number; changes: StaleCall["tokens"][]; fixtures: Set<string> }
  >();
  for (const { fixture, turns } of outcomes)
    for (const { call, stale } of turns.flatMap(({ calls }) => calls)) {
      if (!stale) continue;
      const of = byPrompt.get(call.prompt) ?? { calls: 0, changes: [], fixtures: new Set() };
      of.calls += 1;
      if (!stale.unkept) of.changes.push(stale.tokens);
      of.fixtures.add(fixture);
      byPrompt.set(call.prompt, of);
    }
  if (byPrompt.size === 0) return [];
  const lines = [...byPrompt].map(([prompt, { calls, changes, fixtures }]) => {
    const mean = changes.reduce((sum, { before, after }) => sum + after - before, 0) / changes.length;
    const tokens = changes.length === 0 ? "" : `, ${mean > 0 ? "+" : ""}${mean.toFixed(1)} tokens a call`;
    return `stale: ${counted(calls, "answer")} of ${prompt} in ${counted(fixtures.size, "fixture")}${tokens}`;
  });
  const next =
    "what they come to now only a model can say: --mode live shows it, --record keeps it; tapes written by hand are read again and then held to the prompts by `lab restamp`";
  return [...lines, next];
}

export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function shown({ path, wanted, got }: Failure, paint: Paint): string[] {
  // The words stand below, whole.
  const there = path.startsWith("text.") ? "the words below" : brief(got);
  return [
    `    ${path}`,
    indented(paint("green", `- wanted ${brief(wanted)}`), 6),
    indented(paint("red", `+ got    ${there}`), 6),
  ];
}

function change({ tokens: { before, after }, unkept, diff }: StaleCall): string {
  if (unkept) return ", and the prompt as it was is not kept";
  const more = after - before;
  if (more !== 0) return `, ${more > 0 ? "+" : ""}${more} tokens (${before} to ${after})`;
  return diff === "" ? ", though it reads the same" : "";
}

/** The changed lines of a diff, without where they stand and what stands around them. */
function editIn(diff: string): string {
  return diff
    .split("\n")
    .filter((line) => /^[+-](?![+-]{2})/.test(line))
    .join("\n");
}

function colouredDiff(diff: string, paint: Paint): string {
  return diff
    .split("\n")
    .map((line) =>
      line.startsWith("+") ? paint("green", line) : line.startsWith("-") ? paint("red", line) : line,
    )
    .join("\n");
}

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 600 ? `${text.slice(0, 600)}...` : text;
}
