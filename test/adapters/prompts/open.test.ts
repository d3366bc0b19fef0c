import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openPrompts } from "../../../src/adapters/prompts/open.ts";
import { problemText } from "../../../src/adapters/prompts/problem.ts";
import type { Prompt } from "../../../src/ports/prompts.ts";
import { promptFolder, promptText } from "./files.ts";

async function open(folder: string, watch: boolean) {
  const problems: string[] = [];
  const changes: { name: string; before: Prompt | null; after: Prompt }[] = [];
  const prompts = await openPrompts(folder, {
    watch,
    onProblem: (problem) => problems.push(problemText(problem)),
    onChange: (name, before, after) => changes.push({ name, before, after }),
  });
  onTestFinished(() => prompts.close());
  return { prompts, problems, changes };
}

/** Waits as long as a busy machine may take; a test that waits in vain fails by its own time. */
const seen = (what: () => boolean) => vi.waitUntil(what, { timeout: 60_000, interval: 10 });
const edited = (words: string) => promptText({ name: "read", system: words });

describe("a folder of prompts", () => {
  test("gives every prompt by name, and its README is none", async () => {
    const folder = await promptFolder({ "buy.md": promptText({ name: "buy" }) });
    const { prompts } = await open(folder, false);
    expect(prompts.all().map(({ name }) => name)).toEqual(["buy", "read", "research", "word"]);
    expect(prompts.prompt("buy").file).toBe(join(folder, "buy.md"));
  });

  test("needs no buyer's prompt until somebody asks for it", async () => {
    const { prompts } = await open(await promptFolder(), false);
    expect(() => prompts.prompt("buy")).toThrow(/there is no .*buy\.md/);
  });

  test("that is broken at the start is refused with every problem and every file not there", async () => {
    const folder = await promptFolder({
      "read.md": edited("{{ tone }}"),
      "word.md": promptText({ name: "word" }).replace("version: 1", "version: x"),
    });
    await rm(join(folder, "research.md"));
    const failure = await open(folder, false).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "bad_config" });
    const lines = String((failure as Error).message).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`${join(folder, "read.md")}:11: \`tone\` is not an input`);
    expect(lines[1]).toContain(`${join(folder, "word.md")}:4: version`);
    expect(lines[2]).toContain(`there is no ${join(folder, "research.md")}`);
  });

  test("that is not there is refused by its path", async () => {
    const folder = join(await promptFolder(), "nowhere");
    await expect(open(folder, false)).rejects.toThrow(
      `${folder}: the folder of the prompts cannot be read (ENOENT)`,
    );
  });
});

describe("a watched folder", () => {
  test("takes an edit while it runs, and tells what it was before", async () => {
    const folder = await promptFolder();
    const { prompts, changes, problems } = await open(folder, true);
    const first = prompts.prompt("read");
    await writeFile(join(folder, "read.md"), edited("You read well."));
    await seen(() => changes.length > 0);
    expect(prompts.prompt("read").render({ given: {}, heard: { message: "x" } }).system).toBe(
      "You read well.",
    );
    expect(changes.map(({ name, before }) => [name, before?.hash])).toEqual([["read", first.hash]]);
    expect(prompts.all()).toHaveLength(3);
    expect(problems).toEqual([]);
  });

  test("takes edits of editors that save beside the file and rename, one after the other", async () => {
    const folder = await promptFolder();
    const { prompts, changes, problems } = await open(folder, true);
    for (const words of ["One.", "Two.", "Three."]) {
      const before = changes.length;
      const beside = join(folder, ".read.md.swp");
      await writeFile(beside, edited(words));
      await rename(beside, join(folder, "read.md"));
      await seen(() => changes.length > before);
      expect(prompts.prompt("read").source).toContain(words);
    }
    expect(problems).toEqual([]);
  });

  test("keeps the last good one when an edit is broken, names the line, and takes the next good one", async () => {
    const folder = await promptFolder();
    const { prompts, changes, problems } = await open(folder, true);
    const first = prompts.prompt("read");
    await writeFile(join(folder, "read.md"), edited("You read.\n{{ message | upcase }}"));
    await seen(() => problems.length > 0);
    expect(problems[0]).toContain(`${join(folder, "read.md")}:12: undefined filter: upcase`);
    expect(prompts.prompt("read")).toBe(first);
    await writeFile(join(folder, "read.md"), edited("Mended."));
    await seen(() => changes.length > 0);
    expect(prompts.prompt("read").source).toContain("Mended.");
  });

  test("keeps the last good one when its file is deleted, and takes it up again when it is back", async () => {
    const folder = await promptFolder();
    const { prompts, changes, problems } = await open(folder, true);
    const first = prompts.prompt("read");
    await rm(join(folder, "read.md"));
    await seen(() => problems.length > 0);
    expect(problems).toEqual([`${join(folder, "read.md")}:1: the file is gone; the last good one stays`]);
    expect(prompts.prompt("read")).toBe(first);
    await writeFile(join(folder, "read.md"), edited("Back."));
    await seen(() => changes.length > 0);
    expect(prompts.prompt("read").source).toContain("Back.");
  });

  test("takes a new prompt in, and looks no more once closed", async () => {
    const folder = await promptFolder();
    const { prompts, changes } = await open(folder, true);
    await writeFile(join(folder, "buy.md"), promptText({ name: "buy" }));
    await seen(() => changes.length > 0);
    expect(changes[0]).toMatchObject({ name: "buy", before: null });
    expect(prompts.prompt("buy").name).toBe("buy");
  });

  test("leaves a folder that is not watched as it was read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "parley-prompts-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const name of ["read", "research", "word"] as const) {
      await writeFile(join(folder, `${name}.md`), promptText({ name }));
    }
    const { prompts } = await open(folder, false);
    const first = prompts.prompt("read");
    await writeFile(join(folder, "read.md"), edited("Changed."));
    expect(prompts.prompt("read")).toBe(first);
  });
});
