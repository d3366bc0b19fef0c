import { appendFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileJournal } from "../../src/adapters/file-journal.ts";
import type { Journal } from "../../src/ports/journal.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-journal-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(journal: Journal): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of journal.lines()) lines.push(line);
  return lines;
}

test("gives lines back in the order they were added, and none where none ever was", async () => {
  const journal = fileJournal(join(folder, "audit", "one.jsonl"));
  expect(await read(journal)).toEqual([]);
  await journal.add([]);
  await journal.add(["1", "2"]);
  await journal.add(["3"]);
  expect(await read(journal)).toEqual(["1", "2", "3"]);
  expect(statSync(journal.at).mode & 0o777).toBe(0o600);
});

test("what a crash left of a line is not read, and does not run into the next", async () => {
  const journal = fileJournal(join(folder, "torn.jsonl"));
  await journal.add(["1"]);
  appendFileSync(journal.at, '{"n":2,"wh');
  expect(await read(journal)).toEqual(["1"]);
  await journal.add(["3"]);
  expect(await read(journal)).toEqual(["1", "3"]);
});

test("lines of several who add at once are all there", async () => {
  const path = join(folder, "many.jsonl");
  const names = Array.from({ length: 40 }, (_, i) => `${i}`);
  await Promise.all(names.map((name) => fileJournal(path).add([name, name])));
  const lines = await read(fileJournal(path));
  expect(lines.toSorted()).toEqual(names.flatMap((name) => [name, name]).toSorted());
});
