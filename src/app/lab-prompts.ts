import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parsePrompt } from "../adapters/prompts/parse.ts";
import { problemText } from "../adapters/prompts/problem.ts";
import { Fault } from "../domain/fault.ts";
import type { Prompt, Prompts } from "../ports/prompts.ts";

/** The prompts as they stood at a git ref. Throws `bad_config` when git does not know it, or one was broken then. */
export function promptsAt(root: string, ref: string): Prompts {
  const names = git(root, ref, ["ls-tree", "--name-only", ref, "prompts/"])
    .split("\n")
    .filter((name) => isPrompt(basename(name)));
  const files = names.map(
    (name) => [join(root, name), git(root, ref, ["show", `${ref}:./${name}`])] as const,
  );
  return fixed(files, ref);
}

/** The prompts of prompts/, those of a variant's folder in the place of theirs. */
export function variant(root: string, base: Prompts, name: string): Prompts {
  const folder = join(root, "prompts/variants", name);
  const files = readdirSync(folder).filter(isPrompt);
  const own = fixed(
    files.map((file) => [join(folder, file), readFileSync(join(folder, file), "utf8")] as const),
    `prompts/variants/${name}`,
  ).all();
  return of([...base.all().filter((prompt) => !own.some((other) => other.name === prompt.name)), ...own]);
}

/** The prompts with one of them edited. Throws `bad_config` naming the line of what cannot be used. */
export function edited(base: Prompts, file: string, text: string): Prompts {
  const own = fixed([[file, text]], "the edited prompt").all();
  return of([...base.all().filter((prompt) => !own.some((other) => other.name === prompt.name)), ...own]);
}

/** Names of the folders of prompts/variants; none when there is no such folder. */
export function variantsIn(root: string): string[] {
  try {
    return readdirSync(join(root, "prompts/variants"), { withFileTypes: true })
      .filter((item) => item.isDirectory())
      .map((item) => item.name)
      .sort();
  } catch {
    return [];
  }
}

function fixed(files: readonly (readonly [file: string, text: string])[], where: string): Prompts {
  const problems: string[] = [];
  const prompts = files.flatMap(([file, text]) => {
    const read = parsePrompt(file, text);
    if ("ok" in read) return [read.ok];
    problems.push(problemText(read.problem));
    return [];
  });
  if (problems.length > 0) throw new Fault("bad_config", `${where}:\n${problems.join("\n")}`);
  if (prompts.length === 0) throw new Fault("bad_config", `${where} has no prompts`);
  return of(prompts);
}

function of(prompts: readonly Prompt[]): Prompts {
  return {
    prompt: (name) => {
      const found = prompts.find((prompt) => prompt.name === name);
      if (!found) throw new Fault("bad_config", `there is no prompt ${name} among these`);
      return found;
    },
    all: () => prompts,
    close: async () => {},
  };
}

function isPrompt(name: string): boolean {
  return /^[^.].*\.md$/.test(name) && name.toLowerCase() !== "readme.md";
}

function git(root: string, ref: string, args: string[]): string {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (cause) {
    throw new Fault("bad_config", `git has no prompts at ${ref}`, { cause });
  }
}
