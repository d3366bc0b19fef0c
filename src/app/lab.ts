interface Part {
  readonly says: string;
  readonly load: () => Promise<{ run(args: string[]): Promise<number> }>;
}

/** What else the lab does than play fixtures; each is loaded only when it is called. */
const parts: Readonly<Record<string, Part>> = {
  restamp: {
    says: "hold hand-written tapes to the prompts as they stand: restamp <fixture...>",
    load: () => import("./lab-restamp.ts"),
  },
  promote: {
    says: "make a fixture of a stored conversation: promote <session> [--id <name>] [--about <words>]",
    load: () => import("./lab-promote.ts"),
  },
  mutate: {
    says: "play fixtures said differently: mutate [fixture...] [--seed <n>] [--verbose]",
    load: () => import("./lab-mutate.ts"),
  },
  import: {
    says: "take over promptfoo YAML or OpenAI Evals JSONL: import <file...>",
    load: () => import("./lab-import.ts"),
  },
  buyers: {
    says: "let simulated buyers talk: buyers [name...] [--runs <n>] [--seed <n>] [--mode <house|hostile|live>] [--by <script|model>]",
    load: () => import("./lab-buyers.ts"),
  },
};

/** Plays fixtures offline or with a model, and shows what came of them. */
export async function run(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(usage());
    return 0;
  }
  const [first = "", ...rest] = args;
  const part = parts[first];
  if (part) return (await part.load()).run(rest);
  const { parsed } = await import("./lab-options.ts");
  const wanted = parsed(args);
  if (wanted.watch) return (await import("./lab-watch.ts")).watch(wanted);
  if (wanted.against !== undefined) return (await import("./lab-against.ts")).against(wanted, wanted.against);
  if (wanted.matrix) return (await import("./lab-matrix.ts")).matrix(wanted);
  return (await import("./lab-play.ts")).playAll(wanted);
}

function usage(): string {
  const lines = Object.entries(parts).map(([name, { says }]) => `  ${name.padEnd(10)} ${says}`);
  return `usage: lab [fixture | glob | folder ...] [options], or lab <part>

Plays the fixtures of fixtures/dialogues, each with its tape where it has one, else by the house alone.

  --mode <house|tape|hostile|live>  play all of them so
  --lang <en|ko>          only those in this language
  --offline               refuse whatever would ask a model
  --record                play with the configured model and write tapes
  --watch                 stay, and play what an edit touches
  --against <git ref>     prompts as they are, beside those of the ref
  --matrix                models and prompt variants side by side
  --models <a,b>          ... these models; with --mode live, the first of them
  --variants <a,b>        ... these folders of prompts/variants; all of them when left out
  --repeat <k>            play each k times
  --html <file>  --junit <file>  also write the outcomes there
  --verbose               show what was said in every turn

parts:
${lines.join("\n")}
`;
}
