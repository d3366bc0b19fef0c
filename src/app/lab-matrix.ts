import { Fault } from "../domain/fault.ts";
import { known, type Outcome, totals, worded } from "../lab/outcome.ts";
import { columns, dollars } from "../lab/table.ts";
import { benchFor, chosenFixtures, pricesFor, type Setup } from "./lab-bench.ts";
import { crewOf } from "./lab-crew.ts";
import type { LabOptions } from "./lab-options.ts";
import { variant, variantsIn } from "./lab-prompts.ts";

/** One column: a model, or what the fixtures play with when none is named, and a set of prompts. */
interface Cell {
  readonly model: string | null;
  readonly prompts: string;
  /** One list a play. */
  readonly runs: readonly (readonly Outcome[])[];
}

/** Every model with every set of prompts. Always 0: it compares, and passes no judgement. */
export async function matrix(options: LabOptions): Promise<number> {
  const { files } = chosenFixtures(options);
  const asks = options.mode === "live" || options.models.length > 0;
  const played: LabOptions = asks ? { ...options, mode: "live" } : options;
  if (asks && options.offline) throw new Fault("bad_config", "--offline asks no model; leave --models out");
  const bench = benchFor(played);
  const base = await bench.crew();
  const known = variantsIn(options.root);
  const wanted = options.variants.length > 0 ? options.variants : known;
  const strange = wanted.filter((name) => name !== "base" && !known.includes(name));
  if (strange.length > 0)
    throw new Fault(
      "bad_config",
      `prompts/variants has no ${strange.join(", ")}; it has ${known.join(", ") || "none"}`,
    );
  const prices = await pricesFor(played);
  const sets = ["base", ...wanted.filter((name) => name !== "base")].map((name) => ({
    name,
    crew:
      name === "base"
        ? base
        : crewOf({ root: options.root, prompts: variant(options.root, base.prompts, name), prices }),
  }));
  if (asks) {
    const { configuredModel } = await import("./lab-live.ts");
    for (const model of options.models.length > 0 ? options.models : [undefined])
      await configuredModel(model);
  }
  const models: readonly (string | undefined)[] = options.models.length > 0 ? options.models : [undefined];
  const cells: Cell[] = [];
  for (const model of models) {
    for (const { name, crew } of sets) {
      const setup: Setup = { crew, ...(model === undefined ? {} : { model }) };
      const runs: Outcome[][] = [];
      for (let i = 0; i < options.repeat; i++) runs.push(await bench.play(files, setup));
      cells.push({ model: model ?? null, prompts: name, runs });
    }
  }
  process.stdout.write(
    `${[...legend(cells), ...sideBySide(cells), ...remarks(cells, sets.length)].join("\n")}\n`,
  );
  return 0;
}

function nameOf({ model, prompts }: Cell): string {
  return model === null ? prompts : `${model}, ${prompts}`;
}

/** Names too long for a column stand above the table, under a letter each. */
function legend(cells: readonly Cell[]): string[] {
  if (!lettered(cells)) return [];
  return [...cells.map((cell, i) => `${letter(i)}  ${nameOf(cell)}`), ""];
}

const WIDEST = 16;

function lettered(cells: readonly Cell[]): boolean {
  return cells.some((cell) => nameOf(cell).length > WIDEST);
}

function letter(i: number): string {
  return i < 26 ? String.fromCharCode(65 + i) : `#${i + 1}`;
}

function sideBySide(cells: readonly Cell[]): string[] {
  const first = cells[0]?.runs[0] ?? [];
  const verdict = ({ runs }: Cell, i: number) => {
    const plays = runs.map((run) => run[i]?.verdict);
    return plays.length === 1
      ? (plays[0] ?? "")
      : `${plays.filter((one) => one === "pass").length}/${plays.length}`;
  };
  const foot = (label: string, of: (outcomes: readonly Outcome[]) => string) => [
    label,
    ...cells.map(({ runs }) => of(runs.flat())),
  ];
  const live = cells.some(({ runs }) => runs.flat().some(({ mode }) => mode === "live"));
  return columns(
    [
      ["fixture", ...cells.map((cell, i) => (lettered(cells) ? letter(i) : nameOf(cell)))],
      ...first.map(({ fixture }, i) => [fixture, ...cells.map((cell) => verdict(cell, i))]),
      foot("passed", (all) => `${all.filter((one) => one.verdict === "pass").length}/${all.length}`),
      foot("model's words", inOwnWords),
      foot("calls", (all) => String(all.reduce((sum, one) => sum + totals(one).calls, 0))),
      foot("tokens", (all) => summed(all, "tokens", String)),
      foot("cost", (all) => summed(all, "micro_usd", dollars)),
      // Offline it is only how busy this machine was.
      ...(live ? [foot("ms", (all) => String(all.reduce((sum, one) => sum + totals(one).ms, 0)))] : []),
    ],
    ["l", ...cells.map(() => "r" as const)],
  );
}

function inOwnWords(outcomes: readonly Outcome[]): string {
  const all = outcomes
    .map(worded)
    .reduce((a, b) => ({ own: a.own + b.own, of: a.of + b.of }), { own: 0, of: 0 });
  return all.of === 0 ? "-" : `${Math.round((100 * all.own) / all.of)}%`;
}

function summed(
  outcomes: readonly Outcome[],
  key: "tokens" | "micro_usd",
  shown: (n: number) => string,
): string {
  const some = outcomes.map((one) => known(one)[key]).filter((n) => n !== null);
  return some.length === 0 ? "-" : shown(some.reduce((sum, n) => sum + n, 0));
}

function remarks(cells: readonly Cell[], sets: number): string[] {
  const stale = cells.some(({ runs }) => runs.flat().some(({ verdict }) => verdict === "stale"));
  return [
    ...(stale ? ["", "stale: tapes have no answer to these prompts; name a model with --models to see"] : []),
    ...(sets === 1 && cells.length === 1
      ? [
          "",
          "nothing to compare yet: put other prompts in prompts/variants/<name>/, or name models with --models",
        ]
      : []),
  ];
}
