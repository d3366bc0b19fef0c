import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Fault, problemsOf } from "../../domain/fault.ts";
import { Tape } from "../../domain/tape.ts";
import type { Prompt } from "../../ports/prompts.ts";

/** A tape as YAML: the same tape is always the same text, and a text of several lines stands as lines. */
export function writeTape(tape: Tape): string {
  const calls = tape.calls.map(({ turn, call, prompt, version, hash, schema, model, ...rest }) => ({
    turn,
    call,
    prompt,
    version,
    hash,
    schema,
    model,
    inputs: { given: sorted(rest.inputs.given), heard: sorted(rest.inputs.heard) },
    repair: rest.repair,
    answer: rest.answer,
    failed: rest.failed,
    tokens: rest.tokens,
    ms: rest.ms,
  }));
  const { fixture, origin, model, recorded_at } = tape;
  const text = stringify(
    { fixture, origin, model, recorded_at, calls },
    { lineWidth: 0, blockQuote: "literal", aliasDuplicateObjects: false, keepUndefined: false },
  );
  return text.replace(/^ {2}- turn:/gm, "\n  - turn:");
}

/** Reads what `writeTape` wrote, or a person; JSON too. `name` is for the fault: `bad_config`. */
export function readTape(text: string, name: string): Tape {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new Fault("bad_config", `${name}: ${firstLine(cause)}`, { cause });
  }
  const read = Tape.safeParse(value);
  if (!read.success) throw new Fault("bad_config", `${name}: ${problemsOf(read.error)}`);
  return read.data;
}

/** Keeps a prompt's file beside the tapes recorded with it, once for each of its versions. Returns where. */
export function writePromptSource(folder: string, prompt: Pick<Prompt, "name" | "hash" | "source">): string {
  const file = sourceFile(folder, prompt.name, prompt.hash);
  if (existsSync(file)) return file;
  mkdirSync(join(folder, "prompts"), { recursive: true });
  writeFileSync(file, prompt.source);
  return file;
}

/** A prompt's file as it was, from beside the tapes; null when it was not kept. */
export function promptSource(folder: string, name: string, hash: string): string | null {
  const file = sourceFile(folder, name, hash);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function sourceFile(folder: string, name: string, hash: string): string {
  return join(folder, "prompts", `${plain(name)}-${plain(hash)}.md`);
}

/** Names come from files that people write: they name a file here and lead nowhere else. */
function plain(name: string): string {
  return name.replace(/[^\w-]/g, "_");
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
