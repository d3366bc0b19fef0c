import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMIT_KEYS } from "../src/app/config.ts";
import { LAB_KEY } from "../src/app/lab-stage.ts";
import { loadDialogues, play } from "./dialogue.ts";
import { type RunningGateway, startGateway } from "./harness.ts";

const dialogues = loadDialogues();
let gateway: RunningGateway;

beforeAll(async () => {
  // Prices hang on the key the limits are drawn with, so that fixtures name those of a known one.
  const home = mkdtempSync(join(tmpdir(), "parley-test-"));
  writeFileSync(join(home, LIMIT_KEYS), JSON.stringify({ keys: [LAB_KEY] }));
  gateway = await startGateway({ PARLEY_HOME: home });
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
});

describe("dialogues from fixtures/dialogues, over a real socket", () => {
  test("there are enough of them, half of them Korean", () => {
    expect(dialogues.length).toBeGreaterThanOrEqual(40);
    expect(dialogues.filter((dialogue) => dialogue.lang === "ko").length).toBeGreaterThanOrEqual(20);
  });

  test.each(dialogues.map((dialogue) => [`${dialogue.id}: ${dialogue.about}`, dialogue] as const))(
    "%s",
    async (_, dialogue) => {
      await play(dialogue, gateway.ws);
    },
  );

  test("every one of them comes out byte-identical when it is decided again from its log", async () => {
    const main = resolve(import.meta.dirname, "../src/app/main.ts");
    const run = promisify(execFile)(process.execPath, [main, "replay", "all"], {
      env: { ...process.env, PARLEY_HOME: gateway.home },
    });
    const { stdout } = await run.catch((failed: { stdout: string }) => failed);
    const lines = stdout.trim().split("\n");
    const verdicts = lines.slice(0, -1);
    expect(verdicts.filter((line) => !line.endsWith(": identical"))).toEqual([]);
    expect(verdicts.length).toBe(dialogues.length);
    const n = dialogues.length;
    expect(lines.at(-1)).toMatch(
      new RegExp(`^${n} conversations, [\\d,]+ turns: ${n} identical, 0 different$`),
    );
  });
});
