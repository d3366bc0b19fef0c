import { Fault } from "../domain/fault.ts";
import { type Outcome, totals } from "../lab/outcome.ts";
import { columns, dollars } from "../lab/table.ts";
import { loadConfig } from "./config.ts";
import { benchFor, chosenFixtures, type Setup } from "./lab-bench.ts";
import { crewOf } from "./lab-crew.ts";
import type { LabOptions } from "./lab-options.ts";
import { variant, variantsIn } from "./lab-prompts.ts";

interface Cell {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
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
  const prices = asks ? await loadConfig(process.env) : {};
  const sets = ["base", ...wanted.filter((name) => name !== "base")].map((name) => ({
    name,
    crew:
      name === "base"
        ? base
        : crewOf({ root: options.root, prompts: variant(options.root, base.prompts, name), prices }),
  }));
  const models: readonly (string | undefined)[] = options.models.length > 0 ? options.models : [undefined];
  const cells: Cell[] = [];
  for (const model of models) {
    for (const { name, crew } of sets) {
      const setup: Setup = { crew, ...(model === undefined ? {} : { model }) };
      const outcomes = await bench.play(files, setup);
      cells.push({ name: model === undefined ? name : `${model} ${name}`, outcomes });
    }
  }
  process.stdout.write(`${sideBySide(cells).join("\n")}\n`);
  return 0;
}

function sideBySide(cells: readonly Cell[]): string[] {
  const [first] = cells;
  const rows = (first?.outcomes ?? []).map(({ fixture }, i) => [
    fixture,
    ...cells.map(({ outcomes }) => outcomes[i]?.verdict ?? ""),
  ]);
  const foot = (label: string, of: (outcomes: readonly Outcome[]) => string) => [
    label,
    ...cells.map(({ outcomes }) => of(outcomes)),
  ];
  const sum = (outcomes: readonly Outcome[], key: "calls" | "tokens" | "micro_usd" | "ms") =>
    outcomes.reduce((total, outcome) => total + totals(outcome)[key], 0);
  const model = (outcomes: readonly Outcome[]) => {
    const turns = outcomes.flatMap((outcome) => outcome.turns).filter(({ calls }) => calls.length > 0);
    const own = turns.filter(({ by }) => by === "model").length;
    return turns.length === 0 ? "-" : `${Math.round((100 * own) / turns.length)}%`;
  };
  return columns(
    [
      ["fixture", ...cells.map(({ name }) => name)],
      ...rows,
      foot("passed", (all) => `${all.filter(({ verdict }) => verdict === "pass").length}/${all.length}`),
      foot("model's words", model),
      foot("calls", (all) => String(sum(all, "calls"))),
      foot("tokens", (all) => String(sum(all, "tokens"))),
      foot("cost", (all) => dollars(sum(all, "micro_usd"))),
      foot("ms", (all) => String(sum(all, "ms"))),
    ],
    ["l", ...cells.map(() => "r" as const)],
  );
}
