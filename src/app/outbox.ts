import { existsSync } from "node:fs";
import { Fault } from "../domain/fault.ts";
import type { DeadLetter, SinkState } from "../ports/deliveries.ts";
import type { Store } from "../ports/store.ts";
import { wordsAndOptions } from "./arguments.ts";
import { closeBase, openBase } from "./base.ts";
import { databasePath, loadConfig } from "./config.ts";
import { counted } from "./progress.ts";
import { paint, print } from "./transcript.ts";

const USAGE = `usage: parley outbox <command> [--json]
  status              how much waits for each place orders go to, and what was given up
  list                what was given up after all attempts
  resend <id>... | all   makes it due again, under the same id
  enable <sink>       sends to a place again that answered 410 Gone: receiver or stream
`;
const PAGE = 200;

/** `parley outbox`: beside a running gateway or without one. Whatever becomes due is sent by a gateway, within seconds. */
export async function run(args: string[]): Promise<number> {
  const parsed = wordsAndOptions(args, { json: { type: "boolean", default: false } });
  const [what, ...words] = parsed?.positionals ?? [];
  if (parsed === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const command = what === undefined ? undefined : COMMANDS[what];
  if (!command?.takes(words)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = await loadConfig(process.env);
  if (config.store === undefined && !existsSync(databasePath(config)))
    throw new Fault("not_found", `there is no database in ${config.home} yet`);
  const base = await openBase(config);
  try {
    await command.does(base.store, words, parsed.values.json ? json : null);
    return 0;
  } finally {
    await closeBase(base);
  }
}

/** Says everything as lines of JSON. */
type Json = (value: object) => void;
const json: Json = (value) => print(JSON.stringify(value));

const COMMANDS: Readonly<
  Record<
    string,
    {
      takes(words: readonly string[]): boolean;
      does(store: Store, words: readonly string[], json: Json | null): Promise<void>;
    }
  >
> = {
  status: {
    takes: (words) => words.length === 0,
    does: async (store, _, json) => {
      const states = await store.sinks();
      for (const state of states) (json ?? ((one) => print(standing(one as SinkState))))(state);
      if (!json && states.length === 0) print("nothing waits, nothing was given up");
    },
  },
  list: {
    takes: (words) => words.length === 0,
    does: async (store, _, json) => {
      let letters = 0;
      for await (const letter of deadIn(store)) {
        letters += 1;
        const { id, sink, topic, attempts, error } = letter;
        if (json) json({ id, sink, topic, attempts, error });
        else
          print(
            `${id}  ${sink}  ${topic}  ${counted(attempts, "attempt", "attempts")}  ${paint("dim", error)}`,
          );
      }
      if (json) return;
      print(
        letters === 0 ? "nothing was given up" : "send again with: outbox resend <id>, or outbox resend all",
      );
    },
  },
  resend: {
    takes: (words) => words.length > 0,
    does: async (store, words, json) => {
      const due = await store.revive(words.includes("all") ? null : words, new Date().toISOString());
      if (due === 0 && !words.includes("all"))
        throw new Fault(
          "not_found",
          `nothing of these was given up: ${words.join(", ")}; see \`outbox list\``,
        );
      if (json) json({ due });
      else print(`${counted(due, "delivery is", "deliveries are")} due again`);
    },
  },
  enable: {
    takes: (words) => words.length === 1,
    does: async (store, [sink = ""], json) => {
      const before = (await store.sinks()).find((state) => state.sink === sink);
      if (!before?.disabled) throw new Fault("not_found", `${sink} is not disabled; see \`outbox status\``);
      await store.enable(sink);
      if (json) json({ enabled: sink, waiting: before.waiting });
      else print(`${sink} is sent to again: ${counted(before.waiting, "delivery waits", "deliveries wait")}`);
    },
  },
};

async function* deadIn(store: Store): AsyncGenerator<DeadLetter> {
  for (let after: DeadLetter | null = null; ; ) {
    const page: readonly DeadLetter[] = await store.dead(after, PAGE);
    yield* page;
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

function standing({ sink, waiting, dead, earliest, disabled }: SinkState): string {
  const since = earliest === null ? "" : `, the first due ${earliest}`;
  const line = `${sink}  ${counted(waiting, "delivery waits", "deliveries wait")}${since}; ${dead} given up`;
  return disabled
    ? `${line}\n  ${paint("red", `disabled since ${disabled.at}: ${disabled.why}`)}; outbox enable ${sink}`
    : line;
}
