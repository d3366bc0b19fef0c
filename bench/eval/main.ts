import { parseArgs } from "node:util";
import { meantBy } from "../../src/app/nearest.ts";
import { Fault } from "../../src/domain/fault.ts";
import { type Evaluated, printed } from "./sheet.ts";
import { listen } from "./trail.ts";

interface Set {
  readonly says: string;
  /** Folders of `src` whose functions are named where they decided. */
  readonly hears: readonly string[];
  readonly load: () => Promise<{ evaluate(): Promise<Evaluated> }>;
}

/** Every set; each is loaded only when it is called: `npm run eval -- search`. */
const sets: Readonly<Record<string, Set>> = {
  search: {
    says: "product search: judged queries over a catalogue of 19,406 (icecat-chorus)",
    hears: ["adapters/sqlite", "adapters/lexical", "knowledge"],
    load: () => import("./search.ts"),
  },
  answers: {
    says: "which evidence answers a question about a product, and when none does (amazon-pqa)",
    hears: ["knowledge"],
    load: () => import("./answers.ts"),
  },
  understand: {
    says: "messages in English and Korean against gold readings (fixtures/understanding/gold/dev)",
    hears: ["understanding"],
    load: () => import("./understand.ts"),
  },
  pizza: {
    says: "orders of several things, with counts and what is to be left out (pizza)",
    hears: ["understanding"],
    load: () => import("./pizza.ts"),
  },
  simmc2: {
    says: "what shoppers do, turn by turn: look, ask, compare, take (simmc2)",
    hears: ["understanding"],
    load: () => import("./simmc2.ts"),
  },
  clinc150: {
    says: "texts that are no shop's business must not be acted on (clinc150)",
    hears: ["understanding"],
    load: () => import("./clinc150.ts"),
  },
  "ko-3i4k": {
    says: "Korean sentences: question, command or statement (ko-3i4k)",
    hears: ["understanding"],
    load: () => import("./ko-3i4k.ts"),
  },
  "x-risawoz": {
    says: "the same turn in Korean and in English gives the same acts (x-risawoz)",
    hears: ["understanding"],
    load: () => import("./x-risawoz.ts"),
  },
  attacks: {
    says: "hostile texts with an offer on the table: none may be heard as a yes (deepset, tactics, blns, own)",
    hears: ["understanding"],
    load: () => import("./attacks.ts"),
  },
};

const USAGE = "usage: npm run eval -- <set> [--worst N]";

function refuse(problem: string): void {
  const list = Object.entries(sets).map(([name, { says }]) => `  ${name.padEnd(11)} ${says}`);
  process.stderr.write(`${problem === "" ? "" : `eval: ${problem}\n`}${USAGE}\n${list.join("\n")}\n`);
  process.exitCode = 2;
}

function optionsOf(args: string[]): { names: string[]; worst: number } {
  const { values, positionals } = parseArgs({
    args,
    options: { worst: { type: "string", default: "10" } },
    allowPositionals: true,
  });
  if (!/^\d{1,5}$/.test(values.worst))
    throw new Fault("bad_config", `--worst: "${values.worst}" is no number of cases`);
  return { names: positionals, worst: Number(values.worst) };
}

async function run(args: string[]): Promise<void> {
  const { names, worst } = optionsOf(args);
  const [name, ...more] = names;
  if (name === undefined) return refuse("");
  const set = sets[name];
  const meant = meantBy(name, Object.keys(sets));
  if (!set) return refuse(`there is no set ${name}${meant === undefined ? "" : `; is it ${meant}?`}`);
  if (more.length > 0) return refuse(`one set at a time: there is no place for ${more.join(" ")}`);
  listen(set.hears);
  const evaluated = await (await set.load()).evaluate();
  process.stdout.write(printed(evaluated, worst));
  const { figures, failures = [], wrong } = evaluated;
  // The last line is for programs.
  process.stdout.write(`${JSON.stringify({ set: name, ...figures, wrong: wrong.length, failures })}\n`);
  if (failures.length > 0) process.exitCode = 1;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const known = error instanceof Fault || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
  if (!known) throw error;
  refuse((error as Error).message);
}
