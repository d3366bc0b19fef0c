import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROOT } from "./bench.ts";

let root: string;
let child: ChildProcess | null = null;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "parley-watch-"));
  cpSync(join(ROOT, "prompts"), join(root, "prompts"), { recursive: true });
  for (const folder of ["dialogues", "tapes"]) mkdirSync(join(root, "fixtures", folder), { recursive: true });
  cpSync(join(ROOT, "fixtures/vendors"), join(root, "fixtures/vendors"), { recursive: true });
  cpSync(join(ROOT, "fixtures/tapes/prompts"), join(root, "fixtures/tapes/prompts"), { recursive: true });
  for (const id of ["en-cheapest", "ko-bundle"])
    for (const folder of ["dialogues", "tapes"])
      cpSync(join(ROOT, "fixtures", folder, `${id}.yaml`), join(root, "fixtures", folder, `${id}.yaml`));
});
afterEach(async () => {
  if (child?.exitCode === null) {
    const gone = new Promise((resolve) => child?.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }
  rmSync(root, { recursive: true });
});

/** What it writes from one edit to the line that ends its verdict. */
function watching(...args: string[]) {
  let written = "";
  let heard = () => {};
  const started = spawn(process.execPath, [
    join(ROOT, "src/app/main.ts"),
    "lab",
    "--watch",
    "--root",
    root,
    ...args,
  ]);
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on("data", (data) => {
      written += data;
      heard();
    });
  const until = async (form: RegExp): Promise<string> => {
    while (!form.test(written)) {
      if (started.exitCode !== null) throw new Error(`it ended with ${started.exitCode}:\n${written}`);
      await new Promise<void>((more) => {
        heard = more;
      });
    }
    const before = written;
    written = "";
    return before;
  };
  return {
    ready: () => until(/^watch: ready/m),
    verdict: () => until(/^watch: (?:\d+ fixtures?, |nothing was played)/m),
  };
}

const word = () => join(root, "prompts/word.md");

describe("a watch", { timeout: 60_000 }, () => {
  test("begun with a broken prompt plays everything once it is mended", async () => {
    const good = readFileSync(word(), "utf8");
    writeFileSync(word(), good.replace(/^answer: .*$/m, "answer: words"));
    const { ready, verdict } = watching();
    expect(await ready()).toMatch(/^ERROR 2 fixtures(?:.|\n)*answer: expected/m);
    writeFileSync(word(), good);
    const text = await verdict();
    expect(text).toContain("watch: prompts/word.md");
    expect(text).toMatch(/^watch: 2 fixtures/m);
    expect(text).not.toContain("error");
  });

  test("refuses a broken prompt by file and line, and says that nothing was played", async () => {
    const { ready, verdict } = watching();
    await ready();
    const good = readFileSync(word(), "utf8");
    writeFileSync(word(), `${good}\n{{ nosuch }}\n`);
    expect(await verdict()).toMatch(/word\.md:\d+: `nosuch` is not an input(?:.|\n)*nothing was played/);
    writeFileSync(word(), good.replace(/^# System$/m, "# System\n\nBe brief."));
    const text = await verdict();
    expect(text).toMatch(/^STALE en-cheapest(?:.|\n)*\+Be brief\./m);
    expect(text).toMatch(/^stale: \d+ answers of word in 2 fixtures, \+/m);
  });

  test("plays on when a fixture it was given by name is deleted and comes back", async () => {
    const { ready, verdict } = watching("en-cheapest");
    await ready();
    const file = join(root, "fixtures/dialogues/en-cheapest.yaml");
    const text = readFileSync(file, "utf8");
    rmSync(file);
    expect(await verdict()).toMatch(/^watch: 0 fixtures/m);
    writeFileSync(file, text);
    expect(await verdict()).toMatch(/^watch: 1 fixture,/m);
  });
});
