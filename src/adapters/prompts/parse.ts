import { hash } from "node:crypto";
import { basename } from "node:path";
import { BOUNDS } from "../../domain/bounds.ts";
import { QUESTIONS } from "../../domain/questions/index.ts";
import type { Prompt } from "../../ports/prompts.ts";
import { type ReadFrontMatter, readFrontMatter } from "./front-matter.ts";
import type { Flaw, PromptProblem } from "./problem.ts";
import { renderer } from "./render.ts";
import { compile, type Section } from "./template.ts";

/** A prompt out of the text of its file, or the first thing that is wrong with it. `file` is how problems name it. */
export function parsePrompt(file: string, text: string): { ok: Prompt } | { problem: PromptProblem } {
  const read = parse(file, text);
  return "flaw" in read ? { problem: { file, ...read.flaw } } : read;
}

/** Half of what a rendered prompt may hold: the rest is for the inputs. */
const MAX_CHARS = BOUNDS.prompt_chars / 2;

function parse(file: string, source: string): { ok: Prompt } | { flaw: Flaw } {
  const text = source.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  if (text.length > MAX_CHARS) {
    return { flaw: { line: 1, message: `${text.length} characters; ${MAX_CHARS} is the most, shorten it` } };
  }
  const parts = split(text);
  if ("flaw" in parts) return parts;
  const front = readFrontMatter(parts.yaml, 1);
  if ("flaw" in front) return front;
  const misnamed = checkName(file, front.ok);
  if (misnamed) return { flaw: misnamed };
  const system = compile(parts.system.text, parts.system.above);
  if ("flaw" in system) return system;
  const user = compile(parts.user.text, parts.user.above);
  if ("flaw" in user) return user;
  const mismatch = checkInputs(front.ok, [system.ok, user.ok]);
  if (mismatch) return { flaw: mismatch };
  const { temperature = null, ...values } = front.ok.values;
  return {
    ok: {
      ...values,
      temperature,
      hash: hash("sha256", source, "hex").slice(0, 16),
      source,
      file,
      render: renderer(file, values.inputs, system.ok, user.ok),
    },
  };
}

interface Part {
  readonly text: string;
  /** Lines of the file before it. */
  readonly above: number;
}

function split(text: string): { yaml: string; system: Part; user: Part } | { flaw: Flaw } {
  const lines = text.split("\n");
  if (lines[0]?.trimEnd() !== "---") {
    return { flaw: { line: 1, message: "no front matter; begin the file with a line `---`" } };
  }
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === "---");
  if (end < 0)
    return { flaw: { line: 1, message: "the front matter has no end; close it with a line `---`" } };
  const headings = lines.flatMap((line, at) => {
    const name = at > end ? /^# (System|User)\s*$/.exec(line)?.[1] : undefined;
    return name ? [{ name, at }] : [];
  });
  const [first, second, third] = headings;
  if (first?.name !== "System") {
    return { flaw: { line: (first?.at ?? end) + 1, message: "begin the body with a line `# System`" } };
  }
  if (second?.name !== "User") {
    return {
      flaw: { line: (second?.at ?? first.at) + 1, message: "after `# System` comes one line `# User`" },
    };
  }
  if (third)
    return { flaw: { line: third.at + 1, message: `a second \`# ${third.name}\`; name it otherwise` } };
  const stray = lines.findIndex((line, at) => at > end && at < first.at && line.trim() !== "");
  if (stray >= 0) return { flaw: { line: stray + 1, message: "text before `# System`; move it below" } };
  const part = (from: number, to: number): Part => ({
    text: lines.slice(from + 1, to).join("\n"),
    above: from + 1,
  });
  const system = part(first.at, second.at);
  const user = part(second.at, lines.length);
  for (const [{ text: body, above }, name] of [[system, "System"] as const, [user, "User"] as const]) {
    if (body.trim() === "")
      return { flaw: { line: above, message: `nothing under \`# ${name}\`; write it` } };
  }
  return { yaml: lines.slice(1, end).join("\n"), system, user };
}

function checkName(file: string, { values, lineOf }: ReadFrontMatter): Flaw | null {
  if (basename(file) !== `${values.name}.md`) {
    const message = `name: the file is ${basename(file)}; call it ${values.name}.md, or change the name`;
    return { line: lineOf("name"), message };
  }
  if (values.name in QUESTIONS && values.name !== values.answer) {
    const message = `answer: the prompt \`${values.name}\` is answered with \`${values.name}\``;
    return { line: lineOf("answer"), message };
  }
  return null;
}

function checkInputs({ values, lineOf }: ReadFrontMatter, sections: readonly Section[]): Flaw | null {
  for (const section of sections) {
    for (const [name, line] of section.names) {
      if (Object.hasOwn(values.inputs, name)) continue;
      const declared = Object.keys(values.inputs).join(", ");
      const message = `\`${name}\` is not an input; declare it under \`inputs\` as given or heard, or use ${declared}`;
      return { line, message };
    }
  }
  for (const name of Object.keys(values.inputs)) {
    if (sections.some((section) => section.names.has(name))) continue;
    const message = `inputs.${name} is never used; write {{ ${name} }} in the body, or take the line out`;
    return { line: lineOf("inputs", name), message };
  }
  return null;
}
