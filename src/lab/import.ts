import { fixturesOf, type Imported, Notes } from "./import-case.ts";
import { casesOfEvals } from "./import-evals.ts";
import { casesOfPromptfoo } from "./import-promptfoo.ts";

/**
 * Makes fixtures of another tool's cases: a promptfoo configuration (YAML or JSON), or samples of OpenAI Evals (JSONL).
 * `notes` are lines as `file:12: what was not carried over, and why`; nothing is dropped without one.
 */
export function importCases(file: string, text: string): Imported {
  const notes = new Notes(file);
  const lines = /\.jsonl$/i.test(file) || (!/\.ya?ml$/i.test(file) && firstLineIsSample(text));
  const cases = lines ? casesOfEvals(text, notes) : casesOfPromptfoo(text, notes);
  if (cases.length === 0) notes.add(1, "no case was found here");
  return fixturesOf(cases, file, notes);
}

function firstLineIsSample(text: string): boolean {
  const [first = ""] = text.trimStart().split("\n", 1);
  try {
    const value: unknown = JSON.parse(first);
    return typeof value === "object" && value !== null && ("input" in value || "item" in value);
  } catch {
    return false;
  }
}
