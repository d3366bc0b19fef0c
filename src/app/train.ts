import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import type { Lang } from "../domain/text.ts";
import { LABELS, type Label, SITUATIONS, type Situation } from "../understanding/act-features.ts";
import { learnt } from "../understanding/read.ts";
import { type Example, fitted } from "./train-fit.ts";
import { NOW, situations } from "./train-situations.ts";
import { loadVendor } from "./vendor.ts";

const ROOT = join(import.meta.dirname, "../..");
const TRAIN = join(ROOT, "fixtures/understanding/train");
const WEIGHTS = join(ROOT, "src/understanding/act-weights.json");
const FIT = { epochs: 20, rate: 0.5, penalty: 1e-5 };

/** Learns from fixtures/understanding/train what messages are meant to do, and writes the weights the house reads with. */
export async function run(): Promise<number> {
  const messages = messagesIn(TRAIN);
  const examples = await examplesOf(messages);
  const model = fitted(examples, FIT);
  const weights = model.weights.map((each) => Buffer.from(each.buffer).toString("base64"));
  const yes = examples.filter(({ labels }) => labels.has("accept"));
  const yes_words = [...new Set(yes.flatMap(({ words }) => words))].sort();
  const learned_from = createHash("sha256").update(JSON.stringify(messages)).digest("hex");
  writeFileSync(WEIGHTS, `${JSON.stringify({ learned_from, yes_words, steps: model.steps, weights })}\n`);
  process.stdout.write(`learned from ${examples.length} messages\n`);
  return 0;
}

interface Learnt extends Example {
  readonly words: readonly string[];
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
  return messages.map(({ lang, acts, situation, text }, i) => ({
    ...learnt(text, { state: stand(lang, situation, i), now: NOW }),
    labels: new Set(acts),
  }));
}
