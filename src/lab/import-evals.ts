import { z } from "zod";
import type { Expect } from "./fixture.ts";
import { anyCase, type Case, type Notes } from "./import-case.ts";

const Part = z.looseObject({ type: z.string().optional(), text: z.string().optional() });
const ChatMessage = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(Part)]),
});

/** A sample of OpenAI Evals: https://github.com/openai/evals/blob/main/docs/build-eval.md */
const Sample = z.looseObject({
  input: z.union([z.string(), z.array(ChatMessage)]),
  ideal: z.union([z.string(), z.array(z.string())]).optional(),
});
const KNOWN = new Set(["input", "ideal"]);

/** The samples of one JSONL file; a hosted eval's data set wraps each in `item`. */
export function casesOfEvals(text: string, notes: Notes): Case[] {
  return text.split(/\r?\n/).flatMap((row, i): Case[] => {
    if (row.trim() === "") return [];
    const line = i + 1;
    const value = json(row);
    const parsed = Sample.safeParse(unwrapped(value));
    if (!parsed.success) {
      notes.add(
        line,
        `left out: ${value === undefined ? "not JSON" : z.prettifyError(parsed.error).split("\n")[0]}`,
      );
      return [];
    }
    const { input, ideal, ...rest } = parsed.data;
    for (const key of Object.keys(rest))
      if (!KNOWN.has(key)) notes.add(line, `\`${key}\` was not carried over`);
    const said = typeof input === "string" ? [input] : spoken(input, line, notes);
    const wanted = ideal === undefined ? {} : expectation([ideal].flat());
    if (ideal === undefined) notes.add(line, "it has no `ideal`, so its reply may be anything");
    const last = said.length - 1;
    const turns = said.map((say, n) => ({ say, expect: n === last ? wanted : {} }));
    return [{ name: String(line), about: summary(said.at(-1) ?? "", line), line, turns }];
  });
}

/** Any of the answers is enough, as Evals' `Includes` and `Match` take it; letters' case aside. */
function expectation(ideals: readonly string[]): Expect {
  const wanted = ideals.filter((ideal) => ideal.trim() !== "");
  if (wanted.length === 0) return {};
  return { text: { matches: [wanted.map((ideal) => anyCase(ideal.trim())).join("|")] } };
}

function spoken(messages: readonly z.infer<typeof ChatMessage>[], line: number, notes: Notes): string[] {
  const said: string[] = [];
  for (const { role, content, name } of messages) {
    const text = typeof content === "string" ? content : content.map((part) => part.text ?? "").join("");
    if (typeof content !== "string" && content.some((part) => part.text === undefined))
      notes.add(line, "parts of a message that are not text were not carried over");
    if (role === "user") said.push(text);
    else if (name !== undefined) notes.add(line, "an example given in a system message was not carried over");
    else if (role === "system" || role === "developer")
      notes.add(line, `a ${role} message was not carried over: instructions stand in prompts/`);
    else notes.add(line, `a message of the ${role} was not carried over: the vendor says its own words`);
  }
  return said;
}

function unwrapped(value: unknown): unknown {
  const item = z.looseObject({ item: z.looseObject({ input: z.unknown() }) }).safeParse(value);
  return item.success ? item.data.item : value;
}

function summary(said: string, line: number): string {
  const first = said.trim().split("\n")[0] ?? "";
  return first === "" ? `Line ${line}` : first.slice(0, 120);
}

function json(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return undefined;
  }
}
