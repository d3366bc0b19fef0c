import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../adapters/clock.ts";
import type { Asker } from "../asking/asker.ts";
import { Fault } from "../domain/fault.ts";
import { type Buyer, readBuyer } from "../lab/buyers.ts";
import { soakTable, summarise } from "../lab/buyers-report.ts";
import { soak } from "../lab/buyers-run.ts";
import { converse, type Say } from "../lab/buyers-talk.ts";
import { counted } from "../lab/details.ts";
import { QUIET } from "../lab/play.ts";
import type { House } from "../session/house.ts";
import { choice } from "./arguments.ts";
import { type Bench, benchFor } from "./lab-bench.ts";
import { parsed, partOptions } from "./lab-options.ts";

const FOLDER = "fixtures/buyers";

/** Lets simulated buyers talk to the house, alone or with a model, and sums up what they agreed on. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = partOptions(args, {
    runs: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    mode: { type: "string", default: "house" },
    by: { type: "string", default: "script" },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed))
    throw new Fault("bad_config", "--runs and --seed are whole numbers, --runs 1 or more");
  const mode = choice("--mode", ["house", "hostile", "live"] as const, values.mode);
  const by = choice("--by", ["script", "model"] as const, values.by);
  const options = parsed(mode === "live" || by === "model" ? ["--mode", "live"] : []);
  const buyers = buyersIn(join(options.root, FOLDER), positionals);
  const bench = benchFor(options);
  const unanswered = new Map<string, number>();
  const talk = by === "script" ? converse : await ledByModel(bench, unanswered);
  const model = await partner(mode, bench);
  const stage = await bench.stages.open({ vendor: "demo" });
  try {
    const house = { ...stage.house, ...QUIET, clock: systemClock(), model };
    const conversations = await soak(buyers, { house, runs, seed, at_once: 8, talk });
    process.stdout.write(`${soakTable(summarise(conversations))}\n`);
    for (const [why, n] of unanswered)
      process.stderr.write(`the buyers' model gave no answer ${counted(n, "time")}: ${why}\n`);
    return unanswered.size === 0 ? 0 : 1;
  } finally {
    stage.close();
  }
}

/** Who reads and words for the shop; null when the house does so alone. */
async function partner(mode: "house" | "hostile" | "live", bench: Bench): Promise<House["model"]> {
  if (mode === "house") return null;
  const { agent, askerOf } = await bench.crew();
  if (mode === "live")
    return { agent, asker: askerOf(await (await import("./lab-live.ts")).configuredModel()) };
  return { agent, asker: askerOf((await import("../lab/hostile.ts")).hostileModel()) };
}

/** Buyers whose words the configured model finds; why it found none is counted, for then it was no conversation. */
async function ledByModel(bench: Bench, unanswered: Map<string, number>) {
  const { converseByModel } = await import("../lab/buyers-model.ts");
  const { askerOf } = await bench.crew();
  const asker = askerOf(await (await import("./lab-live.ts")).configuredModel());
  const watched: Asker = {
    purse: (spent) => asker.purse(spent),
    ask: async (question, asking) => {
      const asked = await asker.ask(question, asking);
      const why = asked.ok ? null : `${asked.why}${asked.call.detail ? `: ${asked.call.detail}` : ""}`;
      if (why !== null) unanswered.set(why, (unanswered.get(why) ?? 0) + 1);
      return asked;
    },
  };
  return (buyer: Buyer, say: Say, seed: number) => converseByModel(buyer, say, watched, seed);
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
