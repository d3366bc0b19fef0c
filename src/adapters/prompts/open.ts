import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Fault } from "../../domain/fault.ts";
import type { QuestionName } from "../../domain/questions/index.ts";
import type { Prompt, Prompts } from "../../ports/prompts.ts";
import { parsePrompt } from "./parse.ts";
import { type PromptProblem, problemText } from "./problem.ts";

export interface OpenPromptsOptions {
  /** Reads files again when they change. */
  readonly watch: boolean;
  /** A file that cannot be used as it stands now; the last good one stays. */
  readonly onProblem: (problem: PromptProblem) => void;
  /** `before` is null for a prompt that was not there. */
  readonly onChange: (name: string, before: Prompt | null, after: Prompt) => void;
}

/**
 * The prompts of a folder, one Markdown file each; its README is not one. Throws `bad_config` naming every broken file,
 * and every prompt that is needed and not there. With `watch`, an edit counts for the next question.
 */
export async function openPrompts(folder: string, options: OpenPromptsOptions): Promise<Prompts> {
  const prompts = await readAll(folder);
  const stop = options.watch ? await watchFolder(folder, prompts, options) : null;
  return {
    prompt: (name: QuestionName) => {
      const prompt = prompts.get(name);
      if (!prompt) throw missing(folder, [name]);
      return prompt;
    },
    all: () => [...prompts.values()],
    close: async () => stop?.(),
  };
}

/** What a gateway with a model asks; `buy` is asked by simulated buyers only. */
const NEEDED: readonly QuestionName[] = ["read", "research", "word"];

async function readAll(folder: string): Promise<Map<string, Prompt>> {
  let files: string[];
  try {
    files = (await readdir(folder)).filter(isPrompt).sort();
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new Fault("bad_config", `${folder}: the folder of the prompts cannot be read (${code})`, { cause });
  }
  const prompts = new Map<string, Prompt>();
  const problems: string[] = [];
  for (const name of files) {
    const read = await readPrompt(join(folder, name));
    if ("ok" in read) prompts.set(read.ok.name, read.ok);
    else problems.push(problemText(read.problem));
  }
  // A broken file is a prompt that is there: its own problem says enough.
  const absent = NEEDED.filter((name) => !files.includes(`${name}.md`));
  if (absent.length > 0) problems.push(missing(folder, absent).message);
  if (problems.length > 0) throw new Fault("bad_config", problems.join("\n"));
  return prompts;
}

function missing(folder: string, names: readonly string[]): Fault {
  const files = names.map((name) => join(folder, `${name}.md`)).join(", ");
  return new Fault("bad_config", `there is no ${files}; its format is in prompts/README.md`);
}

function isPrompt(name: string): boolean {
  return /^[^.].*\.md$/.test(name) && name.toLowerCase() !== "readme.md";
}

async function readPrompt(file: string): Promise<{ ok: Prompt } | { problem: PromptProblem }> {
  try {
    return parsePrompt(file, await readFile(file, "utf8"));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const message =
      code === "ENOENT" ? "the file is gone; the last good one stays" : `cannot be read (${code})`;
    return { problem: { file, line: 1, message } };
  }
}

async function reread(
  file: string,
  prompts: Map<string, Prompt>,
  options: OpenPromptsOptions,
): Promise<void> {
  const read = await readPrompt(file);
  if ("problem" in read) {
    // A file that came and went between two looks was never a prompt.
    if (prompts.has(basename(file, ".md")) || !read.problem.message.includes("is gone")) {
      options.onProblem(read.problem);
    }
    return;
  }
  const before = prompts.get(read.ok.name) ?? null;
  if (before?.hash === read.ok.hash) return;
  prompts.set(read.ok.name, read.ok);
  options.onChange(read.ok.name, before, read.ok);
}

/** Editors write in several steps, or beside the file and rename: one look once it has been quiet this long. */
const QUIET_MS = 30;

async function watchFolder(
  folder: string,
  prompts: Map<string, Prompt>,
  options: OpenPromptsOptions,
): Promise<() => Promise<void>> {
  const { watch } = await import("chokidar");
  const waiting = new Map<string, NodeJS.Timeout>();
  const watcher = watch(folder, {
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && !isPrompt(basename(path)),
    // Its own patience with renames would come on top of the one here.
    atomic: false,
  });
  // What was there at the start is looked at again too: it may have changed since it was read.
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir" || !isPrompt(basename(path))) return;
    clearTimeout(waiting.get(path));
    const timer = setTimeout(() => {
      waiting.delete(path);
      void reread(path, prompts, options);
    }, QUIET_MS);
    waiting.set(path, timer);
  });
  watcher.on("error", (error) => {
    options.onProblem({ file: folder, line: 1, message: `changes may go unseen: ${String(error)}` });
  });
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return async () => {
    for (const timer of waiting.values()) clearTimeout(timer);
    await watcher.close();
  };
}
