import { parseArgs } from "node:util";
import { Fault } from "../domain/fault.ts";
import { details } from "../lab/details.ts";
import { mutate } from "../lab/mutate.ts";
import { mutantRates, ratesTable } from "../lab/mutate-report.ts";
import { paintFor } from "../lab/table.ts";
import { benchFor, chosenFixtures } from "./lab-bench.ts";
import { parsed } from "./lab-options.ts";

/** Plays fixtures said differently; all are expected to come to the same. The house plays unless --mode says who. */
export async function run(args: string[]): Promise<number> {
  const { values, tokens } = parseArgs({
    args,
    options: { seed: { type: "string", default: "1" } },
    strict: false,
    tokens: true,
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Fault("bad_config", `--seed ${values.seed}: a whole number`);
  const own = tokens.flatMap((token) =>
    token.kind === "option" && token.name === "seed" ? [token.index] : [],
  );
  const rest = args.filter((_, i) => !own.includes(i) && !(own.includes(i - 1) && args[i - 1] === "--seed"));
  const asked = parsed(rest);
  // A tape answers what was said when it was made, and here it is said differently.
  const options = { ...asked, mode: asked.mode ?? ("house" as const) };
  const bench = benchFor(options);
  const mutants = chosenFixtures(options).files.flatMap(({ fixture, file }) =>
    mutate(fixture, seed).map(({ kind, fixture: mutant }) => ({ kind, file: { fixture: mutant, file } })),
  );
  const outcomes = await bench.play(mutants.map(({ file }) => file));
  const played = mutants.flatMap(({ kind }, i) => {
    const outcome = outcomes[i];
    return outcome ? [{ kind, outcome }] : [];
  });
  const paint = paintFor(process.stdout.isTTY === true && !process.env.NO_COLOR);
  if (options.verbose) process.stdout.write(`${details(outcomes, paint)}\n\n`);
  process.stdout.write(`${ratesTable(mutantRates(played))}\n`);
  return outcomes.every(({ verdict }) => verdict === "pass") ? 0 : 1;
}
