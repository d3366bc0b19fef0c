import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openModel } from "../../../src/adapters/model/drivers.ts";
import { recorder } from "../../../src/adapters/model/recorder.ts";
import { tapeModel } from "../../../src/adapters/model/tape.ts";
import {
  promptSource,
  readTape,
  writePromptSource,
  writeTape,
} from "../../../src/adapters/model/tape-file.ts";
import type { ModelRequest } from "../../../src/ports/model.ts";
import { startWire, type Wire } from "../../wire/server.ts";
import { CANARY, WORDS, within, wordRequest } from "./asking.ts";

let wire: Wire;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tapes-"));
  wire = await startWire((asked) =>
    asked.n === 2
      ? { status: 401 }
      : { answer: { ...WORDS, text: `${asked.n}. ${WORDS.text}\n둘째 줄입니다.` } },
  );
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await wire.close();
});

const header = { fixture: "ko/price", recorded_at: "2026-11-01T00:00:00Z" };
const asking = (message: string): ModelRequest =>
  wordRequest({
    question: { prompt: "word", given: { facts: "X200: 45,000 won", act: "answer" }, heard: { message } },
  });

async function recorded() {
  const tape = recorder(header);
  const model = tape.over(await openModel(`openai-chat:wire@${wire.url}`, { key: CANARY }));
  const replies = [];
  for (const [n, message] of ["얼마예요?", "배송은요?", "반품은요?"].entries()) {
    tape.turn(n + 1);
    replies.push(await model.ask(asking(message), { signal: within(10_000) }));
  }
  return { tape: tape.tape(), replies };
}

describe("what a model answered, recorded", () => {
  test("replays the same, failures too, from a file read again", async () => {
    const { tape, replies } = await recorded();
    const again = tapeModel(readTape(writeTape(tape), "it"), { model: `openai-chat:wire@${wire.url}` });
    for (const [n, message] of ["얼마예요?", "배송은요?", "반품은요?"].entries()) {
      again.turn(n + 1);
      const reply = await again.ask(asking(message), { signal: within(1_000) });
      const first = replies[n];
      if (reply.ok && first?.ok) expect(JSON.parse(reply.text)).toEqual(JSON.parse(first.text));
      expect(reply.ok ? "answered" : reply.why).toBe(first?.ok ? "answered" : first?.why);
      expect(reply.tokens).toEqual(first?.tokens);
    }
    expect(again.verdicts().map((each) => each.state)).toEqual(["replayed", "replayed", "replayed"]);
    expect(replies.map((each) => each.ok)).toEqual([true, false, true]);
  });

  test("is text that is always the same, its lines as lines, and holds no key", async () => {
    const { tape } = await recorded();
    const text = writeTape(tape);
    expect(writeTape(readTape(text, "it"))).toBe(text);
    expect(text).toContain("origin: recorded");
    expect(text).toContain(`model: openai-chat:wire@${wire.url}`);
    expect(text).toMatch(/text: \|-\n +1\. X200은 .*\n +둘째 줄입니다\./);
    expect(text).not.toContain(CANARY);
    const shuffled = {
      ...tape,
      calls: tape.calls.map((call) => ({ ...call, inputs: reversed(call.inputs) })),
    };
    expect(writeTape(shuffled)).toBe(text);
  });

  test("leaves out what was broken off", async () => {
    wire.script([{ stall: "request" }]);
    const tape = recorder(header);
    const model = tape.over(await openModel(`openai-chat:wire@${wire.url}`));
    await model.ask(asking("얼마예요?"), { signal: within(100) });
    expect(tape.tape().calls).toEqual([]);
  });
});

describe("a tape as a model", () => {
  test("an edited prompt makes its calls stale, never green, with the prompt as it was and as it is", async () => {
    const { tape } = await recorded();
    const before = asking("얼마예요?");
    writePromptSource(folder, before.prompt);
    const model = tapeModel(tape, { sourceOf: (name, hash) => promptSource(folder, name, hash) });
    model.turn(1);
    const edited = { ...before.prompt, hash: "edited0000000000", source: "Word it well." };
    const reply = await model.ask({ ...before, prompt: edited }, { signal: within(1_000) });
    expect(reply).toMatchObject({ ok: false, why: "stale" });
    expect(model.verdicts()).toMatchObject([
      {
        state: "stale",
        why: "prompt",
        asked: { turn: 1, call: 1, hash: "edited0000000000" },
        rendered: before.rendered,
        recorded: { hash: before.prompt.hash },
        source: before.prompt.source,
      },
    ]);
  });

  test("says missing for what was never asked", async () => {
    const model = tapeModel((await recorded()).tape);
    model.turn(9);
    const reply = await model.ask(asking("처음 듣는 질문"), { signal: within(1_000) });
    expect(reply).toMatchObject({ ok: false, why: "missing" });
  });

  test("speaks sentence by sentence when listened to, and stops when told", async () => {
    const model = tapeModel((await recorded()).tape);
    const heard: string[] = [];
    const reply = await model.ask(asking("얼마예요?"), {
      signal: within(1_000),
      onText: (text) => void heard.push(text),
    });
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.every((text, n) => n === 0 || text.startsWith(heard[n - 1] ?? "?"))).toBe(true);
    expect(reply.ok && reply.text).toBe(heard.at(-1));
    const controller = new AbortController();
    const stopped = await model.ask(asking("얼마예요?"), {
      signal: controller.signal,
      onText: () => controller.abort(),
    });
    expect(stopped).toMatchObject({ ok: false, why: "aborted" });
  });

  test("opens from a file by one line; a broken one is refused with its name", async () => {
    const file = join(folder, "price.yaml");
    writeFileSync(file, writeTape((await recorded()).tape));
    const model = await openModel(`tape:${file}`);
    expect(await model.ask(asking("얼마예요?"), { signal: within(1_000) })).toMatchObject({ ok: true });
    writeFileSync(file, "fixture: x\norigin: guessed\ncalls: []\n");
    await expect(openModel(`tape:${file}`)).rejects.toThrow(/price\.yaml: origin/);
    writeFileSync(file, "fixture: [");
    await expect(openModel(`tape:${file}`)).rejects.toMatchObject({ code: "bad_config" });
  });
});

test("a prompt's file is kept once for each version, beside the tapes and nowhere else", () => {
  const prompt = { name: "word", hash: "abc", source: "one" };
  const file = writePromptSource(folder, prompt);
  expect(file).toBe(join(folder, "prompts", "word-abc.md"));
  writePromptSource(folder, { ...prompt, source: "never written" });
  expect(readFileSync(file, "utf8")).toBe("one");
  expect(promptSource(folder, "word", "abd")).toBeNull();
  writePromptSource(folder, { name: "../../out", hash: "x", source: "no" });
  expect(existsSync(join(folder, "..", "out-x.md"))).toBe(false);
});

function reversed<T extends Record<string, Record<string, string>>>(inputs: T): T {
  const turned = (record: Record<string, string>) => Object.fromEntries(Object.entries(record).reverse());
  return Object.fromEntries(Object.entries(inputs).map(([name, record]) => [name, turned(record)])) as T;
}
