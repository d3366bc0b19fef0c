import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../adapters/clock.ts";
import { Fault } from "../domain/fault.ts";
import { type Buyer, readBuyer } from "../lab/buyers.ts";
import { soakTable, summarise } from "../lab/buyers-report.ts";
import { soak } from "../lab/buyers-run.ts";
import { converse } from "../lab/buyers-talk.ts";
import { QUIET } from "../lab/play.ts";
import { benchFor } from "./lab-bench.ts";
import { parsed } from "./lab-options.ts";

const FOLDER = "fixtures/buyers";

/** Lets scripted buyers talk to the house alone, and sums up what they agreed on. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { runs: { type: "string", default: "100" }, seed: { type: "string", default: "1" } },
    allowPositionals: true,
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed))
    throw new Fault("bad_config", "--runs and --seed are whole numbers, --runs 1 or more");
  const options = parsed([]);
  const buyers = buyersIn(join(options.root, FOLDER), positionals);
  const stage = await benchFor(options).stages.open({ vendor: "demo" });
  try {
    const house = { ...stage.house, ...QUIET, clock: systemClock(), model: null };
    const conversations = await soak(buyers, { house, runs, seed, at_once: 8, talk: converse });
    process.stdout.write(`${soakTable(summarise(conversations))}\n`);
    return 0;
  } finally {
    stage.close();
  }
}

function buyersIn(folder: string, names: readonly string[]): readonly Buyer[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  const strange = names.filter((name) => !files.includes(`${name}.yaml`));
  if (strange.length > 0) throw new Fault("bad_config", `${FOLDER} has no ${strange.join(", ")}`);
  const read = files
    .filter((file) => names.length === 0 || names.includes(file.slice(0, -5)))
    .map((file) => readBuyer(readFileSync(join(folder, file), "utf8"), `${FOLDER}/${file}`));
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) throw new Fault("bad_config", problems.join("\n"));
  return read.flatMap(({ buyer }) => buyer ?? []);
}
