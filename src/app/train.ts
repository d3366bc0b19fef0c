import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import type { Lang } from "../domain/text.ts";
import { LABELS, type Label, markOf, SITUATIONS, type Situation } from "../understanding/act-features.ts";
import { learnt } from "../understanding/learnt.ts";
import { type Example, fitted } from "./train-fit.ts";
import { filledIn, NOW, situations } from "./train-situations.ts";
import { loadVendor } from "./vendor.ts";

const ROOT = join(import.meta.dirname, "../..");
const TRAIN = join(ROOT, "fixtures/understanding/train");
const WEIGHTS = join(ROOT, "src/understanding/act-weights.json");
const FIT = { epochs: 20, rate: 0.3, penalty: 1e-4, fewest: 25 };

/** Learns from fixtures/understanding/train what messages are meant to do, and writes the weights the house reads with. */
export async function run(): Promise<number> {
  const messages = messagesIn(TRAIN);
  const besides = [...messagesBeside(messages, join(TRAIN, "beside")), ...messagesElsewhere(messages)];
  const examples = await examplesOf([...messages, ...besides]);
  const { sets, steps, weights } = fitted(examples, FIT);
  const yes = examples.filter(({ labels }) => labels.has("accept"));
  const seeking = examples.filter(({ labels }) => labels.size === 1 && labels.has("search"));
  const learned_from = createHash("sha256").update(JSON.stringify(messages)).digest("hex");
  const stored = {
    words: marks(examples.flatMap(({ words }) => words)),
    yes_words: marks(yes.flatMap(({ words }) => words)),
    goods_words: marks(seeking.flatMap(({ sought }) => sought)),
    ...{ learned_from, sets: sets.map((set) => set.join("+")), steps },
    weights: Buffer.from(weights.buffer).toString("base64"),
  };
  writeFileSync(WEIGHTS, `${JSON.stringify(stored)}\n`);
  process.stdout.write(`learned from ${messages.length} messages and ${besides.length} put together\n`);
  return 0;
}

/** Of every word four bytes in base64, in order: whose words they were is nobody's to read. */
function marks(words: readonly string[]): string {
  const all = new Set(words.map(markOf));
  const bytes = Buffer.alloc(all.size * 4);
  for (const [at, mark] of [...all].sort((a, b) => a - b).entries()) bytes.writeUInt32LE(mark, at * 4);
  return bytes.toString("base64");
}

interface Learnt extends Example {
  readonly words: readonly string[];
  readonly sought: readonly string[];
}

interface Labelled {
  readonly lang: Lang;
  readonly acts: readonly Label[];
  readonly situation: Situation;
  readonly text: string;
}

export function messagesIn(folder: string): Labelled[] {
  if (!existsSync(folder))
    throw new Fault(
      "bad_source",
      `${folder} is not there; what is learned from comes with a checkout, not with the package`,
    );
  const names = readdirSync(folder).filter((name) => name.endsWith(".tsv"));
  return names.sort().flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line, i) => messageIn(line, name, i + 1)),
  );
}

/**
 * Every yes once more with something said beside it, of `beside/<language>.tsv`: acts that the two come to, and the words.
 * What takes a yes back is learned apart from the ways to say it.
 */
export function messagesBeside(messages: readonly Labelled[], folder: string): Labelled[] {
  const beside = { en: besideIn(folder, "en"), ko: besideIn(folder, "ko") };
  return messages
    .filter(({ acts }) => acts.join() === "accept")
    .filter((_, i) => i % 3 === 0)
    .map((message, i) => {
      const { acts, text } = beside[message.lang][
        i % beside[message.lang].length
      ] as (typeof beside)["en"][number];
      const said = message.text.replace(/[.!~]+$/, "");
      const joined = i % 3 === 0 ? `${said}. ${text}` : i % 3 === 1 ? `${said}, ${text}` : `${said} ${text}`;
      return { ...message, acts, text: joined };
    });
}

/** What is said to a shop at any time, said beside an offer and after a read-back: few things there are a yes. */
export function messagesElsewhere(messages: readonly Labelled[]): Labelled[] {
  const yes = new Set(messages.filter(({ acts }) => acts.includes("accept")).map(({ text }) => text));
  return messages
    .filter(
      ({ acts, situation, text }) => situation === "start" && ANY_TIME.has(acts.join()) && !yes.has(text),
    )
    .filter(({ acts, text }) => acts.join() !== "none" || text.split(" ").length > 3)
    .filter((_, i) => i % 2 === 0)
    .map((message, i) => ({ ...message, situation: i % 2 === 0 ? "readback" : "offer" }));
}

const ANY_TIME = new Set<string>(["none", "ask", "search", "help", "handoff", "compare", "greet"]);

function besideIn(folder: string, lang: Lang): Pick<Labelled, "acts" | "text">[] {
  return readFileSync(join(folder, `${lang}.tsv`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [acts = "", text = ""] = line.split("\t");
      return { acts: [acts as Label], text };
    });
}

function messageIn(line: string, name: string, at: number): Labelled {
  const [acts = "", situation = "", text = ""] = line.split("\t");
  const labels = acts.split("+").map((act) => (act === "confirm" ? "accept" : act));
  const refuse = (problem: string) => {
    throw new Fault(
      "bad_source",
      `${name}, line ${at}: ${problem}; a line is acts, situation and text with tabs between`,
    );
  };
  const unknown = labels.find((label) => !(LABELS as readonly string[]).includes(label));
  if (unknown !== undefined) refuse(`there is no act "${unknown}", only ${LABELS.join(", ")}`);
  if (!(SITUATIONS as readonly string[]).includes(situation))
    refuse(`there is no situation "${situation}", only ${SITUATIONS.join(", ")}`);
  if (text === "") refuse("it has no text");
  return {
    lang: name.startsWith("ko") ? "ko" : "en",
    acts: labels as Label[],
    situation: situation as Situation,
    text,
  };
}

async function examplesOf(messages: readonly Labelled[]): Promise<Learnt[]> {
  const { vendor } = await loadVendor(join(ROOT, "fixtures/vendors/demo"));
  const stand = situations(vendor);
  return messages.map(({ lang, acts, situation, text }, i) => {
    const state = stand(lang, situation, i);
    return { ...learnt(filledIn(text, state), { state, now: NOW }), labels: new Set(acts) };
  });
}
