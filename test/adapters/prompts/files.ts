import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { parsePrompt } from "../../../src/adapters/prompts/parse.ts";
import { problemText } from "../../../src/adapters/prompts/problem.ts";
import type { Prompt } from "../../../src/ports/prompts.ts";

/** The text of a prompt file; parts that a test is about may be given. */
export function promptText(part: {
  name?: string;
  answer?: string;
  inputs?: string;
  extra?: string;
  system?: string;
  user?: string;
}): string {
  const { name = "read", answer = name, inputs = "{ message: heard }", extra = "" } = part;
  const { system = "You read.", user = "Message: {{ message }}" } = part;
  return `---
name: ${name}
purpose: For tests
version: 1
model: reading
answer: ${answer}
inputs: ${inputs}
max_output_tokens: 400
${extra}---
# System
${system}
# User
${user}
`;
}

/** A folder of its own with what a gateway needs, gone after the test. */
export async function promptFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parley-prompts-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const all = {
    "README.md": "# Not a prompt\n",
    "read.md": promptText({ name: "read" }),
    "research.md": promptText({ name: "research" }),
    "word.md": promptText({ name: "word" }),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text);
  return folder;
}

/** The prompt of such a text; throws when it is none. */
export function goodPrompt(part: Parameters<typeof promptText>[0]): Prompt {
  const parsed = parsePrompt(`prompts/${part.name ?? "read"}.md`, promptText(part));
  if ("problem" in parsed) throw new Error(problemText(parsed.problem));
  return parsed.ok;
}
