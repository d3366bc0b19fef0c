import { type ParseArgsConfig, parseArgs } from "node:util";
import { Fault } from "../src/domain/fault.ts";

/** A measurement: prints a short table on the way and gives its figures. `failures` names every promise it saw broken. */
interface Bench {
  run(args: string[]): Promise<object>;
}

interface Entry {
  /** What follows the name, as a usage line has it: options with what they take, and names of what has its place. */
  readonly takes?: string;
  readonly load: () => Promise<Bench>;
}

/** The one thing with a place of its own that is no number. */
const FILE = "file";

/** Every measurement; each is loaded only when it is called: `npm run -s bench -- turn`. */
const benches: Readonly<Record<string, Entry>> = {
  turn: { takes: "[seconds]", load: () => import("./turn.ts") },
  durable: { takes: "[seconds]", load: () => import("./durable.ts") },
  words: { load: () => import("./words.ts") },
  answers: { takes: "[--fit]", load: () => import("./answers.ts") },
  start: { load: () => import("./start.ts") },
  ingest: { takes: `[${FILE}]`, load: () => import("./ingest.ts") },
  audit: { load: () => import("./audit.ts") },
  hindsight: { takes: "[sessions]", load: () => import("./hindsight.ts") },
  crash: { takes: "[kills] [seconds] [seed]", load: () => import("./crash.ts") },
  hostile: { takes: "[--only NAME] [--plant] [--show]", load: () => import("./hostile.ts") },
  model: { load: () => import("./model.ts") },
  lab: { load: () => import("./lab.ts") },
  contracts: { load: () => import("./contracts.ts") },
  negotiate: { takes: "[--tuning] [--rounds N,N]", load: () => import("./negotiate.ts") },
  floor: { takes: "[--sessions N] [--show N]", load: () => import("./floor.ts") },
  confidential: { takes: "[--vendors N]", load: () => import("./confidential.ts") },
  scale: { takes: "[products]", load: () => import("./scale.ts") },
  search: { load: () => import("./search.ts") },
  understand: { takes: "[--show PART]", load: () => import("./understand.ts") },
  decide: { takes: "[seed]", load: () => import("./decide.ts") },
  race: { takes: "[times]", load: () => import("./race.ts") },
  storm: { takes: "[clients] [seconds]", load: () => import("./storm.ts") },
  simulate: { takes: "[seed]", load: () => import("./simulate.ts") },
  abuse: { takes: "[connections]", load: () => import("./abuse.ts") },
  idle: { takes: "[sessions] [connected] [seconds]", load: () => import("./idle.ts") },
  a11y: { load: () => import("./a11y.ts") },
  console: { takes: "[conversations]", load: () => import("./console.ts") },
  widget: { load: () => import("./widget.ts") },
  reload: { takes: "[times] [seed]", load: () => import("./reload.ts") },
  ime: { load: () => import("./ime.ts") },
  inbox: { takes: "[conversations]", load: () => import("./inbox.ts") },
  takeover: { takes: "[races]", load: () => import("./takeover.ts") },
};

/** What is wrong with the words after a name, or null; asking for help is not measuring either. */
function wrongIn(args: string[], takes: string): string | null {
  const parts = takes.match(/[^[\]]+/g)?.filter((part) => part.trim() !== "") ?? [];
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean", short: "h" } };
  for (const part of parts.filter((one) => one.startsWith("--"))) {
    const [option = "", value] = part.slice(2).split(" ");
    options[option] = { type: value === undefined ? "boolean" : "string" };
  }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return "";
    const places = parts.filter((one) => !one.startsWith("--"));
    const unfit = positionals.findIndex((one, i) => places[i] !== FILE && !Number.isFinite(Number(one)));
    if (positionals.length > places.length) return `there is no place for ${positionals[places.length]}`;
    return unfit < 0 ? null : `${places[unfit]}: "${positionals[unfit]}" is no number`;
  } catch (problem) {
    // What follows the first sentence tells how to write a value that looks like an option.
    return String(problem instanceof Error ? problem.message : problem).split(/\.\s/)[0] ?? "";
  }
}

function refuse(problem: string, usage: string): void {
  process.stderr.write(`${problem === "" ? "" : `bench: ${problem}; `}usage: bench ${usage}\n`);
  process.exitCode = 2;
}

const [name = "", ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench) {
  const usage = [name, bench.takes].join(" ").trim();
  const wrong = wrongIn(args, bench.takes ?? "");
  if (wrong === null) await measured(bench, usage);
  else refuse(wrong, usage);
} else refuse("", Object.keys(benches).join(" | "));

async function measured({ load }: Entry, usage: string): Promise<void> {
  try {
    const result = await (await load()).run(args);
    // The last line is for programs.
    process.stdout.write(`${JSON.stringify(result)}\n`);
    if ("failures" in result && Array.isArray(result.failures) && result.failures.length > 0)
      process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof Fault && error.code === "bad_config")) throw error;
    refuse(error.message, usage);
  }
}
